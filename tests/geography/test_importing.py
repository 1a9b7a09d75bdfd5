"""Reference files on their way in, from their first byte to their last."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.geography import queries
from sightline.geography.files import lines, running
from sightline.geography.importing import About, take_file, withdraw
from sightline.geography.models import (
    BadLine,
    Edition,
    Kind,
    Measure,
    NationalFigure,
    Outline,
    Postcode,
)
from tests.geography.files import COUNCIL, NOW, file_of, taken_in

pytestmark = pytest.mark.django_db

HERE, THERE = "E01999001", "E01999002"
WARD = "E05999001"
POSTCODES = f"""pcds,dointr,doterm,lad25cd,wd25cd,lsoa21cd
ZZ9 4QT,198001,,{COUNCIL},{WARD},{HERE}
ZZ9 7BD,198001,201306,{COUNCIL},{WARD},{THERE}
ZZ8 1AA,198001,,E08999009,E05999009,E01999009
"""
IMD = (
    "LSOA code (2021),Local Authority District code (2024),Index of Multiple Deprivation (IMD) "
    "Rank (x),Index of Multiple Deprivation (IMD) Decile (x)\n"
)


def square(code, west, south=55.0, size=0.01):
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size]]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"properties": {"LSOA21CD": code, "LSOA21NM": code}, "geometry": geometry}


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_only_the_postcodes_of_the_council_are_kept_those_that_ended_too():
    edition = taken_in(POSTCODES)
    assert (edition.rows_kept, edition.elsewhere, edition.failed_because) == (2, 1, "")
    ended = Postcode.objects.get(code="ZZ9 7BD")
    assert (ended.introduced, ended.ended) == (date(1980, 1, 1), date(2013, 6, 1))
    found = queries.places_of(["ZZ9 4QT", "ZZ9 7BD", "ZZ8 1AA"], NOW)
    assert {code: place.small_area for code, place in found.items()} == {
        "ZZ9 4QT": HERE, "ZZ9 7BD": THERE,
    }  # fmt: skip
    assert found["ZZ9 4QT"].ward == WARD


def test_a_bad_row_is_kept_with_its_reason_and_the_others_are_taken_in():
    bad = [
        f"nonsense,198001,,{COUNCIL},{WARD},{HERE}", f"ZZ9 1AA,soon,,{COUNCIL},{WARD},{HERE}",
        f"ZZ9 1AB,198001,,{COUNCIL},{WARD},1", f"ZZ9 4QT,,,{COUNCIL},{WARD},{THERE}",
        f"ZZ9 1AD,{COUNCIL}",
    ]  # fmt: skip
    edition = taken_in(POSTCODES + "\n".join(bad))
    assert edition.rows_kept == 2
    reasons = dict(BadLine.objects.values_list("number", "reason"))
    assert reasons == {
        5: "“nonsense” is no postcode", 6: "“soon” is no year and month, such as 201306",
        7: "“1” is no code of an area, such as E01009719",
        8: "an earlier row of this file is of the same place",
        9: "it has 2 cells, and the header 6",
    }  # fmt: skip
    assert BadLine.objects.get(number=6).text == bad[1]


def test_killed_it_goes_on_where_it_was_and_no_row_is_taken_in_twice(monkeypatch):
    monkeypatch.setattr(lines, "BLOCK", 60)
    rows = [f"ZZ9 {n}{a}{b},,,{COUNCIL},{WARD},{HERE}" for n in "123" for a in "AB" for b in "DEF"]
    content = "\n".join([POSTCODES.splitlines()[0], *rows, f"wrong,,,{COUNCIL},,{HERE}"]).encode()
    about = About("November 2026", "Invented", date(2026, 1, 1), (COUNCIL,))
    edition = take_file(file=file_of(content), about=about, by=None, now=NOW, tell=False)
    seen = []

    def killed(done, total):
        seen.append(done)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.run(edition.pk, now=lambda: NOW, progress=killed)
    half = Edition.objects.get()
    assert 0 < half.position == seen[-1] < half.size
    assert 0 < Postcode.objects.count() < len(rows)
    assert queries.edition_at(Kind.POSTCODES, NOW) is None  # half of it is in use by nobody
    again = take_file(file=file_of(content), about=about, by=None, now=NOW, tell=False)
    whole = running.run(again.pk, now=lambda: NOW)
    assert (whole.pk, whole.rows_kept, whole.position) == (edition.pk, len(rows), whole.size)
    assert Postcode.objects.count() == len(rows)
    assert BadLine.objects.get().number == len(rows) + 2
    assert running.run(whole.pk, now=lambda: NOW + timedelta(1)).finished_at == NOW


def test_what_another_process_has_done_meanwhile_is_not_done_again():
    about = About("November 2026", "Invented", date(2026, 1, 1), (COUNCIL,))
    content = POSTCODES.encode()
    edition = take_file(file=file_of(content), about=about, by=None, now=NOW, tell=False)
    begins = lines.beginning(content)
    [block] = lines.blocks(io.BytesIO(content), begins.position, 1)
    Edition.objects.update(position=len(content))
    with pytest.raises(running.OvertakenError):
        running._keep(edition, block, running.Taken())
    assert not Postcode.objects.exists()


def test_a_new_edition_stands_beside_the_old_one_and_holds_from_its_day():
    taken_in(POSTCODES, holds_from=date(2025, 1, 1), now=NOW - timedelta(days=300))
    taken_in(POSTCODES.replace(HERE, "E01999005"), holds_from=date(2026, 12, 1))
    place = {at: queries.places_of(["ZZ9 4QT"], at) for at in (NOW, NOW + timedelta(days=9))}
    assert [found["ZZ9 4QT"].small_area for found in place.values()] == [HERE, "E01999005"]
    assert queries.places_of(["ZZ9 4QT"], NOW - timedelta(days=301)) == {}


def test_a_lookup_says_the_ward_before_whatever_else_says_it():
    taken_in(POSTCODES)
    taken_in(f"LSOA21CD,WD25CD,WD25NM,LAD25CD\n{HERE},E05999002,St Thomas's,{COUNCIL}\n")
    assert queries.places_of(["ZZ9 4QT"], NOW)["ZZ9 4QT"].ward == "E05999002"
    assert queries.places_of(["ZZ9 7BD"], NOW)["ZZ9 7BD"].ward == ""  # the lookup leaves it out
    assert queries.ward_names(NOW) == {"E05999002": "St Thomas's"}


def test_a_file_that_does_not_say_whose_areas_it_has_needs_one_that_does():
    refused = taken_in(f"pcds,lsoa21cd\nZZ9 4QT,{HERE}\n")
    assert "does not say which council an area belongs to" in refused.failed_because
    taken_in(POSTCODES)
    taken = taken_in(f"LSOA21CD,children\n{HERE},412\nE01999009,9\n{THERE},many\n")
    assert (taken.rows_kept, taken.elsewhere) == (1, 1)
    assert queries.values(Kind.CHILDREN, Measure.CHILDREN, NOW) == {HERE: 412}
    assert "must be a whole number" in BadLine.objects.get().reason


def test_a_file_of_another_council_fails_and_can_be_taken_in_again_with_the_right_code():
    failed = taken_in(POSTCODES, councils=("E08999077",))
    assert "None of its rows lies in E08999077" in failed.failed_because
    assert taken_in(POSTCODES).rows_kept == 2


def test_deprivation_is_a_rank_and_a_decile_from_1_to_10():
    taken_in(f"{IMD}{HERE},{COUNCIL},16699,5\n{THERE},{COUNCIL},1,11\n")
    assert queries.values(Kind.DEPRIVATION, Measure.RANK, NOW) == {HERE: 16699}
    assert queries.values(Kind.DEPRIVATION, Measure.DECILE, NOW) == {HERE: 5}
    assert "the decile is 11" in BadLine.objects.get().reason


def test_boundaries_of_the_council_are_kept_and_a_broken_one_is_said():
    taken_in(POSTCODES)
    broken = square(THERE, 1.92) | {"geometry": {"type": "Point", "coordinates": [1, 55]}}
    content = geojson(square(HERE, 1.9), broken, square("E01999009", 1.94))
    edition = taken_in(content, "areas.geojson")
    assert (edition.rows_kept, edition.elsewhere, edition.failed_because) == (1, 1, "")
    assert Outline.objects.get().code == HERE
    assert BadLine.objects.get().reason == "its boundary encloses nothing"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (geojson(square(HERE, 388_000, 280_000, 500)), "British National Grid"),
        (geojson(square(HERE, 55.0, 1.9)), "the wrong way round"),
        ('{"features": [{"properties": {"LSOA21CD": ', "cut off or damaged"),
        ('{"features": []}', "no collection of areas"),
    ],
)
def test_boundaries_that_cannot_be_used_say_what_to_do(content, said):
    try:
        because = taken_in(content, "areas.geojson").failed_because
    except NotUnderstood as problem:
        because = str(problem)
    assert said in because
    assert not Outline.objects.exists()


def test_neighbours_with_many_points_are_made_simple_together(monkeypatch):
    from sightline.geography.files import shapes

    monkeypatch.setattr(shapes, "MOST_POINTS", 10)
    wavy = [[1.91 + 0.00001 * (n % 2), 55 + n * 0.0001] for n in range(101)]
    left = [[1.9, 55.0], *wavy, [1.9, 55.01], [1.9, 55.0]]
    right = [*wavy, [1.92, 55.01], [1.92, 55.0], wavy[0]]
    features = [
        {"properties": {"LSOA21CD": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, ring in ((HERE, left), (THERE, right))
    ]
    taken_in(geojson(*features), "areas.geojson")
    one, other = ({tuple(p) for p in o.shape[0][0]} for o in Outline.objects.order_by("code"))
    assert len(one) < 20
    border = {point for point in one if point[0] >= 1.91}
    assert border == {point for point in other if point[0] < 1.915}  # still one line


def test_national_figures_keep_their_symbols():
    header = (
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
        "region_name,old_la_code,new_la_code,la_name,category,referral_count,rereferral_count,"
        "rereferral_percent\n"
    )
    row = "2025,Reporting year,{},E92000001,England,{},{},{},{},{},Referrals,{}\n"
    content = header + row.format("National", "", "", "", "", "", "632830,142900,22.6")
    content += row.format("Local authority", "E12000005", "West Midlands", "332", "E08000027",
                          "Dudley", "3210,c,x")  # fmt: skip
    content += row.format("Planet", "", "", "", "", "", "1,2,3")
    edition = taken_in(content, councils=())
    assert edition.kind == Kind.REFERRALS
    dudley = NationalFigure.objects.get(code="E08000027")
    assert dudley.cells == {
        "referral_count": "3210", "rereferral_count": "c", "rereferral_percent": "x",
    }  # fmt: skip
    assert (dudley.level, dudley.region, dudley.year) == ("council", "E12000005", 2025)
    assert NationalFigure.objects.count() == 2


def test_only_whoever_imports_files_may_and_a_wrong_edition_can_be_taken_out_of_use(world):
    about = About("November 2026", "Invented", date(2026, 1, 1), (COUNCIL,))
    file = file_of(POSTCODES.encode())
    with pytest.raises(PermissionDenied):
        take_file(file=file, about=about, by=world.user("manager"), now=NOW)
    by = world.user("administrator")
    edition = take_file(file=file, about=about, by=by, now=NOW, tell=False)
    with pytest.raises(WrongMoment):
        withdraw(edition=edition, by=by, now=NOW)
    running.run(edition.pk, now=lambda: NOW)
    with pytest.raises(PermissionDenied):
        withdraw(edition=edition, by=world.user("manager"), now=NOW)
    later = NOW + timedelta(days=1)
    withdraw(edition=edition, by=by, now=later)
    again = withdraw(edition=edition, by=by, now=later + timedelta(days=1))
    assert again.withdrawn_at == later
    assert queries.places_of(["ZZ9 4QT"], later) == {}
    assert queries.places_of(["ZZ9 4QT"], NOW) != {}  # as at then it is what it was
    assert taken_in(POSTCODES, now=later).rows_kept == 2  # and the file may come again


@pytest.mark.parametrize("code", ["", "Dudley", "E01009719"])
def test_whose_area_it_is_has_to_be_said_by_a_code(code):
    with pytest.raises(NotUnderstood, match=r"code of .* council"):
        taken_in(POSTCODES, councils=(code,) if code else ())
