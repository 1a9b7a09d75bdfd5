"""The partnership beside England: shares as published, symbols kept, its own where they compare."""

from datetime import date, timedelta

import pytest

from sightline.actions.models import SocialCareEvent
from sightline.demo import places
from sightline.insight.national.benchmarks import ALL, BY_ID
from sightline.insight.national.page import national_page
from sightline.insight.national.published import ENGLAND, published
from tests.geography.files import taken_in
from tests.html import problems
from tests.world import DANIEL, LEILA, MARIA

pytestmark = pytest.mark.django_db
PATH = "/figures/national/"
WIGAN, ROTHERHAM = "E08000010", "E08000018"


@pytest.fixture
def beside(world, settings):
    """The extract of the demonstration, and Wigan as the partnership's own council."""
    settings.COUNCILS, settings.NEIGHBOURS = (WIGAN,), (ROTHERHAM,)
    places.take_in_national_figures(world.now - timedelta(days=2000))
    return world


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def page(world, benchmark, local="chair"):
    return national_page(BY_ID[benchmark], world.user(local), world.now)


def test_a_share_is_worked_out_of_the_published_numbers(beside):
    """England, year to March 2025: 162,890 of 513,250 episodes with factors (table C3)."""
    found = published(BY_ID["factor-parent"], (WIGAN,), beside.now)
    assert str(found.cells[ENGLAND, 2025].value) == "31.7"
    rereferrals = published(BY_ID["rereferrals"], (WIGAN,), beside.now)
    assert str(rereferrals.cells[ENGLAND, 2025].value) == "22.6"  # as table C1 prints it


def test_rows_are_the_own_council_those_like_it_its_region_and_england(beside):
    rows = page(beside, "factor-parent").rows
    assert [(name, what) for name, what, _ in rows] == [
        ("Castlebrook’s own records", "This partnership"),
        ("Wigan", "Its council, as published"), ("Rotherham", "A council like it"),
        ("North West", "Its region"), ("England", "England"),
    ]  # fmt: skip


def test_what_is_suppressed_stays_a_symbol_and_is_never_nothing(world, settings):
    settings.COUNCILS = (WIGAN,)
    taken_in(
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
        "region_name,new_la_code,la_name,category,Episodes_with_assessment_factor,"
        "Domestic_Abuse_child\n"
        f"2024,Reporting year,Local authority,E92000001,England,E1,N,{WIGAN},Wigan,F,900,c\n"
        f"2025,Reporting year,Local authority,E92000001,England,E1,N,{WIGAN},Wigan,F,x,12\n"
        f"2023,Reporting year,Local authority,E92000001,England,E1,N,{WIGAN},Wigan,F,900,odd\n",
        councils=(), now=world.now,
    )  # fmt: skip
    shown = page(world, "factor-child")
    [_, (_, _, cells)] = shown.rows
    assert cells[2:5] == ["[x]", "[c]", "[x]"]
    assert "[c]: hidden by the publisher, because so few children are in it." in shown.notes
    assert shown.chart is None


def test_the_own_share_is_of_assessments_with_factors_by_the_year_they_ended(beside):
    for number in range(8):
        beside.earlier(300 + number, f"NM-{number}", MARIA, DANIEL, LEILA)
        SocialCareEvent.objects.create(
            mention=beside.mention("Leila"), kind="family_assessment",
            on=date(2026, 1, 10 + number), ended_on=date(2026, 2, 10 + number),
            factors=["3B"] if number < 6 else ["4B"], recorded_at=beside.now - timedelta(days=200),
            ended_recorded_at=beside.now - timedelta(days=200),
        )  # fmt: skip
    for local in ("chair", "manager"):
        shown = page(beside, "factor-parent", local)
        assert shown.years[-1]["text"] == "Year to March 2026"
        cells = shown.rows[0][2]
        assert cells[-1] == ("75.0" if local == "chair" else "[c]"), local


def test_referrals_are_set_against_how_many_children_live_there(beside):
    places.take_in(beside.now, years=2)
    taken_in("Code,children\nE92000001,12000000\nE08000010,70000\n", councils=(), now=beside.now)
    beside.earlier(300, "NM-1", MARIA, DANIEL, LEILA)
    SocialCareEvent.objects.create(
        mention=beside.mention("Leila"), kind="referral", on=date(2026, 2, 1),
        recorded_at=beside.now - timedelta(days=200),
    )  # fmt: skip
    shown = page(beside, "referrals")
    rows = {name: cells for name, _, cells in shown.rows}
    assert rows["England"][4] == "527.4"  # 632,830 of 12 million
    assert rows["Rotherham"][4] == "[x]"  # nobody said how many children live there
    children = sum(area.children for area in places.areas())
    assert rows["Castlebrook’s own records"][5] == f"{10_000 / children:.1f}"
    assert page(beside, "referrals", "manager").rows[0][2][5] == "[c]"


@pytest.mark.parametrize("benchmark", ALL, ids=lambda benchmark: benchmark.id)
def test_every_comparison_opens(client, beside, benchmark):
    client.force_login(beside.user("chair"))
    page = text(client.get(f"{PATH}?figure={benchmark.id}"))
    assert "England" in page
    assert "Open Government Licence" in page


def test_without_files_it_says_what_is_missing(client, world):
    client.force_login(world.user("manager"))
    assert "No national figures of this kind have been taken in." in text(client.get(PATH))
    client.force_login(world.user("police"))
    assert client.get(PATH).status_code == 403


def test_the_page_is_valid(client, beside):
    client.force_login(beside.user("auditor"))
    assert problems({"national": client.get(PATH).content.decode()}) == ""
