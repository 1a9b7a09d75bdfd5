"""The one function that every page asks: may this user see this of this person, and why?

`may_see` and `visible_persons` read the same condition, `open_to`, so that they cannot disagree;
tests/sharing proves it all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.audit.commands import record_reads
from sightline.people.models import KeptFrom, Link, LinkReview, Person
from sightline.sharing.models import (
    SHUT_BY_RESTRICTION,
    TEAM_AT_LARGE,
    VAULT_ITEMS,
    Disclosure,
    Item,
    Origin,
)
from sightline.sharing.noticing import notice_looks

# So is what rules ask agencies: about a restricted person somebody asks by name, or nobody does.
ASKED_BY_RULE = Q(origin=Origin.RESEARCH, decided_by__isnull=True)
OPEN_THOUGH_RESTRICTED = ~Q(origin__in=SHUT_BY_RESTRICTION) & ~ASKED_BY_RULE | Q(
    person__restricted_at__isnull=True
)
FOR_EVERYBODY = Q(user__isnull=True)  # of the agency; other doors are for one user alone


@dataclass(frozen=True)
class Answer:
    """May they, and why: `because` is shown and kept in the read log."""

    allowed: bool
    because: str
    items: frozenset[str] = frozenset()
    restricted: bool = False  # each look at such a person is noticed (sharing/noticing.py)


def not_kept_from(agency_id: int, user_id: int = 0) -> Combinable:
    """Return the condition on Disclosure that its person is not kept from this agency or user."""
    whom = Q(agency_id=agency_id) | Q(user_id=user_id)
    kept = KeptFrom.objects.filter(whom, person=OuterRef("person"), ended_at__isnull=True)
    return ~Exists(kept)


def open_to(user: User, now: datetime) -> Q:
    """Return the condition on Disclosure under which it opens a door for this user now.

    A restricted person is seen by whoever is named, and through doors that are for few: the child's
    school is told of a restricted child too, the screening team and agencies at large are not.
    Whoever somebody is kept from sees nothing of them, through no door.
    """
    door = Q(agency_id=user.agency_id, from_at__lte=now, until_at__gt=now)
    door &= FOR_EVERYBODY | Q(user_id=user.pk)
    door &= Q(not_kept_from(user.agency_id, user.pk))
    if Perm.ANSWER_RESEARCH not in user.perms:
        door &= ~Q(origin=Origin.RESEARCH)  # who is asked about is no business of the rest
    if not user.is_core:
        return door & OPEN_THOUGH_RESTRICTED & ~Q(origin__in=TEAM_AT_LARGE)
    return door & OPEN_THOUGH_RESTRICTED


def may_look(user: User) -> bool:
    return bool(
        user.perms
        & {Perm.SEE_PERSON, Perm.RECEIVE_NOTICES, Perm.ANSWER_RESEARCH, Perm.SEND_NOTIFICATION}
    )


def what_they_may_see(user: User, person_ids: Iterable[int], now: datetime) -> dict[int, Answer]:
    """Return, for each person with any open door, the items and why. One query."""
    if not may_look(user):
        return {}
    doors = Disclosure.objects.filter(open_to(user, now), person_id__in=list(person_ids))
    found: dict[int, Answer] = {}
    # Whole rows cost each page milliseconds.
    columns = ("person_id", "pk", "items", "reason", "person__restricted_at")
    rows = doors.order_by("person_id", "pk").values_list(*columns)
    for person, pk, opened, reason, restricted in rows:
        before = found.get(person)
        items = frozenset(opened) | (before.items if before else frozenset())
        because = before.because if before else f"disclosure {pk}: {reason}"
        found[person] = Answer(True, because, items, restricted is not None)
    return found


def open_to_machine(
    agency_id: int, origin: Origin, person_ids: Iterable[int], now: datetime
) -> dict[int, Answer]:
    """Return, for each person, what is open to an agency's machine: by doors of one origin alone,
    whatever else its agency may see. One query."""
    doors = Disclosure.objects.filter(
        OPEN_THOUGH_RESTRICTED, FOR_EVERYBODY, not_kept_from(agency_id), agency=agency_id,
        origin=origin, person_id__in=list(person_ids), from_at__lte=now, until_at__gt=now,
    ).select_related("person").order_by("person_id", "pk")  # fmt: skip
    return {
        door.person_id: Answer(
            True, f"disclosure {door.pk}: {door.reason}", frozenset(door.items),
            door.person.restricted_at is not None,
        )
        for door in doors
    }  # fmt: skip


def may_see(user: User, person: Person | int, item: Item, now: datetime) -> Answer:
    """May this user see `item` of this person now, and under which disclosure?"""
    person_id = person if isinstance(person, int) else person.pk
    answer = what_they_may_see(user, [person_id], now).get(person_id)
    if answer is None or item not in answer.items:
        return Answer(False, "nothing disclosed to this agency covers it")
    return answer


def visible_persons(user: User, now: datetime, item: Item = Item.IDENTITY) -> QuerySet[Person]:
    """Return the persons of whom this user may see `item` now: the twin of `may_see`."""
    if not may_look(user):
        return Person.objects.none()
    doors = Disclosure.objects.filter(
        open_to(user, now), person=OuterRef("pk"), items__contains=[item]
    )
    # No list of persons: of many thousands, it took each page of a busy borough half a second.
    return Person.objects.filter(Exists(doors))


def person_or_404(user: User, person_id: int, *, page: str, now: datetime) -> tuple[Person, Answer]:
    """Load, authorise and log a look at a person. Existence is sensitive: the answer no is 404."""
    person, answer = open_person(user, person_id, now)
    log_reads(user, {person_id: answer}, page=page, now=now)
    return person, answer


def open_person(user: User, person_id: int, now: datetime) -> tuple[Person, Answer]:
    """Load and authorise; the look is the caller's to log, with those at others on its page."""
    answer = may_see(user, person_id, Item.IDENTITY, now)
    if not answer.allowed:
        raise Http404
    return Person.objects.get(pk=person_id), answer


def open_reviews(user: User, now: datetime) -> QuerySet[LinkReview]:
    """Return the open questions both of whose persons this user may see, oldest first.

    Whether one person is several is asked of those who may part them.
    """
    seen = visible_persons(user, now)
    here = Link.objects.filter(mention=OuterRef("mention"), ended_at__isnull=True, person__in=seen)
    asked = LinkReview.objects.filter(LinkReview.OPEN, Exists(here), candidate__in=seen)
    if Perm.CORRECT_LINKS not in user.perms:
        asked = asked.exclude(kind="odd")
    return asked.order_by("asked_at", "pk")


def log_reads(user: User, answers: dict[int, Answer], *, page: str, now: datetime) -> None:
    """Write down that `user` saw these persons, and under which disclosure each.

    What stands in the vault is on none of these pages; sightline/vault writes its own looks down.
    """
    seen = frozenset().union(*(answer.items for answer in answers.values())) - VAULT_ITEMS
    record_reads(
        [(person, answer.because) for person, answer in answers.items()],
        by=user, at=now, page=page, items=sorted(seen),
    )  # fmt: skip
    restricted = {person: a.because for person, a in answers.items() if a.restricted}
    notice_looks(restricted, by=user, page=page, now=now)
