"""The map of Castlebrook: rates by ward and small area beside deprivation, as each may see them."""

import csv
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.demo import places
from sightline.insight.engine.live import Live
from sightline.insight.maps.counting import ALL as COUNTINGS
from sightline.insight.maps.reading import read_map
from sightline.insight.maps.shared import beside_of
from sightline.insight.whole import year as whole_year
from tests.html import problems
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, notification

pytestmark = pytest.mark.django_db
PATH = "/figures/map/"
YEAR = "first-day=1&first-month=4&first-year=2025&last-day=31&last-month=3&last-year=2026"


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def town(world):
    """Six notifications at the Morenos' home and one at Ivy's, in the year that ended in March."""
    places.take_in(world.now, years=2)
    for number in range(6):
        world.earlier(240 + 10 * number, f"NM-{number}", MARIA, DANIEL, LEILA)
    world.earlier(300, "NM-I", IVY, DANIEL, NOAH)
    return world


def row(page, code):
    start = page.index(f'id="{code}"')
    return page[start : page.index("</tr>", start)]


def test_only_those_who_may_see_figures_open_it(client, world):
    for local, status in (("manager", 200), ("chair", 200), ("police", 403), ("keyadult1", 403)):
        client.force_login(world.user(local))
        assert client.get(PATH).status_code == status, local


def test_without_files_it_says_what_is_missing_and_who_takes_it_in(client, world):
    client.force_login(world.user("administrator"))
    page = text(client.get(PATH))
    assert "No files say which small areas and wards there are." in page
    assert "/geography/" in page
    client.force_login(world.user("manager"))
    assert 'href="/geography/"' not in text(client.get(PATH))


def test_the_team_sees_counts_rates_and_where_each_lies(client, town):
    client.force_login(town.user("chair"))
    home, ivys = places.where()["ZZ9 4QT"], places.where()["ZZ9 7BD"]
    page = text(client.get(f"{PATH}?by=area&{YEAR}"))
    assert ">6<" in row(page, home.code).replace(" ", "")
    assert f">{1000 * 6 / home.children:.1f}<" in row(page, home.code)
    assert ">1<" in row(page, ivys.code).replace(" ", "")
    assert page.count('class="app-map__area app-map__rate-') >= len(places.areas())
    assert "rank correlation" in page
    assert "Counts under 5 are shown, of places where few families live." in page
    repeats = text(client.get(f"{PATH}?by=area&count=repeats&{YEAR}"))
    assert ">5<" in row(repeats, home.code).replace(" ", "")
    wards = text(client.get(f"{PATH}?{YEAR}"))
    assert ">6<" in row(wards, home.ward_code).replace(" ", "")


def test_outsiders_see_no_small_count_nor_what_gives_it_away(client, town):
    client.force_login(town.user("manager"))
    home, ivys = places.where()["ZZ9 4QT"], places.where()["ZZ9 7BD"]
    page = text(client.get(f"{PATH}?by=area&{YEAR}"))
    assert "[c]" in row(page, ivys.code)
    assert "the number is hidden" in page
    assert 'fill="url(#rate-hatch)"' in page
    assert "do not publish" not in page.lower()
    wards = text(client.get(f"{PATH}?{YEAR}"))
    assert "[c]" in row(wards, ivys.ward_code)
    total = wards[wards.index(">Total</th>") :]
    total = total[: total.index("</tr>")]
    others = {area.ward_code for area in places.areas()} - {ivys.ward_code}
    assert "[c]" in total or any("[c]" in row(wards, code) for code in others)
    assert home.ward != ivys.ward


@pytest.mark.parametrize(
    "days",
    [
        "first-day=1&first-month=5&first-year=2025&last-day=31&last-month=3&last-year=2026",
        "first-day=1&first-month=4&first-year=2026&last-day=31&last-month=3&last-year=2027",
        "first-day=1&first-month=10&first-year=2025&last-day=31&last-month=12&last-year=2025",
    ],
)
def test_outsiders_choose_whole_years_that_are_over(client, world, days):
    client.force_login(world.user("manager"))
    page = text(client.get(f"{PATH}?{days}"))
    assert "Choose a whole year from April to March that is over, such as 2025-26" in page
    assert '<svg class="app-map__picture"' not in page


def test_what_lies_nowhere_that_is_known_is_a_row_of_its_own(client, town):
    body = notification("NM-X", MARIA, DANIEL, LEILA)
    body["incident"] |= {"address": {"lines": "1 Far Away", "postcode": "ZZ8 1AA"}}
    town.notify(body, now=town.now - timedelta(days=1))
    client.force_login(town.user("chair"))
    days = "first-day=1&first-month=11&first-year=2026&last-day=30&last-month=11&last-year=2026"
    page = text(client.get(f"{PATH}?{days}"))
    assert "Elsewhere, or not known" in page


def test_more_notifications_need_no_more_queries(client, town):
    client.force_login(town.user("manager"))

    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{PATH}?by=area&{YEAR}").status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(3):
        town.earlier(260 + number, f"NM-M{number}", IVY, DANIEL, NOAH)
    assert queries() == few


@pytest.mark.parametrize("count", COUNTINGS)
def test_a_ward_that_a_figure_hides_is_hidden_on_the_map(town, count):
    """What one of the two hides would else stand in the other."""
    days = whole_year(2025)
    found = read_map(town.user("manager"), COUNTINGS[count], days.period, town.now)
    beside = beside_of(found.counting, Live.at(found.as_at), days, found.policy)
    wards = [same.ours[0] for same in beside.same if same.theirs in beside.hidden[0].keys]
    assert wards
    assert found.hidden.issuperset(wards)


def test_the_pages_are_valid(client, town):
    pages = {}
    for local in ("chair", "manager"):
        client.force_login(town.user(local))
        for by in ("ward", "area"):
            pages[f"{local} {by}"] = client.get(f"{PATH}?by={by}&{YEAR}").content.decode()
    assert problems(pages) == ""


def test_its_table_is_a_file_with_a_code_for_each_place(client, town):
    client.force_login(town.user("chair"))
    page = text(client.get(f"{PATH}?by=area&{YEAR}"))
    assert f"/figures/map.csv?by=area&amp;{YEAR.replace('&', '&amp;')}" in page
    sent = client.get(f"/figures/map.csv?by=area&{YEAR}").content.decode("utf-8-sig")
    header, *rows = csv.reader(sent.splitlines())
    assert header[:4] == ["Code", "Small area", "Ward", "Number"]
    home = places.where()["ZZ9 4QT"]
    assert [row[3] for row in rows if row[0] == home.code] == ["6"]
    days = "first-day=2&first-month=4&first-year=2025"
    client.force_login(town.user("manager"))
    assert client.get(f"/figures/map.csv?{days}")["Location"] == f"{PATH}?{days}"
