"""The real geography of Dudley, where its files lie beside the checkout."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.geography import queries
from sightline.geography.models import BadLine, Edition, Kind, Measure
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
