"""What was known then stays what was known then, however it is counted and whatever comes later."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from sightline.insight.catalogue import ALL
from sightline.insight.engine.copied import Copied
from sightline.insight.engine.live import Live
from sightline.insight.engine.snapshot import NotHeldError, Snapshot
from sightline.insight.facts import ALL as FACTS
from sightline.insight.facts.steps import MOMENT
from sightline.insight.periods import Period
from sightline.insight.snapshots.keeping import write_on
from sightline.insight.snapshots.manifest import read, verify
from sightline.research.asking import ask_agencies
from sightline.research.commands import choose_agency
from sightline.research.models import ResearchRequest
from tests.insight.engines import NAMES, snapshot
from tests.insight.story import HOUR, told
from tests.insight.work import worked
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db
TALLIED = [figure for figure in ALL if figure.id in {f"s0.table{nth}" for nth in range(1, 6)}]
A_WHILE = timedelta(minutes=1)


class NotLookingBack(Live):
    """The records as they stand, on the day of a moment."""

    def __init__(self, moment):
        super().__init__()
        self.moment = moment

    @property
    def clock(self):
        return self.moment


def rows_of(held):
    everything = "select * from {}"
    return {
        fact.name: Counter(held.ask(everything.format(fact.name), [fact], {})) for fact in FACTS
    }


def counted(engine):
    return {figure.id: figure.count(Period(), engine) for figure in ALL}


def test_a_question_for_which_an_agency_is_chosen_later_had_none_before(world, tmp_path):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    ask_agencies([world.screening("Leila").incident_id], now=world.now)
    question = ResearchRequest.objects.exclude(agency=None).earliest("pk")
    agency, before, later = question.agency, world.now + A_WHILE, world.now + HOUR
    ResearchRequest.objects.filter(pk=question.pk).update(agency=None)
    then = counted(Live.at(before))
    write_on(tmp_path / "day by day", before, NAMES)
    question.refresh_from_db()
    choose_agency(request=question, agency=agency, by=world.user("administrator"), now=later)
    assert counted(Live.at(before)) == then
    write_on(tmp_path / "day by day", later + A_WHILE, NAMES)
    assert rows_of(Snapshot(tmp_path / "day by day")) == rows_of(
        snapshot(tmp_path / "at once", later + A_WHILE)
    )


@pytest.mark.parametrize("happens", [told, worked])
def test_a_figure_as_at_a_moment_never_changes_and_every_engine_counts_the_same(
    world, tmp_path, happens
):
    then = {}
    for what, at in happens(world):
        moment = at + A_WHILE
        then[moment] = what, counted(Live.at(moment))
        for figure in ALL:
            if not any(MOMENT in fact.live for fact in figure.facts):  # no clock runs in it
                stands = figure.count(Period(), NotLookingBack(moment))
                assert stands == then[moment][1][figure.id], (what, figure.id)
        write_on(tmp_path / "day by day", moment, NAMES)
        for figure in TALLIED:  # what was added and taken away so far is what there is
            held = Snapshot(tmp_path / "day by day")
            assert figure.count(Period(), held) == then[moment][1][figure.id], (what, figure.id)
    for (_, before), (what, after) in pairwise(then.values()):
        assert before != after, f"nothing counts it that {what}"
    for moment, (what, tables) in then.items():
        again, held = Live.at(moment), Snapshot(tmp_path / "day by day", moment)
        for figure in ALL:
            assert figure.count(Period(), again) == tables[figure.id], (what, figure.id)
            assert figure.count(Period(), held) == tables[figure.id], (what, figure.id, "held")
    at_once = snapshot(tmp_path / "at once", moment)
    assert counted(at_once) == tables
    assert counted(Copied(Live.at(moment))) == tables
    # Written on by what changed, each row is what it is when all is read.
    assert rows_of(Snapshot(tmp_path / "day by day")) == rows_of(at_once)
    manifest = read(tmp_path / "day by day")
    verify(tmp_path / "day by day", manifest)
    with pytest.raises(NotHeldError):
        Snapshot(tmp_path / "day by day", moment + HOUR)
