"""What a page's function says, what its twin lists and what the database returns are the same."""

import os
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from sightline.access.models import Agency, User
from sightline.access.roles import ROLES
from sightline.common.wall import acting
from sightline.people.models import KeptFrom, Person
from sightline.sharing.models import Disclosure, Item, Level, Origin
from sightline.sharing.queries import visible_persons, what_they_may_see
from sightline.sharing.readers import reader
from tests.world import NOW

SIZE = int(os.environ.get("SIGHTLINE_RANDOM_WORLD", "60"))  # users, persons; doors are ten times
A_DAY = timedelta(days=1)


@pytest.fixture
def crowd(db):
    """As many users as persons, and doors of every kind between them, from one seed."""
    chance = random.Random(20261122)
    agencies = [
        Agency.objects.create(name=f"Agency {n}", kind="health", core=chance.random() < 0.5)
        for n in range(max(4, SIZE // 20))
    ]
    users = User.objects.bulk_create(
        User(
            email=f"u{n}@crowd.example", name=f"U {n}", agency=chance.choice(agencies),
            roles=chance.sample(sorted(ROLES), chance.choice((1, 1, 2))),
            is_active=chance.random() < 0.95,
        )
        for n in range(SIZE)
    )  # fmt: skip
    persons = Person.objects.bulk_create(
        Person(given_name=f"P {n}", created_at=NOW, **_restricted(chance, users))
        for n in range(SIZE)
    )
    Disclosure.objects.bulk_create(
        _door(chance, n, agencies, users, persons) for n in range(10 * SIZE)
    )
    KeptFrom.objects.bulk_create(_kept(chance, agencies, users, persons), ignore_conflicts=True)
    return users, persons


def _restricted(chance, users):
    if chance.random() < 0.8:
        return {}
    return {"restricted_at": NOW, "restricted_by": chance.choice(users)}


def _door(chance, n, agencies, users, persons):
    begins = NOW + chance.choice((-3, -1, 0, 1)) * A_DAY
    user = chance.choice(users) if chance.random() < 0.2 else None
    return Disclosure(
        agency=user.agency if user and chance.random() < 0.9 else chance.choice(agencies),
        user=user, person=chance.choice(persons), origin=chance.choice(Origin.values),
        origin_id=str(n), items=chance.sample(Item.values, chance.randint(1, 6)),
        level=Level.DETAIL, purpose="p", basis="b", reason="r", from_at=begins,
        until_at=begins + chance.choice((0, 1, 2, 90)) * A_DAY, decided_at=NOW,
        decided_by=chance.choice((None, *users[:3])),
    )  # fmt: skip


def _kept(chance, agencies, users, persons):
    for _ in range(SIZE // 4):
        whom = {"user": chance.choice(users)} if chance.random() < 0.5 else {}
        whom = whom or {"agency": chance.choice(agencies)}
        ended = {"ended_at": NOW, "ended_by": users[0]} if chance.random() < 0.3 else {}
        yield KeptFrom(
            person=chance.choice(persons), kept_at=NOW, kept_by=users[0], **whom, **ended
        )


def test_pages_lists_and_the_database_agree_both_ways(crowd):
    users, persons = crowd
    everybody, opened, chance = [person.pk for person in persons], 0, random.Random(1)
    for user in users:
        said = what_they_may_see(user, everybody, NOW)
        asked = Person.objects.filter(pk__in=_to_ask(everybody, said, chance))
        with acting(replace(reader(user), at=NOW)):
            assert set(asked.values_list("pk", flat=True)) == said.keys()
        for item in (Item.IDENTITY, chance.choice(Item.values)):
            may = {person for person, answer in said.items() if item in answer.items}
            assert set(visible_persons(user, NOW, item).values_list("pk", flat=True)) == may
            opened += len(may)
    assert opened > SIZE


def _to_ask(everybody, said, chance):
    """Of whom the database is asked: everybody, or in a big world all who are open and some of the
    rest, for the policy is asked of each row."""
    return everybody if SIZE <= 1000 else {*said, *chance.sample(everybody, 50)}
