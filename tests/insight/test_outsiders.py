"""Who may not see records: whole quarters, nothing small, in every place where a figure stands."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache

from sightline.audit.models import Event
from sightline.insight.catalogue import ALL, BY_ID
from sightline.insight.engine.live import Live
from sightline.insight.periods import Period
from sightline.insight.protecting import tables_of
from sightline.insight.reading import Asked, NotWholeError, closed, read
from sightline.insight.same import same_counts
from sightline.insight.whole import year
from sightline.rules.disclosure.beside import latest
from sightline.rules.disclosure.policy import policy_on
from sightline.rules.disclosure.showing import HIDDEN
from tests.world import DANIEL, LEILA, MARIA, NOAH, SAM

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
POLICY = policy_on(NOW.date())
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
ASKS_FOR_SUMMER = (
    "first-day=1&first-month=7&first-year=2026&last-day=30&last-month=9&last-year=2026"
)


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def summer(world):
    """Three children, six notifications of children, in the third quarter of 2026."""
    for days, children in ((130, (LEILA, SAM)), (110, (LEILA, NOAH)), (90, (LEILA, SAM))):
        world.earlier(days, f"NM-{days}", MARIA, DANIEL, *children)
    return world


def table1(world, who, period=SUMMER, **only):
    return read(world.user(who), BY_ID["s0.table1"], Asked(period, only), NOW).rows


def test_the_team_sees_counts_and_everybody_else_what_is_safe(summer):
    assert table1(summer, "chair") == [[1, 1, 1], [2, 1, 2], [3, 1, 3], ["total", 3, 6]]
    for outsider in ("manager", "auditor", "ig", "board", "commissioner", "carelead"):
        rows = table1(summer, outsider)
        assert [row[1] for row in rows] == [HIDDEN] * 4, outsider


@pytest.mark.parametrize(
    "days",
    [
        (date(2026, 7, 1), date(2026, 9, 29)),  # a day short
        (date(2026, 8, 1), date(2026, 8, 31)),  # a month
        (date(2026, 10, 1), date(2026, 12, 31)),  # not over
        (date(2026, 7, 1), None),
    ],
)
def test_other_days_than_whole_quarters_that_are_over_are_not_for_outsiders(world, days):
    with pytest.raises(NotWholeError, match="whole quarter or year"):
        table1(world, "manager", Period(*days))
    assert table1(world, "chair", Period(*days)) == [["total", 0, 0]]


def test_what_came_after_the_last_month_is_not_told_of_days_before_it(summer):
    before = table1(summer, "manager")
    summer.earlier(1, "NM-late", MARIA, DANIEL, LEILA)
    assert table1(summer, "manager") == before


def test_a_small_count_stands_on_no_page_and_in_no_file(client, summer):
    client.force_login(summer.user("manager"))
    for name in ("s0.table1.csv", "s0.table1.csv-metadata.json", "s0.table1/"):
        response = client.get(f"/figures/{name}?{ASKS_FOR_SUMMER}")
        assert response.status_code == 200
        assert HIDDEN in response.content.decode("utf-8-sig"), name
    csv = client.get(f"/figures/s0.table1.csv?{ASKS_FOR_SUMMER}").content.decode("utf-8-sig")
    assert csv.splitlines()[1:] == ["1,[c],[c]", "2,[c],[c]", "3,[c],[c]", "total,[c],[c]"]
    book = zipfile.ZipFile(
        io.BytesIO(client.get(f"/figures/s0.table1.xlsx?{ASKS_FOR_SUMMER}").content)
    )
    texts = book.read("xl/sharedStrings.xml").decode()
    assert HIDDEN in texts
    taken = Event.objects.filter(what="figures.exported", by=str(summer.user("manager").pk))
    assert [event.detail["kind"] for event in taken.order_by("pk")] == [
        "csv", "csv-metadata", "csv", "xlsx",
    ]  # fmt: skip


def test_days_that_are_not_whole_are_explained_on_the_page(client, world):
    client.force_login(world.user("manager"))
    page = client.get("/figures/s0.table1/?first-day=1&first-month=7&first-year=2026")
    assert "Choose a whole quarter or year" in page.content.decode()
    assert "<table" not in page.content.decode()


TIED = [(one, kind()) for one in ALL for kind in one.beside]


@pytest.mark.parametrize(("figure", "other"), TIED, ids=lambda one: one.id)
def test_what_another_figure_hides_of_the_same_counts_is_hidden_in_this_one(summer, figure, other):
    engine = Live.at(closed(NOW))
    ours = tables_of(figure, engine, year(2026), POLICY)
    theirs = tables_of(other, engine, year(2026), POLICY, figure.rows_are)
    shared = [one for one in figure.beside[type(other)] if not one.less]  # what is left is no cell
    same = same_counts(figure, ours.laid, ours.shape, shared, other, theirs.laid, theirs.shape)
    here, there = (latest(one.hidden, 12).keys for one in (ours, theirs))
    one_by_one = [one for one in same if len(one.ours) == 1]
    assert [one for one in one_by_one if one.theirs in there and one.ours[0] not in here] == []
    assert one_by_one or other.id == "s4.told_by_day"  # no school was told in that summer


def test_which_part_left_as_a_file_is_written_down_in_full(client, summer):
    client.force_login(summer.user("chair"))
    client.get("/figures/s3.voice.csv?only=force%3DNorth%20Mercia%20Police")
    taken = Event.objects.get(what="figures.exported")
    assert taken.detail["asked"] == {"only": "force=North Mercia Police"}
