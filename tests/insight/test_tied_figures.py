"""Figures that show the same counts of an invented year: an attacker has the tables of them all."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pyarrow as pa
import pytest
from django.core.cache import cache

from sightline.insight.engine.copied import Copied
from sightline.insight.engine.live import Live
from sightline.insight.figures.children_by_notifications import ChildrenByNotifications
from sightline.insight.figures.equality import Equality
from sightline.insight.figures.over_time import ByMonth, RepeatsByMonth
from sightline.insight.figures.quarters import ByQuarter
from sightline.insight.figures.voice import VoiceByForce, VoiceByMonth
from sightline.insight.protecting import tables_of
from sightline.insight.same import same_counts
from sightline.insight.snapshots.parts import ARROW
from sightline.insight.whole import made_of, year
from sightline.rules.disclosure.policy import policy_on
from sightline.rules.disclosure.tables import universe_of
from sightline.rules.disclosure.universe import Universe
from tests.rules.disclosure.attacker import known_to_be_small

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
IN_YEAR = year(2025)
POLICY = policy_on(NOW.date())
FORCES = ["North"] * 12 + ["South"] * 3 + ["East"]
OF_CHILDREN = (RepeatsByMonth(), ByMonth(), ChildrenByNotifications(), ByQuarter(), Equality())
OF_VOICE = (VoiceByMonth(), VoiceByForce())


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


class Invented(Copied):
    """Facts made up by chance in the place of those of the records."""

    def __init__(self) -> None:
        super().__init__(Live.at(NOW))
        chance = Random(3)
        self._rows = [row for child in range(200) for row in contacts(child, chance)]

    def _read(self, fact):
        return pa.table({
            name: pa.array([row.get(name) for row in self._rows if fact.name in row["of"]],
                           type=ARROW[column.kind])
            for name, column in fact.columns.items()
        })  # fmt: skip


def contacts(child, chance):
    """What is known of a child: some were named before the year, most are named once in it."""
    many = chance.choices((1, 2, 3, 4), (70, 22, 6, 2))[0]
    days = sorted(IN_YEAR.first + timedelta(chance.randrange(365)) for _ in range(many))
    if chance.random() < 0.1:
        days.insert(0, date(2025, 3, 1))
    sex, ethnicity = chance.choice("FM"), chance.choice(["white"] * 20 + ["black", ""])
    for place, day in enumerate(days):
        yield {
            "of": ("contact", "described"), "child": child, "notification": 10 * child + place,
            "day": day, "nth": place + 1, "previous": days[place - 1] if place else None,
            "force": chance.choice(FORCES), "unborn": False, "age": child % 16, "sex": sex,
            "ethnicity": ethnicity, "language": "english", "disability": "no",
            "words": chance.random() < 0.4, "demeanour": chance.random() < 0.5,
            "saw": chance.random() < 0.5, "alone": chance.choice(("yes", "no", "")),
        }  # fmt: skip


def known(figures, ties=None, *, by=""):
    """The small counts that somebody knows who has the tables of all these figures.

    `ties`: what they share; as the figures say it themselves where it is not given.
    """
    engine, together, hidden = Invented(), Universe(), set()
    laid = {
        type(one): tables_of(one, engine, IN_YEAR, POLICY, "" if one.rows_are else by)
        for one in figures
    }
    for figure in figures:
        tables = laid[type(figure)]
        add(together, figure, tables)
        hidden |= {(figure.id, *key) for key in tables.hidden[max(tables.hidden)].keys}
        for kind, shared in (ties[type(figure)] if ties else figure.beside).items():
            if kind in laid:
                say_what_is_the_same(together, figure, tables, shared, kind(), laid[kind])
    return known_to_be_small(together, hidden, POLICY.threshold)


def say_what_is_the_same(together, figure, ours, shared, other, theirs):
    for same in same_counts(
        figure, ours.laid, ours.shape, shared, other, theirs.laid, theirs.shape
    ):
        together.add_sum((other.id, *same.theirs), [(figure.id, *key) for key in same.ours])


def add(together, figure, tables):
    spans = made_of(list(tables.named.values())) if figure.adds_over_time else {}
    universe = universe_of(tables.laid, tables.shape, spans)
    together.cells |= {(figure.id, *key): cell for key, cell in universe.cells.items()}
    for each in universe.sums:
        parts = tuple((figure.id, *part) for part in each.parts)
        together.sums.append(type(each)((figure.id, *each.whole), parts, each.weights))


def known_without(monkeypatch, figures, kind, *, by=""):
    """The same where one figure is settled as if nothing of it stood in these others."""
    ties = {type(one): one.beside for one in figures}
    monkeypatch.setattr(kind, "beside", {ByMonth: ties[kind][ByMonth]} if kind is ByQuarter else {})
    return known(figures, ties, by=by)


def test_nobody_finds_a_small_count_in_the_figures_of_children_together():
    assert known(OF_CHILDREN) == []


@pytest.mark.parametrize("figures", [OF_CHILDREN[:4], (*OF_CHILDREN[:1], *OF_CHILDREN[2::2])])
def test_children_of_a_quarter_or_named_again_would_give_away_who_was_named_how_often(
    monkeypatch, figures
):
    found = known_without(monkeypatch, figures, type(figures[-1]))
    assert [key for key in found if key[0] == ChildrenByNotifications.id]


def test_nobody_finds_a_small_count_in_the_voice_of_children_by_force_and_over_time():
    assert known(OF_VOICE, by="force") == []


def test_the_voice_of_children_by_force_would_be_given_away_by_that_over_time(monkeypatch):
    assert len(known_without(monkeypatch, OF_VOICE, VoiceByForce, by="force")) > 5
