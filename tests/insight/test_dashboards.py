"""A dashboard for each role: who opens which, what is on it, and that a force sees only its own."""

import pytest
from django.core.cache import cache

from sightline.insight.catalogue import BY_ID
from sightline.insight.dashboards.all import ALL
from sightline.insight.dashboards.reader import Reader
from sightline.insight.periods import Period
from sightline.insight.reading import Asked, Reading
from sightline.insight.report import sentences
from sightline.insight.report.sections import FIGURES
from sightline.rules.disclosure.showing import HIDDEN
from tests.html import problems
from tests.world import DANIEL, LEILA, MARIA, NOW, SAM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.mark.parametrize(
    ("who", "first", "refused"),
    [
        ("manager", "manager", ["force"]), ("board", "board", ["force"]),
        ("commissioner", "commissioner", ["force"]),
        ("forcelead", "force", ["manager", "board", "commissioner"]),
    ],
)  # fmt: skip
def test_each_role_begins_with_its_own_and_opens_no_other_kind(client, world, who, first, refused):
    client.force_login(world.user(who))
    assert client.get("/dashboards/")["Location"] == f"/dashboards/{first}/"
    assert [client.get(f"/dashboards/{slug}/").status_code for slug in refused] == [404] * len(
        refused
    )


def test_a_force_reads_only_what_it_sent_and_never_what_cannot_be_narrowed(world):
    world.earlier(300, "NM-1", MARIA, DANIEL, LEILA, SAM)
    lead = world.user("forcelead")
    own = {"sender": lead.agency_id, "force": lead.agency.name}
    other = {"sender": 0, "force": "Another Force"}
    mine, others = (Reader(lead, NOW, only=only) for only in (own, other))
    assert mine.reading("quality.arrival").rows
    assert not others.reading("quality.arrival").rows
    assert not others.reading("trend.months").rows
    with pytest.raises(LookupError, match="cannot be narrowed"):
        mine.reading("done.outcomes")


def test_a_force_lead_asks_by_ward_as_the_partnership_does_and_opens_no_other_figure(client, world):
    world.earlier(300, "NM-1", MARIA, DANIEL, LEILA, SAM)
    client.force_login(world.user("forcelead"))
    assert "Are repeats going up in one ward?" in client.get("/dashboards/force/").content.decode()
    page = client.get("/figures/trend.repeats/").content.decode()
    assert "Repeats within twelve months, by quarter" in page
    assert "Counts under 5 are shown" not in page
    assert 'href="/figures/"' not in page
    assert client.get("/figures/trend.repeats.csv").status_code == 200
    assert client.get("/figures/trend.quarters/").status_code == 404
    assert client.get("/figures/").status_code == 403


def test_dashboards_and_the_report_are_valid_pages_with_a_table_for_every_chart(client, world):
    world.earlier(300, "NM-1", MARIA, DANIEL, LEILA, SAM)
    pages = {}
    for who, path in (("manager", "/dashboards/manager/"), ("chair", "/figures/report/")):
        client.force_login(world.user(who))
        response = client.get(path)
        assert response.status_code == 200
        pages[who] = response.content.decode()
        assert pages[who].count("<svg") >= 1
        assert pages[who].count("app-chart__svg") <= pages[who].count("<table")
    assert problems(pages) == ""
    assert pages["chair"].count("<h2") >= len(FIGURES)


def test_every_panel_names_a_figure_that_exists():
    bars = [panel for board in ALL for panel in board.panels if hasattr(panel, "series")]
    for panel in bars:
        names = {column.name for column in BY_ID[panel.figure].columns}
        assert set(panel.series) <= names


def test_the_report_says_what_its_tables_say_and_that_a_number_is_hidden():
    table1 = BY_ID["s0.table1"]

    def said(*rows):
        reading = Reading(table1, Asked(Period()), NOW, [list(row) for row in rows], None)
        return list(sentences.named(reading, "children"))

    assert said(("1", 958, 958), ("2", 207, 414), ("total", 1165, 1372)) == [
        "1,165 children were named 1,372 times in all.",
        "958 of them (82.2 per cent) were named once.",
    ]
    assert said(("1", HIDDEN, HIDDEN), ("total", HIDDEN, 12)) == [
        "A hidden number of children were named 12 times in all.",
        "A hidden number of them were named once.",
    ]
