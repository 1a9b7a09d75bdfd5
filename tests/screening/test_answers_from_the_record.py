"""No child is graded without the history of everybody involved, over every household."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.people.models import Person
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.answering import answer_from_record
from sightline.screening.models import Answer
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

pytestmark = pytest.mark.django_db


def answers(world, name="Leila"):
    return {one.item: one for one in Answer.objects.filter(screening=world.screening(name))}


def yes(world, name="Leila"):
    return {item for item, answer in answers(world, name).items() if answer.value == Value.YES}


def test_the_first_notification_of_a_family_is_answered_with_not_known_and_never_with_no(world):
    world.notify(notification())
    found = answers(world)
    assert {"P1", "P2", "P3", "P4", "P5", "P6", "P7", "P9", "A9"} == set(found)
    assert {answer.value for answer in found.values()} == {Value.NOT_KNOWN}
    assert all(answer.from_record and answer.because for answer in found.values())


def test_the_third_incident_in_a_year_is_counted_for_every_child_of_the_family(world):
    world.earlier(200, "NM-A", MARIA, DANIEL, LEILA)
    world.earlier(20, "NM-B", MARIA, DANIEL, LEILA)
    world.notify(notification())
    for name in ("Leila", "Sam", ""):
        assert yes(world, name) >= {"P2", "P3", "P6"}
    because = answers(world)["P3"].because
    assert because.startswith("The record holds 3 incidents in 12 months")
    assert "Police notification NM-B" in because


def test_what_he_did_in_another_household_counts_and_says_nothing_of_who_lives_there(world):
    world.earlier(300, "NM-A", IVY, DANIEL, NOAH)
    world.notify(notification())
    found = answers(world)
    assert yes(world) == {"P9", "A9"}
    assert "Incident with another family" in found["P9"].because
    other_family = ("Ivy", "Penrose", "Tanner", "NM-A")
    assert not [word for word in other_family if word in found["P9"].because]


def test_an_incident_of_a_person_whose_record_is_restricted_is_not_used(world):
    world.earlier(300, "NM-A", IVY, DANIEL, NOAH)
    Person.objects.filter(pk=world.person("Daniel").pk).update(
        restricted_at=world.now, restricted_by=world.user("chair"), restricted_because="works here"
    )
    world.notify(notification())
    assert yes(world) == set()


def test_a_later_incident_does_not_count_as_history_of_an_earlier_one(world):
    world.notify(notification("NM-LATER"))
    world.earlier(100, "NM-A", MARIA, DANIEL, LEILA)
    earlier = world.screening("Leila")
    assert not earlier.answers.filter(value=Value.YES).exists()


def test_an_incident_reported_twice_is_one_incident(world):
    world.notify(notification("NM-1"))
    again = notification("NM-2")
    again["incident"] = {**again["incident"], "log_number": "LOG-NM-1"}
    world.notify(again)
    assert answers(world)["P2"].value == Value.NOT_KNOWN


def test_the_brother_of_an_earlier_incident_is_not_taken_for_his_sister(world):
    world.earlier(300, "NM-A", MARIA, DANIEL, SAM)
    world.notify(notification())
    assert yes(world) == {"P2"}  # the family's second incident, whichever child was named


def test_answering_from_the_record_again_changes_nothing(world):
    world.earlier(20, "NM-B", MARIA, DANIEL, LEILA)
    world.notify(notification())
    screening = world.screening("Leila")
    before = (list(Answer.objects.order_by("pk").values()), screening.suggested_because)
    answer_from_record([screening.incident_id], facts={}, now=world.now)
    screening.refresh_from_db()
    assert (list(Answer.objects.order_by("pk").values()), screening.suggested_because) == before


def test_an_answer_follows_the_record_when_a_link_is_corrected(world):
    world.earlier(20, "NM-B", MARIA, DANIEL, LEILA)
    world.notify(notification())
    assert "P6" in yes(world)
    stranger = Person.objects.create(created_at=world.now)
    mine = [mention.links.get() for mention in _mentions_of("NM-B")]
    for link in mine:
        link.person = stranger
        link.save()
    screening = world.screening("Leila")
    answer_from_record([screening.incident_id], facts={}, now=world.now)
    assert "P6" not in yes(world)


def _mentions_of(reference):
    from sightline.people.models import Mention

    return Mention.objects.filter(source__label__contains=reference)


def queries_of_answering_anew(world, *names):
    """Count the queries of answering when everything the record says has changed."""
    screenings = [world.screening(name) for name in names]
    Answer.objects.filter(screening__in=screenings).update(because="")
    incidents = {screening.incident_id for screening in screenings}
    with CaptureQueriesContext(connection) as captured:
        answer_from_record(incidents, facts={}, now=world.now)
    return len(captured)


def test_the_number_of_queries_grows_neither_with_the_history_nor_with_the_incidents(world):
    world.earlier(300, "NM-A", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    few = queries_of_answering_anew(world, "Leila")
    for number in range(2, 9):
        world.earlier(20 * number, f"NM-E{number}", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-2"))
    world.notify(notification("NM-3", IVY, DANIEL, NOAH))
    assert queries_of_answering_anew(world, "Leila", "Sam", "Noah") == few
