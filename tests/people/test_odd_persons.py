"""One person who may be several: asked once, and not again when somebody has said."""

from datetime import date, timedelta

import pytest

from sightline.people.again.running import look_again
from sightline.people.asking import worth_asking_whole
from sightline.people.commands import Document, Entry, Happened, Place, Written, record_sources
from sightline.people.linking import link_sources
from sightline.people.models import Link, LinkReview, Person
from sightline.people.reviewing import decide_review
from sightline.people.tidying import close_reviews
from sightline.rules.linkage.odd import MANY_HOMES
from tests.people.mentioned import BEGAN

pytestmark = pytest.mark.django_db

AMARA = {
    "role": "child", "given_name": "Amara", "surname": "Okafor", "birth_date": date(2016, 4, 9),
    "nhs_number": "9990000026",
}  # fmt: skip


def move_house(number: int):
    """Write down that Amara was found at her home of this number; she is not linked yet."""
    at = BEGAN + timedelta(days=number)
    home = Place(f"{number + 1} Mill Lane, Castlebrook", f"DY1 {number % 9 + 1}AA")
    document = Document(
        label=f"Police notification A-{number:02}, version 1", on=at.date(),
        happened=Happened(at, home), people=[Written(fields=AMARA, place=home)],
    )  # fmt: skip
    (source,) = record_sources([Entry(document)], now=BEGAN)
    return source


def found_at(*homes: int) -> None:
    for number in homes:
        link_sources([move_house(number)], now=BEGAN)


def asked():
    return LinkReview.objects.filter(kind="odd")


def amara() -> int:
    (person,) = set(Link.objects.filter(ended_at=None).values_list("person_id", flat=True))
    return person


@pytest.fixture
def said_to_be_one(world):
    """Amara has had very many addresses, and an administrator has said that she is one person."""
    found_at(*range(MANY_HOMES))
    review = asked().get()
    by = world.user("administrator")
    return decide_review(review=review, decision="same", because="Refuges.", by=by, now=BEGAN)


def test_a_person_of_very_many_homes_is_asked_about_once_while_the_question_waits():
    found_at(*range(MANY_HOMES - 1))
    assert not asked().exists()
    found_at(MANY_HOMES - 1)
    assert asked().get().candidate_id == amara()
    link_sources([move_house(0), move_house(MANY_HOMES)], now=BEGAN)
    move_house(1)
    look_again(now=BEGAN)
    assert asked().count() == 1


def test_whoever_is_one_person_as_somebody_said_is_not_asked_about_again(said_to_be_one):
    """Not when a look at all links adds to her, nor when she has fewer homes and more again."""
    move_house(MANY_HOMES)
    look_again(now=BEGAN)
    fewer = Link.objects.filter(mention__postcode__in=["DY1 1AA", "DY1 2AA"])
    fewer.update(ended_at=BEGAN)
    found_at(0)
    assert amara() == said_to_be_one.candidate_id
    assert list(asked()) == [said_to_be_one]


def test_what_is_odd_besides_is_asked_about_all_the_same(said_to_be_one):
    before, besides = said_to_be_one.doubts, "more than one NHS number"
    person = said_to_be_one.candidate_id
    assert worth_asking_whole({person: before}) == set()
    assert worth_asking_whole({person: [*before, besides]}) == {person}


def test_a_question_that_nobody_answered_and_that_was_closed_may_be_asked_again():
    found_at(*range(MANY_HOMES))
    words = asked().get().doubts
    close_reviews(asked(), because="another model does not ask this", now=BEGAN)
    assert worth_asking_whole({amara(): words}) == {amara()}


def test_two_persons_who_turn_out_to_be_one_are_asked_about_if_that_is_odd():
    """Neither had very many homes alone, and the mention that fits both brings no new one."""
    found_at(*range(MANY_HOMES))
    asked().delete()
    other = Person.objects.create(created_at=BEGAN)
    last = Link.objects.filter(ended_at=None).order_by("-mention_id")[:3]
    Link.objects.filter(pk__in=[link.pk for link in last]).update(person=other)
    found_at(0)
    assert asked().get().candidate_id == amara()
