"""Restricted persons: who is kept from them, and that joining and parting forgets nobody of those.

A restriction is on the person (`restricted_at`); `KeptFrom` says who sees nothing of them at all.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sightline.access.models import User
from sightline.people.models import KeptFrom, Link, Person

OPEN = {"ended_at__isnull": True}


def keep_away(ended: Iterable[Link], moves: Mapping[int, Person]) -> list[int]:
    """Keep everybody who was kept from whom mentions leave from whoever takes them over too.

    Returns the ids of what was added, for taking it back.
    """
    pairs = {(link.person_id, moves[link.mention_id].pk) for link in ended}
    return [pk for source, target in sorted(pairs) for pk in keep_away_like(source, target)]


def keep_away_like(source_id: int, target_id: int) -> list[int]:
    """Keep from one person whoever is kept from another, with who said so and when."""
    there = set(_whom(target_id))
    missing = [one for one in _kept(source_id) if (one.user_id, one.agency_id) not in there]
    made = KeptFrom.objects.bulk_create(
        KeptFrom(
            person_id=target_id, user_id=one.user_id, agency_id=one.agency_id,
            kept_at=one.kept_at, kept_by_id=one.kept_by_id,
        )
        for one in missing
    )  # fmt: skip
    return [one.pk for one in made]


def let_back(ids: Iterable[int], *, but: Collection[int] = (), by: User, now: datetime) -> None:
    """End what `keep_away` added, but that of some persons."""
    added = KeptFrom.objects.filter(pk__in=list(ids), **OPEN).exclude(person__in=but)
    added.update(ended_at=now, ended_by=by)


def _kept(person_id: int) -> list[KeptFrom]:
    return list(KeptFrom.objects.filter(person=person_id, **OPEN).order_by("pk"))


def _whom(person_id: int) -> Iterable[tuple[int | None, int | None]]:
    return ((one.user_id, one.agency_id) for one in _kept(person_id))
