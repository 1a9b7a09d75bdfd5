"""What was opened in an emergency, and who is restricted, is there to be looked at, made once."""

import pytest

from sightline.demo.guarded import guard_some
from sightline.people.models import Person
from sightline.sharing.models import Caution, Emergency
from tests.world import DANIEL, IVY, NOAH, NOW, notification

pytestmark = pytest.mark.django_db


def test_one_waits_one_was_justified_and_a_restricted_record_was_looked_at(world):
    world.earlier(20, "NM-0", IVY, DANIEL, NOAH)
    world.notify(notification())
    for _ in range(2):
        guard_some(world.cast, now=NOW)
    assert sorted(Emergency.objects.values_list("justified", flat=True), key=str) == [None, True]
    assert Person.objects.filter(restricted_at__isnull=False).count() == 1
    assert Caution.objects.filter(seen_at=None).exists()
