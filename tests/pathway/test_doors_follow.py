"""After a link is corrected every door follows it: opened for who it is, closed for who it was."""

import json
from datetime import timedelta

import pytest

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.pathway.stages import ask_again, renew_doors
from sightline.people.changes import join, split
from sightline.people.models import Link, Person
from sightline.people.undoing import undo
from sightline.research.models import ResearchRequest
from sightline.screening.commands import set_scale
from sightline.screening.models import Screening
from sightline.screening.routing import send_to_worker, workers
from sightline.sharing.closed import closed_persons
from sightline.sharing.models import Disclosure
from tests.pathway.conftest import NEARLY_LEILA, doubt
from tests.world import DANIEL, HOME, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db


def open_doors(person: Person, now, **condition) -> set[tuple[str, str, str]]:
    """Return what is open to a person: to which agency, and what it stands for."""
    found = Disclosure.objects.filter(person=person, until_at__gt=now, **condition)
    return set(found.values_list("agency__name", "origin", "origin_id"))


def _asked(incident: str) -> list[str]:
    """What is asked because of an incident, as doors name it."""
    asked = ResearchRequest.objects.filter(incident=incident)
    return [str(pk) for pk in asked.values_list("pk", flat=True)]


def renew(change, now):
    """Do what the task does that the change started."""
    for mention in Link.objects.filter(ended_in=change).values_list("mention_id", flat=True):
        renew_doors(mention, now)


@pytest.fixture
def later(world):
    return world.now + timedelta(minutes=5)


@pytest.fixture
def joined_twice(world):
    """Leila of two incidents is one person by machine; the second has an action and a worker."""
    first = world.earlier(30, "NM-0", MARIA, DANIEL, LEILA)
    second = world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    chair = world.user("chair")
    screening = world.screening("Leila")
    set_scale(
        screening=screening, scale=3, because="Heard it.", second_agency=None, by=chair,
        now=world.now,
    )  # fmt: skip
    ask_again(screening.pk, world.now)
    decide_with_actions(
        screening=screening, outcome="CFA", rationale="Heard it all.", by=chair, now=world.now,
        actions=[AgreedAction(world.cast.agencies["refuge"], "Plan", world.now.date())],
    )  # fmt: skip
    send_to_worker(screening=screening, worker=workers()[0], by=chair, now=world.now)
    return world, first.notification.source, second.notification.source


def test_when_a_person_is_parted_the_doors_of_the_case_go_with_the_mention(joined_twice, later):
    world, first, _ = joined_twice
    leila = world.person("Leila")
    moved = world.mention("Leila")
    before = open_doors(leila, later)
    change = split(
        person=leila, mentions=[moved.pk], because="a cousin", by=world.user("chair"), now=later
    )
    renew(change, later)
    other = world.person("Leila")
    assert other != leila
    of_first = {door for door in before if door in open_doors(leila, later)}
    assert open_doors(leila, later) == of_first
    assert {origin for _, origin, _ in of_first} == {"standing", "notice", "research"}
    assert {d[2] for d in of_first if d[1] == "standing"} == {str(first.incident_id)}
    assert open_doors(other, later) == before - of_first
    of_second = {"standing", "notice", "action", "open_case", "research"}
    assert {d[1] for d in before - of_first} == of_second


def test_undone_every_door_is_where_it_was(joined_twice, later):
    world, *_ = joined_twice
    leila, moved, chair = world.person("Leila"), world.mention("Leila"), world.user("chair")
    before = open_doors(leila, later)
    change = split(person=leila, mentions=[moved.pk], because="a cousin", by=chair, now=later)
    renew(change, later)
    other = world.person("Leila")
    after = later + timedelta(minutes=5)
    undo(change=change, because="they are one", by=chair, now=after)
    renew(change, after)
    assert open_doors(leila, after) == before
    assert open_doors(other, after) == set()


def test_a_door_that_follows_ends_when_it_was_to_end(joined_twice, later):
    world, *_ = joined_twice
    leila, moved = world.person("Leila"), world.mention("Leila")
    ends = {
        (d.origin, d.origin_id): d.until_at
        for d in Disclosure.objects.filter(person=leila, origin__in=["action", "open_case"])
    }
    change = split(
        person=leila, mentions=[moved.pk], because="x", by=world.user("chair"), now=later
    )
    renew(change, later)
    renew(change, later)  # a task that is run again
    followed = Disclosure.objects.filter(
        person=world.person("Leila"), origin__in=["action", "open_case"]
    )
    assert {(d.origin, d.origin_id): d.until_at for d in followed} == ends


