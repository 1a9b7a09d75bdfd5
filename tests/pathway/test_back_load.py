"""Five years at once end where the same notifications would have ended one by one."""

from typing import Any

import pytest
from django.db import transaction

from sightline.intake.models import Notification
from sightline.pathway import stages
from sightline.pathway.back_load import link_and_open
from sightline.people.again.running import look_again
from sightline.people.commands import Document, Place, Written
from sightline.people.models import Link
from tests.people.mentioned import documents, who_is_who
from tests.world import World, notification

pytestmark = pytest.mark.django_db


def test_a_back_load_ends_as_the_same_notifications_would_one_by_one(world):
    bodies = [_body(number, document) for number, document in enumerate(documents(2, 20))]
    with transaction.atomic():
        at_once = _at_once(world, bodies)
        transaction.set_rollback(True)
    for body in bodies:
        world.notify(body, history=True)
    look_again(now=world.now, however_much=True)  # the night
    assert _state() == at_once


def test_a_back_load_goes_on_where_it_was_interrupted(world):
    bodies = [_body(number, document) for number, document in enumerate(documents(4, 12))]
    with transaction.atomic():
        whole = _at_once(world, bodies)
        transaction.set_rollback(True)
    _at_once(world, bodies[:7])
    assert _at_once(world, bodies) == whole


def _at_once(world: World, bodies: list[dict[str, Any]]) -> object:
    """Write all down, then link them together and let them go the rest of their way."""
    kept = [world.receive(body, history=True) for body in bodies]
    stages.record([each.notification.pk for each in kept], world.now)
    link_and_open(world.now)
    return _state()


def _state() -> object:
    """Return who is who, what is known of each, where, and how far each notification has come."""
    links = Link.objects.filter(ended_at=None).select_related("person", "mention__household")
    known = {
        (link.mention.source.label, link.mention.position): (
            link.person.name, link.person.birth_date,
            link.mention.household and link.mention.household.address,
        )
        for link in links.select_related("mention__source")
    }  # fmt: skip
    opened = Notification.objects.filter(opened_at__isnull=False).values_list("reference")
    return who_is_who(), known, sorted(opened)


def _body(number: int, document: Document) -> dict[str, Any]:
    """Return the notification that a police force sends of this."""
    people = [_person(place, written) for place, written in enumerate(document.people)]
    body = notification(f"T-{number:04}", *people, notified_at=f"{document.on}T10:00:00+00:00")
    home = document.people[0].place or Place()
    body["incident"] |= {
        "started_at": f"{document.on}T08:00:00+00:00",
        "address": {"lines": home.address, "postcode": home.postcode},
    }
    return body


def _person(place: int, written: Written) -> dict[str, Any]:
    said = {name: str(value) for name, value in written.fields.items() if value}
    child = {"child": {"presence": "in_the_home"}} if said["role"] == "child" else {}
    return {"id": str(place), **said, **child}
