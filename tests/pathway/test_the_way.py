"""A notification goes its way: recorded, linked, screened, schools told, doors opened."""

import pytest
from django.db import connection

from sightline.encompass.models import Notice
from sightline.pathway.stages import take_through
from sightline.people.models import Link, Mention, Person
from sightline.screening.models import Screening
from sightline.sharing.models import Disclosure
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, notification

pytestmark = pytest.mark.django_db


def test_every_person_mentioned_becomes_a_person(world):
    world.notify(notification())
    assert Mention.objects.count() == 5
    assert Person.objects.count() == 5
    assert world.person("Leila").name == "Leila Moreno"


def test_each_child_is_screened_alone_and_the_unborn_child_too(world):
    world.notify(notification())
    names = {s.mention.name for s in Screening.objects.select_related("mention")}
    assert names == {"Leila Moreno", "Sam Moreno", "Unborn child"}


def test_the_school_of_each_child_of_school_age_is_to_be_told(world):
    world.notify(notification())
    notices = {n.mention.given_name: n.school.name for n in Notice.objects.select_related("school")}
    assert notices == {
        "Leila": "Brook Lane Primary School",
        "Sam": "Brook Lane Primary School",
    }


def test_going_the_way_twice_changes_nothing(world):
    kept = world.notify(notification())
    before = _counts()
    take_through([kept.notification.pk], world.now)
    assert _counts() == before


def test_the_second_notification_finds_the_same_people(world):
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1"))
    assert Person.objects.filter(surname="Moreno").count() == 3
    assert Link.objects.filter(person=world.person("Leila"), ended_at=None).count() == 2


def test_the_perpetrator_is_found_in_an_earlier_household(world):
    world.earlier(400, "NM-0", IVY, DANIEL, NOAH)
    world.notify(notification("NM-1"))
    assert Link.objects.filter(person=world.person("Daniel"), ended_at=None).count() == 2


def test_a_correction_supersedes_and_both_are_kept(world):
    first = world.notify(notification("NM-1"))
    second = world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    first.notification.refresh_from_db()
    assert first.notification.superseded_at is not None
    assert first.notification.source.superseded_at is not None
    assert second.notification.source.incident == first.notification.source.incident
    standing = Screening.objects.filter(withdrawn_at=None)
    assert [s.mention.source_id for s in standing] == [second.notification.source_id]
    assert Notice.objects.filter(withdrawn_at=None).count() == 1


def test_core_agencies_see_the_family_and_no_one_else_does(world):
    world.notify(notification())
    agencies = set(
        Disclosure.objects.filter(origin="standing").values_list("agency__name", flat=True)
    )
    assert agencies == {a.name for a in world.cast.agencies.values() if a.core}


def test_the_school_sees_what_happened_to_its_pupil_only(world):
    world.notify(notification())
    doors = Disclosure.objects.filter(agency__name="Brook Lane Primary School", origin="notice")
    assert {d.person.given_name for d in doors} == {"Leila", "Sam"}
    assert all("household" not in d.items and "identity" not in d.items for d in doors)


def test_a_back_load_opens_no_screening_and_tells_no_school(world):
    world.notify(notification(), history=True)
    assert not Screening.objects.exists()
    assert not Notice.objects.exists()
    assert not Disclosure.objects.exists()


def _counts() -> list[int]:
    return [m.objects.count() for m in (Mention, Person, Link, Screening, Notice, Disclosure)] + [
        _jobs()
    ]


def _jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        return cursor.fetchone()[0]
