"""The one function that every page asks, and its twin."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.encompass.models import Notice
from sightline.people.models import Person
from sightline.sharing.models import Disclosure, Item, Level, Origin
from sightline.sharing.queries import TEAM_AT_LARGE, may_see, visible_persons, what_they_may_see
from tests.world import NOW, notification

pytestmark = pytest.mark.django_db
USERS = ("chair", "health", "socialworker", "keyadult1", "manager", "outsider", "police")


def random_ledger(world, dice: random.Random) -> list[Person]:
    persons = Person.objects.bulk_create(Person(created_at=NOW) for _ in range(40))
    for person in dice.sample(persons, 6):
        person.restricted_at, person.restricted_by = NOW, world.user("ig")
        person.save()
    agencies = [*world.cast.agencies.values(), *(s.agency for s in world.cast.schools.values())]
    for number in range(300):
        begin = NOW + timedelta(days=dice.randint(-20, 5))
        Disclosure.objects.create(
            agency=dice.choice(agencies), person=dice.choice(persons), level=Level.DETAIL,
            items=dice.sample(list(Item), dice.randint(1, 4)), purpose="p", basis="b", reason="r",
            origin=dice.choice(list(Origin)), origin_id=str(number), from_at=begin,
            until_at=begin + timedelta(days=dice.randint(0, 20)), decided_at=NOW,
        )  # fmt: skip
    return persons


@pytest.mark.parametrize("seed", range(3))
def test_what_is_allowed_one_by_one_is_what_is_listed(world, seed):
    persons = random_ledger(world, random.Random(seed))
    some = 0
    for local in USERS:
        user = world.user(local)
        for item in Item:
            listed = set(visible_persons(user, NOW, item).values_list("pk", flat=True))
            allowed = {p.pk for p in persons if may_see(user, p, item, NOW).allowed}
            assert listed == allowed, (local, item)
            some += len(allowed)
    assert some > 20  # the world is not so narrow that this says nothing


def test_who_is_not_of_the_team_never_uses_a_standing_door(world):
    persons = random_ledger(world, random.Random(7))
    user = world.user("socialworker")
    for person in what_they_may_see(user, [p.pk for p in persons], NOW):
        doors = Disclosure.objects.filter(person=person, agency=user.agency)
        assert doors.exclude(origin__in=TEAM_AT_LARGE).exists()


def test_every_answer_says_why(world):
    world.notify(notification())
    leila = world.person("Leila")
    assert "core member" in may_see(world.user("chair"), leila, Item.VOICE, NOW).because
    assert "nothing disclosed" in may_see(world.user("outsider"), leila, Item.VOICE, NOW).because


def test_a_door_closes_by_itself(world):
    world.notify(notification())
    later = NOW + timedelta(days=91)
    assert not may_see(world.user("chair"), world.person("Leila"), Item.IDENTITY, later).allowed


def test_a_restricted_child_is_hidden_from_the_team_and_its_school_is_told_all_the_same(
    world, client
):
    world.notify(notification())
    leila = world.person("Leila")
    leila.restricted_at, leila.restricted_by = NOW, world.user("ig")
    leila.save()
    assert not may_see(world.user("chair"), leila, Item.IDENTITY, NOW).allowed
    notice = Notice.objects.get(mention=world.mention("Leila"))
    assert may_see(world.user("keyadult1"), leila, Item.INCIDENT, NOW).allowed
    client.force_login(world.user("keyadult1"))
    Disclosure.objects.update(until_at=NOW + timedelta(days=3650))  # the page opens at today's time
    assert client.get(reverse("notice", args=[notice.pk])).status_code == 200
