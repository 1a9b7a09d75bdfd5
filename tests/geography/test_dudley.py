"""The real geography of Dudley, where its files lie beside the checkout."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.geography import queries
from sightline.geography.models import BadLine, Edition, Kind, Measure, NationalFigure
from sightline.insight.maps.counting import NOTIFICATIONS
from sightline.insight.maps.page import map_page
from sightline.insight.maps.places import places_at
from sightline.insight.maps.protecting import hidden_of, sums_of
from sightline.insight.maps.reading import MapReading
from sightline.insight.periods import Period
from sightline.rules.disclosure.policy import policy_on
from sightline.rules.statistics.symbols import read_cell
from tests.geography.files import taken_in

BESIDE = Path(__file__).resolve().parents[3]
FOLDER = next(BESIDE.glob("*/reference/geography/dudley_imd2025.csv"), BESIDE).parent
DUDLEY = "E08000027"
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        BESIDE.parent == FOLDER,
        reason="the geography of Dudley does not lie beside this checkout",
    ),
]


@pytest.fixture
def dudley():
    for name in ("dudley_imd2025.csv", "dudley_lsoa21.geojson", "dudley_postcodes_sample.csv"):
        content = (FOLDER / name).read_bytes()
        edition = taken_in(content, name, councils=(DUDLEY,), now=AT)
        assert edition.failed_because == ""


def test_the_real_files_fit_each_other(dudley):
    assert dict(Edition.objects.values_list("kind", "rows_kept")) == {
        Kind.DEPRIVATION: 203, Kind.SMALL_AREAS: 203, Kind.POSTCODES: 2503,
    }  # fmt: skip
    assert not BadLine.objects.exists()
    areas = {area.code for area in queries.small_areas(AT)}
    assert areas == {outline.code for outline in queries.outlines(Kind.SMALL_AREAS, AT)}
    assert areas == set(queries.values(Kind.DEPRIVATION, Measure.DECILE, AT))
    assert "St. Thomas's" in queries.ward_names(AT).values()
    [place] = queries.places_of(["DY1 1AA"], AT).values()
    assert place.small_area == "E01034308"
    assert place.ward == "St. James's"


def test_the_map_of_dudley_hides_what_is_small_and_draws_every_area(dudley, world):
    """Children's numbers are no part of these files, so each small area is given as many."""
    rows = "".join(f"{area.code},320\n" for area in queries.small_areas(AT))
    taken_in(f"LSOA21CD,children\n{rows}", "children.csv", councils=(DUDLEY,), now=AT)
    places = places_at(AT)
    counts = {code: place % 13 for place, code in enumerate(sorted(places.areas))}
    sums = sums_of(counts, places)
    hidden = hidden_of(sums, places, threshold=5)
    assert {("area", code) for code, many in counts.items() if 0 < many < 5} <= hidden
    assert len(hidden) < 0.6 * len(sums)
    reading = MapReading(NOTIFICATIONS, Period(), AT, places, sums, hidden, policy_on(AT.date()))
    for by, many in (("area", 203), ("ward", 24)):
        page = map_page(reading, by)
        assert len(page.picture.paths) == many
        assert [len(drawing.areas) for drawing in page.drawings] == [many, many]
        assert 400 < page.picture.height < 900
    assert len(page.deciles) == 10
    assert "Across 203 small areas" in page.relation


@pytest.mark.parametrize(
    ("name", "kind", "rows"),
    [
        ("b1_children_in_need_2013_to_2025.csv", Kind.IN_NEED, 2132),
        ("c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv", Kind.REFERRALS, 2132),
        ("c3_factors_identified_at_end_of_assessment_2018_to_2025.csv", Kind.FACTORS, 1312),
        ("d5_cpps_at31march_by_duration_2013_to_2025.csv", Kind.PLANS, 2132),
    ],
)
def test_the_published_figures_are_read_whole_with_their_symbols(name, kind, rows):
    edition = taken_in((FOLDER.parent / "statistics" / name).read_bytes(), name, councils=())
    refused = edition.bad_lines.count()
    assert (edition.kind, edition.rows_kept + refused) == (kind, rows)
    assert refused < 20, list(edition.bad_lines.values_list("reason", flat=True)[:5])
    cells = (cell for row in NationalFigure.objects.iterator() for cell in row.cells.values())
    symbols = {read.symbol for cell in cells if (read := read_cell(cell)).value is None}
    assert "c" in symbols
