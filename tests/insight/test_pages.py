"""The pages of the figures: who may open them, what they say, and their file."""

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.insight.catalogue import ALL
from tests.html import problems
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

pytestmark = pytest.mark.django_db
TABLE1 = "/figures/s0.table1/"


@pytest.fixture
def analyst(client, world):
    """Somebody who sees counts as they are, and those of each reviewer too."""
    chair = world.user("chair")
    chair.roles = [*chair.roles, "manager"]
    chair.save(update_fields=["roles"])
    client.force_login(chair)
    return client


@pytest.fixture
def counted(world):
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification())
    return world


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def rows(response):
    return list(csv.reader(response.content.decode("utf-8-sig").splitlines()))


@pytest.mark.parametrize("path", ["/figures/", TABLE1, "/figures/s0.table1.csv"])
def test_only_those_who_may_see_figures_open_them(client, world, path):
    assert client.get(path).status_code == 302
    for local, status in (
        ("health", 403), ("police", 403), ("keyadult1", 403),
        ("manager", 200), ("chair", 200), ("auditor", 200),
    ):  # fmt: skip
        client.force_login(world.user(local))
        assert client.get(path).status_code == status, local


def test_the_list_names_every_figure_and_says_who_is_counted(analyst):
    page = text(analyst.get("/figures/"))
    for figure in ALL:
        assert f"/figures/{figure.id}/" in page
        assert figure.who in page


def test_a_figure_shows_its_table_its_definition_and_when_it_was_counted(analyst, counted):
    page = text(analyst.get(TABLE1))
    assert "Children by number of notifications, for the whole record" in page
    assert "4 mentions of children in notifications" in page
    for part in ("Who is counted", "Dates", "Repeats", "As at", "Source of the definition"):
        assert part in page
    assert "Counts under 5 are shown. Do not publish" in page


def test_every_figure_opens_without_any_records(analyst):
    pages = {figure.id: text(analyst.get(f"/figures/{figure.id}/")) for figure in ALL}
    assert [one for one in pages if "No record falls into these days." not in pages[one]] == []
    for figure in ALL:
        assert rows(analyst.get(f"/figures/{figure.id}.csv"))[0] == [c.name for c in figure.columns]


def test_the_period_is_chosen_by_its_first_and_last_day(analyst, counted):
    days = "first-day=1&first-month=10&first-year=2026&last-day=31&last-month=10&last-year=2026"
    page = text(analyst.get(f"{TABLE1}?{days}"))
    assert "for 1 October 2026 to 31 October 2026" in page
    assert f"/figures/s0.table1.csv?{days.replace('&', '&amp;')}" in page
    assert rows(analyst.get(f"/figures/s0.table1.csv?{days}"))[-1] == ["total", "1", "1"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("first-day=31&first-month=2&first-year=2026", "The first day must be a day that exists"),
        ("first-day=1", "The first day must have a month"),
        (
            "first-day=2&first-month=1&first-year=2026&last-day=1&last-month=1&last-year=2026",
            "The last day must not be before the first day",
        ),
        ("as_at-day=1&as_at-month=1&as_at-year=1900", "must not be before 01 January 2000"),
        ("as_at-day=1&as_at-month=1&as_at-year=2090", "must not be after"),
        ("first-day=1&first-day=2&first-month=1&first-year=2026", "has “First day” twice"),
        ("as_at=2026-10-31", "asks for “as_at”, which this page does not know"),
        ("only=sender%3D%00", "asks for “sender=”, which is not in this list"),
        ("n%00ul=1", "asks for “nul”, which this page does not know"),
    ],
)
def test_days_that_cannot_be_meant_show_no_table(analyst, counted, days, said):
    page = text(analyst.get(f"{TABLE1}?{days}"))
    assert said in page
    assert "<table" not in page
    assert analyst.get(f"/figures/s0.table1.csv?{days}")["Location"] == f"{TABLE1}?{days}"


@pytest.mark.parametrize(
    "path", ["figures/map", "figures/national", "figures/report", "dashboards/board",
             "figures/recommended-and-done", "figures/recommended-and-done/cases"],
)  # fmt: skip
def test_what_an_address_asks_for_and_a_page_does_not_know_is_never_left_out(analyst, path):
    page = text(analyst.get(f"/{path}/?ward=E05000001%00"))
    assert "There is a problem" in page
    assert "asks for “ward”, which this page does not know" in page
    assert "<table" not in page


@pytest.mark.parametrize("asked", ["map/?by=street", "map/?count=calls", "national/?figure=x'"])
def test_what_is_not_in_a_list_is_said(analyst, asked):
    page = text(analyst.get(f"/figures/{asked}"))
    assert "which is not in this list. Choose from the list" in page
    assert "<table" not in page


def test_the_part_and_the_moment_stay_chosen_when_other_days_are(analyst, counted):
    part = f"only=sender%3D{counted.cast.police.pk}"
    page = text(analyst.get(f"{TABLE1}?{part}&as_at-day=1&as_at-month=11&as_at-year=2026"))
    assert f'&amp;{part}&amp;as_at-day=1&amp;as_at-month=11&amp;as_at-year=2026">2025-26' in page


def test_an_unknown_figure_is_not_found(analyst):
    for path in ("/figures/s0.table9/", "/figures/s0.table9.csv"):
        assert analyst.get(path).status_code == 404


def test_a_figure_is_only_read(analyst):
    assert analyst.post(TABLE1).status_code == 405


def test_more_records_need_no_more_queries(analyst, world):
    def queries(figure):
        with CaptureQueriesContext(connection) as captured:
            assert analyst.get(f"/figures/{figure.id}/").status_code == 200, figure.id
        return len(captured)

    world.notify(notification())
    queries(ALL[0])  # the first page of a session writes it
    few = {figure.id: queries(figure) for figure in ALL}
    for days in (10, 20, 30):
        world.earlier(days, f"NM-{days}", MARIA, DANIEL, LEILA, SAM)
        world.earlier(days + 3, f"NM-{days + 3}", IVY, DANIEL, NOAH)
    assert {figure.id: queries(figure) for figure in ALL} == few


def test_one_part_of_a_figure_is_chosen_and_it_is_said_whether_it_changed(analyst, counted):
    counted.earlier(400, "NM-00", IVY, DANIEL, NOAH)  # so that October is not where all begins
    days = "first-day=1&first-month=11&first-year=2026&last-day=30&last-month=11&last-year=2026"
    page = text(analyst.get(f"/figures/trend.months/?{days}&only=sender={counted.cast.police.pk}"))
    assert "Notifications and repeats by month (Sent by: North Mercia Police), for" in page
    assert "Against the period before (1 October 2026 to 31 October 2026)" in page
    assert "3 against 1, 3.10 times as many for each day" in page
    assert "nobody can say what is usual" in page
    other = text(analyst.get(f"/figures/trend.months/?{days}&only=ward=E05000001"))
    assert "asks for “ward=E05000001”, which is not in this list" in other


def test_the_pages_are_valid(analyst, counted):
    days = "first-day=40&first-month=1&first-year=2026"
    pages = {
        "list": "/figures/", "figure": TABLE1, "wide": "/figures/s0.table5/",
        "wrong": f"{TABLE1}?{days}",
    }  # fmt: skip
    assert problems({name: analyst.get(to).content.decode() for name, to in pages.items()}) == ""
