"""All links looked at again: after a back-load, every night, with another model."""

import json
from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction

from sightline.common import announce
from sightline.common.errors import WrongMoment
from sightline.people.again.applying import TooMuchMoved, apply
from sightline.people.again.looking import look
from sightline.people.again.nearby import look_near
from sightline.people.again.running import look_again, switch_model, try_model
from sightline.people.changes import join, keep_apart, split
from sightline.people.commands import Document, Happened, Place, Written
from sightline.people.linking import link_sources
from sightline.people.model_in_use import model_in_use
from sightline.people.models import Link, LinkChange, LinkModel, LinkReview, Person
from sightline.people.undoing import undo
from sightline.rules.linkage.model import ModelProblem, shipped
from tests.people.mentioned import BEGAN, documents, record, who_is_who

pytestmark = pytest.mark.django_db

NIGHT = BEGAN + timedelta(days=300)


@pytest.fixture
def chair(world):
    return world.user("chair")


def one_by_one(sources, after=lambda: None) -> None:
    for source in sources:
        link_sources([source], now=BEGAN)
        after()


@pytest.mark.parametrize("seed", range(4))
def test_together_one_by_one_or_the_other_way_round_the_night_makes_it_the_same(seed):
    sources = record(documents(seed, 30))
    with transaction.atomic():
        look_again(now=NIGHT)
        together = who_is_who()
        transaction.set_rollback(True)
    Random(seed).shuffle(sources)
    one_by_one(sources)
    look_again(now=NIGHT, however_much=True)
    assert who_is_who() == together


def test_looking_again_twice_changes_nothing_more():
    one_by_one(record(documents(5, 30)))
    look_again(now=NIGHT, however_much=True)
    before = who_is_who(), LinkChange.objects.count(), LinkReview.objects.count()
    applied = look_again(now=NIGHT)
    assert (applied.linked, applied.changed, applied.asked) == (0, 0, 0)
    assert before == (who_is_who(), LinkChange.objects.count(), LinkReview.objects.count())


def test_whom_a_human_joined_stays_joined_and_whom_one_parted_stays_parted(chair):
    one_by_one(record(documents(6, 30)))
    look_again(now=NIGHT, however_much=True)
    persons = list(Person.objects.filter(links__ended_at=None).distinct().order_by("pk"))
    big = max(persons, key=lambda person: person.links.filter(ended_at=None).count())
    mention = big.links.filter(ended_at=None).first().mention_id
    split(person=big, mentions=[mention], because="She says so.", by=chair, now=NIGHT)
    said = who_is_who()
    look_again(now=NIGHT, however_much=True)
    assert who_is_who() == said


def test_a_link_in_doubt_is_a_change_that_can_be_taken_back(chair):
    """A link that somebody forced without a human's name is set right, and can be put back."""
    one_by_one(record(documents(7, 24)))
    look_again(now=NIGHT, however_much=True)
    one, other = never_met()
    Link.objects.filter(person=other).update(person=one)
    wrong = who_is_who()
    assert look_again(now=NIGHT, however_much=True).changed == 1
    assert who_is_who() != wrong
    change = LinkChange.objects.latest("pk")
    assert (change.kind, change.decided_by) == ("machine", None)
    undo(change=change, because="Not yet.", by=chair, now=NIGHT + timedelta(minutes=1))
    assert who_is_who() == wrong


def test_a_look_that_would_move_too_much_moves_nothing(monkeypatch):
    monkeypatch.setattr("sightline.people.again.applying.AT_LEAST", 0)
    one_by_one(record(documents(8, 24)))
    look_again(now=NIGHT, however_much=True)
    one, other = Person.objects.filter(links__ended_at=None).distinct().order_by("pk")[:2]
    Link.objects.filter(person=other).update(person=one)
    before = who_is_who()
    with pytest.raises(TooMuchMoved, match="Nothing was changed"):
        look_again(now=NIGHT)
    assert who_is_who() == before


def never_met(many: int = 2) -> list[Person]:
    """Return persons who were never mentioned in one source."""
    found: list[Person] = []
    sources: set[int] = set()
    for person in Person.objects.filter(links__ended_at=None).distinct().order_by("pk"):
        own = set(person.links.values_list("mention__source_id", flat=True))
        if own.isdisjoint(sources):
            found.append(person)
            sources |= own
    return found[:many]


def another_model(**bands) -> str:
    data = {**shipped().data, "version": "stricter"}
    data["bands"] = {**data["bands"], **bands}
    return json.dumps(data)


