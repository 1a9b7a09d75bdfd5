"""Questions for tests: two records each, as doubtful as wanted, and people to answer them."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from sightline.access.commands import add_user
from sightline.access.models import User
from sightline.pathway.stages import renew_doors
from sightline.people.models import LinkReview, Person
from tests.world import DANIEL, IVY, LEILA, MARIA, World, notification

TWINS = "same surname and birth date but not the same forename: they may be twins"
NAMES = ("Ada", "Bryn", "Cleo", "Dara", "Esme", "Finn", "Gwen", "Hope", "Iris", "Joan")


def reviewers(world: World, many: int = 3) -> list[User]:
    """Return so many administrators of the screening team: Reader 1, Reader 2 ..."""
    return [
        add_user(
            email=f"reader{n}@castlebrook.example", name=f"Reader {n}",
            agency=world.cast.agencies["care"], roles=["screening_administrator"],
            password_hash=make_password(None), by=None, now=world.now,
        )
        for n in range(1, many + 1)
    ]  # fmt: skip


def asked(
    world: World, number: int = 0, *, days: int = 0, new: dict[str, Any] | None = None, **of: Any
) -> LinkReview:
    """Return an open question whether two children whom nothing else joins are one.

    Each number has two children of its own; `new` is written of the newer one; `days` ago.
    """
    name = NAMES[number]
    born = f"{2008 + number}-0{number % 9 + 1}-11"
    own = {"nhs_number": "", "surname": f"{name}well", "birth_date": born}
    world.earlier(90 + number, f"OLD-{number}", IVY, LEILA | own | {"given_name": name})
    candidate = world.person(name)
    other = own | {"given_name": f"{name}x", "birth_date": None, "surname": f"{name}smith"}
    at = world.now - timedelta(days=days)
    body = notification(f"NEW-{number}", MARIA, DANIEL, LEILA | other | (new or {}))
    body["notified_at"] = at.isoformat()
    world.notify(body, now=at)
    mention = world.mention((new or {}).get("given_name", f"{name}x"))
    LinkReview.objects.filter(mention=mention).delete()
    review = LinkReview.objects.create(
        **{
            "mention": mention, "candidate": candidate, "weight": 17.5, "model": "test",
            "reasons": [["same surname", 9.2], ["different forename", -7.9]], "asked_at": at,
        }
        | of
    )  # fmt: skip
    renew_doors(mention.pk, world.now)
    return review


def person_of(review: LinkReview) -> Person:
    """Return who the mention of a question is now."""
    return review.mention.links.get(ended_at__isnull=True).person
