"""What holds of every figure, whatever happened: tried on small worlds by chance."""

from collections import Counter
from datetime import timedelta
from itertools import combinations
from random import Random

import pytest

from sightline.insight.catalogue import ALL, BY_ID
from sightline.insight.dividing import divisions_of
from sightline.insight.engine.live import Live
from sightline.insight.engine.snapshot import Snapshot
from sightline.insight.figures.base import Figure, Row
from sightline.insight.periods import Period
from sightline.insight.protecting import shape_of, values_of
from sightline.intake.models import Notification
from sightline.people.models import Link
from sightline.rules.disclosure.tables import TOTALS
from tests.insight.engines import snapshot
from tests.insight.worlds import ByChance

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
SEEDS = (1, 2, 3)


@pytest.fixture(params=SEEDS)
def chance(request, world):
    """A world by chance, a day after it began: some was corrected and linked anew."""
    agencies = world.cast.agencies
    made = ByChance(Random(request.param), [world.cast.police, agencies["health"]], world.now)
    made.now = world.now
    made.told(20, made.now)
    made.later(made.now + A_DAY)
    return made


def is_total(row: Row) -> bool:
    return str(row[0]).lower() in TOTALS


def counts_of(figure: Figure, rows: list[Row]) -> list[int]:
    """The places of the columns of counts; shares, medians and days of a month are none."""
    shape = shape_of(figure, rows)
    numeric = range(len(figure.columns))
    return [
        at for at in numeric
        if at not in shape.labels | shape.open and all(type(row[at]) is int for row in rows)
    ]  # fmt: skip


def summed(figure: Figure, rows: list[Row], columns: list[int]) -> Counter:
    """What each row of counts is, by its texts."""
    found: Counter = Counter()
    labels = shape_of(figure, rows).labels
    for row in rows:
        for at in columns:
            found[tuple(row[place] for place in labels), at] += row[at]
    return +found


def alike(figure: Figure, row: Row, group: str) -> bool:
    return not is_total(row) and figure.row_groups.get(str(row[0]), "") == group


def check_columns(figure: Figure, rows: list[Row]) -> int:
    """A column that is made of others is their sum."""
    adds = shape_of(figure, rows).adds
    for row in rows:
        for whole, parts in adds:
            assert row[whole] == sum(row[part] for part in parts), figure.id
    return len(rows) * len(adds)


def check_totals(figure: Figure, rows: list[Row]) -> int:
    """The total is the sum of the rows of each group, or of all where there are no groups."""
    groups, columns = set(figure.row_groups.values()) or {""}, counts_of(figure, rows)
    totals = [row for row in rows if is_total(row)] if figure.about_people else []
    for total in totals:
        for group in groups:
            of = [row for row in rows if alike(figure, row, group)]
            for at in columns:
                assert total[at] == sum(row[at] for row in of), (figure.id, group)
    return len(totals) * len(columns)


def check_parts(figure: Figure, rows: list[Row], parts: list[list[Row]]) -> int:
    """What is counted part by part is what is counted at once."""
    columns = counts_of(figure, rows)
    whole = summed(figure, rows, columns)
    assert sum((summed(figure, part, columns) for part in parts), Counter()) == whole, figure.id
    return len(whole)


def test_a_total_is_the_sum_of_its_parts_by_rows_by_columns_by_days_and_by_senders(
    chance, tmp_path
):
    engine = snapshot(tmp_path, chance.now + 2 * A_DAY)
    cut = (chance.now - timedelta(days=chance.dice.randrange(100, 800))).date()
    days = Period(None, cut), Period(cut + A_DAY, None)
    tried = Counter()
    for figure in ALL:
        rows = figure.count(Period(), engine).rows
        tried["columns"] += check_columns(figure, rows)
        tried["rows"] += check_totals(figure, rows)
        if not figure.about_people or not figure.adds_over_time or figure.by_time:
            continue  # of a home in two months, or of two senders, each row speaks
        tried["days"] += check_parts(figure, rows, [figure.rows(each, engine) for each in days])
        for column in {"sender", "force"} & set(divisions_of(figure)):
            values = values_of(figure, engine, column)
            parts = [figure.rows(Period(), engine.narrowed(**{column: one})) for one in values]
            tried[column] += check_parts(figure, rows, parts)
    assert min(tried[what] for what in ("columns", "rows", "days", "sender", "force")) > 0, tried


def test_what_was_counted_as_at_a_moment_is_never_changed_by_what_comes_later(chance, tmp_path):
    moment = chance.now + 2 * A_DAY
    snapshot(tmp_path, moment)
    then = {figure.id: figure.count(Period(), Live.at(moment)) for figure in ALL}
    for day in (3, 4):
        chance.later(chance.now + day * A_DAY)
    assert BY_ID["s0.table1"].count(Period()) != then["s0.table1"]
    snapshot(tmp_path, chance.now + 5 * A_DAY)
    for engine in (Live.at(moment), Snapshot(tmp_path, moment)):
        again = {figure.id: figure.count(Period(), engine) for figure in ALL}
        assert again == then


def named_in(person) -> set[int]:
    """The notifications that hold and name a child."""
    links = Link.objects.filter(person=person, ended_at=None, mention__role="child")
    found = Notification.objects.filter(
        superseded_at=None, source__in=links.values("mention__source")
    )
    return set(found.values_list("pk", flat=True))


def sizes() -> Counter:
    rows = BY_ID["s0.table1"].rows(Period())
    return Counter({row[0]: row[1] for row in rows if not str(row[0]).startswith("t")})


def together(pair) -> int:
    one, other = pair
    return len(named_in(one) & named_in(other))


@pytest.mark.parametrize("choose", [min, max], ids=["hardly ever named together", "often"])
def test_linking_two_children_takes_one_child_away_and_adds_up_where_they_were_named(
    chance, choose
):
    named = [person for person in chance.children if named_in(person)]
    one, other = choose(combinations(named, 2), key=together)
    both, shared = named_in(one) | named_in(other), named_in(one) & named_in(other)
    before, parts = sizes(), (len(named_in(one)), len(named_in(other)))
    repeats = BY_ID["s0.table3"].rows(Period())[-1][1]
    chance.moved(
        list(Link.objects.filter(person=other, ended_at=None)), one, chance.now + 2 * A_DAY
    )
    expected = before - Counter(parts) + Counter([len(both)])
    assert +sizes() == +expected
    assert sizes().total() == before.total() - 1
    # A repeat is a child's notification that is not its first: the second child's first is one now,
    # and a notification that named both names one child.
    assert BY_ID["s0.table3"].rows(Period())[-1][1] == repeats + 1 - len(shared)