def test_joined_the_person_who_went_has_no_open_door(in_doubt, later):
    world = in_doubt
    lela, leila = world.person("Lela"), world.person("Leila")
    of_lela = open_doors(lela, later, origin__in=["standing", "notice"])
    change = join(gone=lela, stays=leila, because="one", by=world.user("chair"), now=later)
    renew(change, later)
    assert of_lela
    assert of_lela <= open_doors(leila, later)
    assert open_doors(lela, later) == set()


def test_another_case_of_the_same_person_keeps_its_doors(world, later):
    """Maria is in both incidents: correcting her in one leaves the doors of the other."""
    first = world.earlier(30, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    maria, newest = world.person("Maria"), world.mention("Maria")
    incident = str(first.notification.source.incident_id)
    of_first = open_doors(maria, later, origin="standing", origin_id=incident)
    of_first |= open_doors(maria, later, origin="research", origin_id__in=_asked(incident))
    change = split(
        person=maria, mentions=[newest.pk], because="x", by=world.user("chair"), now=later
    )
    renew(change, later)
    assert of_first
    assert open_doors(maria, later) == of_first


def test_a_question_that_is_asked_again_can_be_looked_at_again(world, later):
    """In a back-load too, where no case is open."""
    world.notify(notification("NM-0", MARIA, DANIEL, LEILA), history=True)
    world.notify(notification("NM-1", MARIA, DANIEL, NEARLY_LEILA), history=True)
    review, chair = doubt(world, "Lela", "Leila"), world.user("chair")
    lela, leila = world.person("Lela"), world.person("Leila")
    change = join(gone=lela, stays=leila, because="one", by=chair, now=later)
    renew(change, later)
    review.refresh_from_db()
    assert review.closed_because == "both records are one person now"
    assert open_doors(leila, later) == set()
    after = later + timedelta(minutes=5)
    undo(change=change, because="wrong", by=chair, now=after)
    renew(change, after)
    review.refresh_from_db()
    assert review.closed_at is None
    for person in (lela, leila):
        assert {d[1:] for d in open_doors(person, after)} == {("review", str(review.pk))}


def test_what_is_written_of_a_change_names_nobody(joined_twice, later):
    """The audit log outlives the records: ids and codes only."""
    from sightline.audit.models import Event

    world, *_ = joined_twice
    split(
        person=world.person("Leila"), mentions=[world.mention("Leila").pk],
        because="Leila's cousin", by=world.user("chair"), now=later,
    )  # fmt: skip
    written = Event.objects.get(what="links.split")
    assert "Leila" not in json.dumps(written.detail)
    assert written.by == str(world.user("chair").pk)


def test_a_door_closed_by_a_correction_makes_nobody_a_closed_case(joined_twice, later):
    """Of whom a wrong link spoke is no case of theirs, and is not found as one."""
    world, first, _ = joined_twice
    Disclosure.objects.filter(origin_id=str(first.incident_id), origin="standing").delete()
    leila, moved = world.person("Leila"), world.mention("Leila")
    change = split(
        person=leila, mentions=[moved.pk], because="x", by=world.user("chair"), now=later
    )
    renew(change, later)
    assert Disclosure.objects.filter(person=leila, origin="standing", until_at=later).exists()
    assert leila not in closed_persons(world.user("chair"), later)


def test_two_of_one_incident_who_are_one_child_are_screened_once(world, later):
    """Undone, each is screened for herself again."""
    chair = world.user("chair")
    log = {"started_at": "2026-11-20T22:10:00+00:00", "log_number": "LOG-7", "address": HOME}
    other = LEILA | {"given_name": "Noor", "birth_date": "2014-02-01", "nhs_number": "9990000034"}
    for reference, child in (("NM-1", LEILA), ("NM-2", other)):
        world.notify(notification(reference, MARIA, child, incident=log | {"summary": "x"}))
    leila, noor = world.person("Leila"), world.person("Noor")
    assert standing_screenings() == {"Leila", "Noor"}
    set_scale(
        screening=world.screening("Noor"), scale=2, because="Heard.", second_agency=None,
        by=chair, now=world.now,
    )  # fmt: skip
    change = join(gone=leila, stays=noor, because="one", by=chair, now=later)
    renew(change, later)
    assert standing_screenings() == {"Noor"}
    undo(change=change, because="two", by=chair, now=later)
    renew(change, later)
    assert standing_screenings() == {"Leila", "Noor"}


def standing_screenings() -> set[str]:
    standing = Screening.objects.filter(withdrawn_at=None)
    return set(standing.values_list("mention__given_name", flat=True))
