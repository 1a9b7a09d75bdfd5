"""Who may look into the vault: agencies that the rules name, that need it, and where nobody is
close to whom it must be kept from."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sightline.access.models import Agency, AgencyKind, User
from sightline.common.clock import local_date
from sightline.common.wall import Purpose, acting_for
from sightline.people.models import Mention, Role
from sightline.rules.linkage.text import words
from sightline.rules.sharing.deciding import Answer, Question, may_tell
from sightline.rules.sharing.parts import Matter
from sightline.sharing.commands import FOR_SAFE_ADDRESS, FOR_SAFE_CONTACT, Door, Grant, disclose
from sightline.sharing.models import Disclosure, Item, Origin
from sightline.sharing.table import pack_in_force
from sightline.sharing.telling import recipients_of
from sightline.vault.models import Entry, SafeAddress

OPEN_FOR = timedelta(days=90)  # then it is opened again, or nobody needs it any more
ABUSES = (Role.PERPETRATOR, Role.BOTH_ALLEGED)

# Kinds of agency that may have a door at all, where a row names them. A school that needs an
# address to admit a child is told it by somebody, and has no door.
KINDS = (AgencyKind.POLICE, AgencyKind.SOCIAL_CARE, AgencyKind.DOMESTIC_ABUSE)
MATTERS = {Item.SAFE_CONTACT: Matter.SAFE_CONTACT, Item.SAFE_ADDRESS: Matter.SAFE_ADDRESS}


def grant_of(entry: Entry) -> Grant:
    """Return the kind of door that opens an entry."""
    return FOR_SAFE_ADDRESS if isinstance(entry, SafeAddress) else FOR_SAFE_CONTACT


def item_of(entry: Entry) -> Item:
    return Item.SAFE_ADDRESS if isinstance(entry, SafeAddress) else Item.SAFE_CONTACT


def by_the_rules(agency: Agency, item: Item, now: datetime) -> Answer | None:
    """Return the answer of the sharing rules in force that lets this agency have it, or None.

    The condition of the rule (they have to go there, or make it safe) is what whoever opens the
    door confirms. Kinds of agency that no row names get nothing.
    """
    pack = pack_in_force(local_date(now))
    if agency.kind not in KINDS:
        return None
    for recipient in recipients_of(AgencyKind(agency.kind)):
        question = Question(MATTERS[item], recipient, local_date(now), confirmed=True)
        if (answer := may_tell(question, pack)).extent:
            return answer
    return None


@acting_for(Purpose.CHECKING)
def kept_from(users: Iterable[User], persons: Collection[int]) -> bool:
    """Whether one of these users bears the name of somebody who abuses one of these persons.

    A colleague of the perpetrator, or the perpetrator, would otherwise look it up. By name and
    alias alone, on the safe side: the information governance lead opens it where it is chance.
    """
    incidents = Mention.objects.filter(
        links__person__in=persons, links__ended_at__isnull=True
    ).values("source__incident")
    abusers = Mention.objects.filter(source__incident__in=incidents, role__in=ABUSES)
    own = Mention.objects.filter(links__person__in=persons, links__ended_at__isnull=True)
    names = {
        name
        for mention in abusers.exclude(pk__in=own.values("pk")).only(
            "given_name", "surname", "aliases", "presence"
        )
        for name in (mention.name, *mention.aliases)
    }
    called = {frozenset(words(name)) for name in names} - {frozenset()}
    return any(frozenset(words(user.name)) in called for user in users)


def may_have(agency: Agency, item: Item, persons: Collection[int], now: datetime) -> bool:
    """Whether this agency may have a door to an item of these persons at all."""
    staff = User.objects.filter(agency=agency, is_active=True).only("name")
    return by_the_rules(agency, item, now) is not None and not kept_from(staff, persons)


def open_to(
    agencies: Iterable[Agency], entry: Entry, person: int, *, by: User | None, now: datetime
) -> None:
    """Open an entry to agencies that may have it."""
    doors = [Door(agency.pk, person, str(entry.pk), now + OPEN_FOR) for agency in agencies]
    disclose(grant_of(entry), doors, by=by, now=now)


def doors_to(entry: Entry, now: datetime) -> "list[Disclosure]":
    """Return the open doors to an entry, by agency."""
    return list(
        Disclosure.objects.filter(
            origin=grant_of(entry).origin, origin_id=str(entry.pk), until_at__gt=now
        )
        .select_related("agency")
        .order_by("agency__name")
    )


def close_what_is_not_allowed(persons: Collection[int], now: datetime) -> None:
    """After it turned out who is who: close doors to the vault that would not be opened today."""
    doors = Disclosure.objects.filter(
        origin__in=(Origin.ADDRESS, Origin.REACH), person__in=persons, until_at__gt=now,
        from_at__lte=now,
    ).select_related("agency")  # fmt: skip
    for door in doors:
        item = Item.SAFE_ADDRESS if door.origin == Origin.ADDRESS else Item.SAFE_CONTACT
        if not may_have(door.agency, item, [door.person_id], now):
            Disclosure.objects.filter(pk=door.pk).update(until_at=now)