def test_another_model_is_seen_beside_the_old_and_changes_nothing_before_it_is_chosen():
    one_by_one(record(documents(9, 30)))
    before = who_is_who()
    seen = try_model(another_model(join_at=60.0, break_at=50.0, together=0.0))
    assert seen.differences
    assert who_is_who() == before
    assert model_in_use() == shipped()


def test_the_switch_is_a_dated_decision_with_a_reason_and_happens_once(chair):
    one_by_one(record(documents(10, 30)))
    text = another_model(join_at=60.0, break_at=50.0, together=0.0)
    with pytest.raises(WrongMoment, match="Say why"):
        switch_model(text=text, because=" ", by=chair, now=NIGHT)
    switch_model(text=text, because="Fewer doubts.", by=chair, now=NIGHT)
    chosen = LinkModel.objects.get(retired_at=None)
    assert (chosen.version, chosen.decided_by, chosen.decided_at) == ("stricter", chair, NIGHT)
    assert model_in_use().version == "stricter"
    with pytest.raises(WrongMoment, match="another version"):
        switch_model(text=text, because="Again.", by=chair, now=NIGHT)


def test_links_stand_while_the_new_model_still_finds_them_likely(chair):
    """Join and break are not at one weight, so that links do not flap."""
    one_by_one(record(documents(11, 30)))
    look_again(now=NIGHT, however_much=True)
    before = who_is_who()
    bands = shipped().bands
    lax = another_model(
        join_at=1_000.0, break_at=bands.join_at, together=1_000 - bands.join_at + bands.together
    )
    seen = try_model(lax)
    assert seen.differences == []
    assert who_is_who() == before


def test_what_is_no_model_is_refused_in_words():
    with pytest.raises(ModelProblem, match="sightline link train"):
        try_model("{}")


def test_questions_are_asked_once(chair):
    one_by_one(record(documents(12, 40)))
    apply(look(shipped()), shipped(), now=NIGHT, however_much=True)
    asked = LinkReview.objects.count()
    apply(look(shipped()), shipped(), now=NIGHT, however_much=True)
    assert LinkReview.objects.count() == asked


def test_kept_apart_stays_apart_at_night_through_any_third(chair):
    one_by_one(record(documents(13, 30)))
    look_again(now=NIGHT, however_much=True)
    a, b, c = never_met(3)
    keep_apart(a=a, b=b, because="Cousins.", by=chair, now=NIGHT)
    join(gone=c, stays=a, because="Seen together.", by=chair, now=NIGHT)
    before = who_is_who()
    look_again(now=NIGHT, however_much=True)
    assert who_is_who() == before


@pytest.fixture
def unsettled(monkeypatch):
    """The sources of which it was said that who came first may have mattered."""
    found: list[int] = []
    monkeypatch.setitem(announce._subscribers, "source.unsettled", [found.append])
    return found


ARJUN = {
    "role": "child", "given_name": "Arjun", "surname": "Kaur", "sex": "M",
    "birth_date": date(2016, 12, 18),
}  # fmt: skip
HOME, ELSEWHERE = Place("19 Primrose Crescent", "DY1 1PL"), Place("4 Mill Lane", "DY2 7AA")
# The last two have two NHS numbers, so only one of them can be the first: whoever lives with him.
RIVALS = (
    Written(ARJUN, HOME),
    Written({**ARJUN, "nhs_number": "9990000018"}, ELSEWHERE),
    Written({**ARJUN, "nhs_number": "9990000026"}, HOME),
)
TOGETHER = {frozenset({"Notification 0, version 1 0", "Notification 2, version 1 0"}),
            frozenset({"Notification 1, version 1 0"})}  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_looked_at_with_those_near_them_nothing_is_left_for_the_night(order, unsettled):
    sources = record([one_person(number, RIVALS[number]) for number in range(3)])
    one_by_one([sources[number] for number in order])
    assert (who_is_who() == TOGETHER) == (order == (2, 1, 0))
    for source in unsettled:
        look_near(source, now=BEGAN)
    assert who_is_who() == TOGETHER
    assert not any(look_near(source, now=BEGAN).changed for source in unsettled)
    assert look_again(now=NIGHT, however_much=True).changed == 0


def one_person(number: int, written: Written) -> Document:
    at = BEGAN + timedelta(days=number)
    happened = Happened(at, Place())
    return Document(f"Notification {number}, version 1", at.date(), happened, [written])
