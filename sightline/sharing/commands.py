"""Writing the ledger. An entry for an origin is made once; asking again only moves its end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from sightline.access.models import User
from sightline.common.clock import local_date
from sightline.sharing.models import (
    CASE_ITEMS,
    TEAM_AT_LARGE,
    Disclosure,
    Item,
    Level,
    Origin,
)
from sightline.sharing.standing import for_the_team


@dataclass(frozen=True)
class Grant:
    """A kind of disclosure: what it opens, at which level, on which basis and for what."""

    origin: Origin
    items: tuple[Item, ...]
    level: Level
    purpose: str
    basis: str
    reason: str


STANDING = Grant(  # items, level and basis are those of the sharing rows (standing.py)
    Origin.STANDING,
    CASE_ITEMS,
    Level.DETAIL,
    "Multi-agency screening of children after a domestic abuse notification",
    "the rows of the sharing rules that name the screening team",
    "core member of the screening team, open case",
)
NEW_FAMILY = Grant(
    Origin.CONTACT,
    (Item.IDENTITY, Item.HOUSEHOLD, Item.HISTORY, Item.DECISION, Item.ACTIONS),
    Level.DETAIL,
    "Knowing a family new to the area when something happens to it",
    "Children Act 2004 ss.10-11; UK GDPR 6(1)(e), 9(2)(g)",
    "core member of the screening team, which was told of the family",
)
FOR_ACTION = Grant(
    Origin.ACTION,
    (Item.IDENTITY, Item.HOUSEHOLD, Item.INCIDENT, Item.DECISION, Item.ACTIONS),
    Level.SUMMARY,
    "Carrying out an agreed action for this child",
    "Children Act 2004 ss.10-11; UK GDPR 6(1)(e), 9(2)(g)",
    "the agency agreed an action for this child",
)
FOR_REVIEW = Grant(
    Origin.REVIEW,
    (Item.IDENTITY, Item.HOUSEHOLD),
    Level.DETAIL,
    "Finding out whether somebody mentioned in a notification is known already",
    "Children Act 2004 ss.10-11; UK GDPR 6(1)(e), 5(1)(d) accuracy, 9(2)(g)",
    "a notification may speak of this person",
)
FOR_ENQUIRY = Grant(
    Origin.ENQUIRY,
    (Item.IDENTITY, Item.HISTORY, Item.DECISION, Item.ACTIONS),
    Level.SUMMARY,
    "Answering a question about a case that is closed",
    "Children Act 2004 ss.10-11; UK GDPR 6(1)(e), 9(2)(g)",
    "closed case, looked up again",
)
TOLD = Grant(  # its items, level and basis are those of what was told (sharing/telling.py)
    Origin.TOLD,
    (Item.IDENTITY,),
    Level.SUMMARY,
    "What somebody decided to tell this agency of the child",
    "the row of the sharing rules that the decision names",
    "somebody decided to tell this agency",
)
FOR_OPEN_CASE = Grant(
    Origin.OPEN_CASE,
    (
        Item.IDENTITY, Item.HOUSEHOLD, Item.INCIDENT, Item.VOICE, Item.HISTORY, Item.SCALE,
        Item.DECISION, Item.ACTIONS,
    ),
    Level.DETAIL,
    "Going on with a child who is already open to children's social care",
    "Children Act 1989 ss.17, 47; Children Act 2004 ss.10-11; UK GDPR 6(1)(e), 9(2)(g)",
    "the child has a social worker of this agency",
)  # fmt: skip
FOR_MARAC = Grant(
    Origin.MARAC,
    (Item.IDENTITY, Item.INCIDENT, Item.HISTORY),
    Level.SUMMARY,
    "Hearing a victim at high risk at MARAC, and the flag of twelve months after it",
    "Crime and Disorder Act 1998 s.115; UK GDPR 6(1)(e), 9(2)(g); Data Protection Act 2018 sch.1",
    "member of the MARAC to which this person was referred",
)
FOR_NOTICE = Grant(
    Origin.NOTICE,
    (Item.INCIDENT, Item.VOICE, Item.SCHOOL),
    Level.SUMMARY,
    "Operation Encompass: supporting a pupil after an incident",
    "Domestic Abuse Act 2021 s.49A; UK GDPR 6(1)(c), 9(2)(g)",
    "the child's school must be told of the incident",
)

FOR_RESEARCH = Grant(
    Origin.RESEARCH,
    (Item.IDENTITY,),
    Level.FACT,
    "Finding the agency's own records of somebody, and saying what it knows",
    "Children Act 2004 ss.10-11; Children Act 1989 s.47(9); UK GDPR 6(1)(e), 9(2)(g)",
    "the agency is asked what it knows of this person",
)
FOR_FEEDBACK = Grant(
    Origin.FEEDBACK,
    (Item.DECISION,),
    Level.SUMMARY,
    "Telling whoever reported what was decided for the children they reported",
    "Children Act 2004 ss.10-11; Crime and Disorder Act 1998 s.115; UK GDPR 6(1)(e), 9(2)(g)",
    "the agency reported this child and is told the decision",
)
FOR_SAFE_ADDRESS = Grant(
    Origin.ADDRESS,
    (Item.IDENTITY, Item.SAFE_ADDRESS),
    Level.DETAIL,
    "Going to where somebody is safe, or making it safe",
    "Data Protection Act 2018 Schedule 1 paragraph 18; UK GDPR 6(1)(e), 9(2)(g)",
    "the agency needs this person's safe address",
)
FOR_SAFE_CONTACT = Grant(
    Origin.REACH,
    (Item.IDENTITY, Item.SAFE_CONTACT),
    Level.DETAIL,
    "Reaching somebody in the way that is safe for them",
    "Data Protection Act 2018 Schedule 1 paragraph 18; the victim's own choice of how",
    "the agency has to reach this person",
)
FOR_EMERGENCY = Grant(
    Origin.EMERGENCY,
    CASE_ITEMS,
    Level.DETAIL,
    "Acting in an emergency that cannot wait for another door",
    "Children Act 2004 s.11; UK GDPR 6(1)(e), 6(1)(d), 9(2)(c), 9(2)(g)",
    "opened in an emergency",
)
BY_NAME = Grant(
    Origin.NAMED,
    CASE_ITEMS,
    Level.DETAIL,
    "Working with a family whose record is restricted",
    "Children Act 2004 ss.10-11; UK GDPR 5(1)(f), 6(1)(e), 9(2)(g)",
    "restricted record, opened to this user by name",
)


class Door(NamedTuple):
    """One door to open: to which agency, to which person, what it stands for, until when.

    `user_id`: to this user of the agency alone; 0, to everybody of it.
    """

    agency_id: int
    person_id: int
    origin_id: str
    until: datetime
    user_id: int = 0


@transaction.atomic
def disclose(grant: Grant, doors: Iterable[Door], *, by: User | None, now: datetime) -> None:
    """Open doors from now on. A door that stands already only has its end moved.

    Doors of the screening team open what the sharing rows in force say, and no more.
    """
    wanted = sorted({door for door in doors if door.until >= now})  # what has ended opens nothing
    if wanted:
        grant = as_the_rows_say(grant, now)
    Disclosure.objects.bulk_create(
        [_entry(grant, door, by, now) for door in wanted],
        update_conflicts=True,
        unique_fields=["agency", "person", "origin", "origin_id"],
        update_fields=["until_at"],
        batch_size=2000,
    )


def as_the_rows_say(grant: Grant, now: datetime) -> Grant:
    """Return a grant of the team with what the rows in force let it open; others as they are."""
    if grant.origin not in TEAM_AT_LARGE:
        return grant
    terms = for_the_team(local_date(now))
    if grant.origin == Origin.STANDING:
        return replace(grant, items=terms.items, level=terms.level, basis=terms.basis)
    return replace(grant, items=tuple(item for item in grant.items if item in terms.items))


def _entry(grant: Grant, door: Door, by: User | None, now: datetime) -> Disclosure:
    return Disclosure(
        agency_id=door.agency_id, user_id=door.user_id or None, person_id=door.person_id,
        items=list(grant.items),
        level=grant.level, purpose=grant.purpose, basis=grant.basis, reason=grant.reason,
        origin=grant.origin, origin_id=door.origin_id, from_at=now, until_at=door.until,
        decided_at=now, decided_by=by,
    )  # fmt: skip


def close(grant: Grant, *, origin_id: str, now: datetime) -> None:
    """End every entry of this origin now. What was seen stays in the read log."""
    close_all(grant, origin_ids=[origin_id], now=now)


def close_all(grant: Grant, *, origin_ids: Iterable[str], now: datetime) -> None:
    """End every entry of these origins now, in one query."""
    Disclosure.objects.filter(
        origin=grant.origin, origin_id__in=list(origin_ids), until_at__gt=now, from_at__lte=now
    ).update(until_at=now)
