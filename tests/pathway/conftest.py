"""Two records of one child whom the machine did not join, whatever model it uses."""

import pytest

from sightline.pathway.doors import follow_links
from sightline.pathway.stages import renew_doors
from sightline.people.models import Link, LinkReview
from sightline.people.reading import new_person, refresh_persons
from tests.world import DANIEL, LEILA, MARIA, SAM, World, notification

NEARLY_LEILA = LEILA | {"given_name": "Lela", "nhs_number": "", "birth_date": None}


@pytest.fixture
def in_doubt(world: World) -> World:
    """Leila is known for a month; a Lela without a birth date came in tonight."""
    world.earlier(30, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1", MARIA, DANIEL, NEARLY_LEILA, SAM))
    doubt(world, "Lela", "Leila")
    return world


def doubt(world: World, name: str, known: str) -> LinkReview:
    """Have the newest mention of somebody be a person of its own, of whom is asked who it is."""
    mention, candidate = world.mention(name), world.person(known)
    link = Link.objects.get(mention=mention, ended_at=None)
    if link.person_id == candidate.pk:
        alone = new_person(mention, now=world.now)
        alone.save()
        Link.objects.filter(pk=link.pk).update(person=alone, weight=None, reasons=[])
        refresh_persons([alone.pk, candidate.pk])
    asked, _ = LinkReview.objects.get_or_create(
        mention=mention, candidate=candidate,
        defaults={"weight": 15.0, "model": "test-1", "asked_at": world.now},
    )  # fmt: skip
    renew_doors(mention.pk, world.now)
    follow_links(mention.source, [candidate.pk], world.now)
    return asked


@pytest.fixture
def one_moment(world, monkeypatch):
    """Have the pages about people open at the world's time. Returns a function to move it."""
    at = {"now": world.now}
    for module in (
        "pathway.views.person", "pathway.views.joining", "pathway.views.parting",
        "pathway.views.links",
    ):  # fmt: skip
        monkeypatch.setattr(f"sightline.{module}.now", lambda: at["now"])

    def move(later):
        at["now"] += later

    return move
