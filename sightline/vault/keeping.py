"""Writing into the vault: superseding, opening to agencies, letting go of a sign."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.people.models import Mention, Person
from sightline.rules.scanning.signs import Sign, signs_of_telephone
from sightline.rules.vault.contact import Contact
from sightline.sharing.commands import close
from sightline.sharing.models import Item
from sightline.sharing.queries import may_see
from sightline.vault.alarms import tell_it_changed
from sightline.vault.doors import doors_to, grant_of, item_of, may_have, open_to
from sightline.vault.entries import Address, Clear, make, standing
from sightline.vault.looking import open_to_user
from sightline.vault.models import Entry, Print, SafeAddress, SafeContact
from sightline.vault.watching import look_back

NOT_YOURS = (
    "The sharing rules do not let your agency keep this. Ask children's social care or the "
    "domestic abuse service to write it down."
)


@transaction.atomic
def keep_contact(
    *, person: int, contact: Contact, key: UUID, by: User, now: datetime
) -> SafeContact:
    """Write down how somebody can be reached safely, in place of what the user could see before."""
    return _keep(SafeContact, person, contact, key, by, now)  # type: ignore[return-value]


@transaction.atomic
def keep_address(
    *, person: int, address: Address, key: UUID, old_stays_secret: bool, by: User, now: datetime
) -> SafeAddress:
    """Write down where somebody is safe, in place of what the user could see before.

    The door to the old one closes and every agency that had it is told to stop what is on its way
    there. `old_stays_secret`: what leaves is searched for the old one too (a refuge has others).
    """
    before = _visible(SafeAddress, person, by, now)
    kept = _keep(SafeAddress, person, address, key, by, now)
    look_back(kept, address, now)  # type: ignore[arg-type]
    if not old_stays_secret:
        _release(
            list(Print.objects.filter(address__in=[entry.pk for entry in before])),
            "moved away",
            by,
            now,
        )
    return kept  # type: ignore[return-value]


def _keep(
    model: type[Entry], person: int, clear: Clear, key: UUID, by: User, now: datetime
) -> Entry:
    """The same `key` again returns what was kept. 404 for a person whom the user may not see."""
    require(by, Perm.KEEP_SAFE)
    if kept := model._default_manager.filter(key=key, kept_by=by).first():
        return kept
    if not may_see(by, person, Item.IDENTITY, now).allowed:
        raise Http404
    Person.objects.select_for_update(no_key=True).get(pk=person)  # one at a time
    item = Item.SAFE_ADDRESS if model is SafeAddress else Item.SAFE_CONTACT
    if not may_have(by.agency, item, [person], now):
        raise WrongMoment(NOT_YOURS)
    before = _visible(model, person, by, now)
    known = _usual_numbers(person) if model is SafeContact else set()
    entry = make(clear, mention=_newest(person), key=key, by=by, now=now, but=known)
    open_to([by.agency], entry, person, by=by, now=now)
    _supersede(before, by, now)
    record(f"vault.{item}_kept", entry, by=by, at=now, before=[old.pk for old in before])
    return entry


def _visible(model: type[Entry], person: int, by: User, now: datetime) -> list[Entry]:
    """The entries that hold and that this user could open: nobody ends what they cannot see."""
    return [entry for entry in standing(model, [person]) if open_to_user(entry, by, now)]


def _usual_numbers(person: int) -> set[Sign]:
    """The numbers that stand in the open record: safe at some hours, but no secret."""
    mentions = Mention.objects.filter(links__person=person, links__ended_at__isnull=True)
    numbers = mentions.exclude(phone="").values_list("phone", flat=True)
    return {sign for number in numbers for sign in signs_of_telephone(number)}


def _newest(person: int) -> Mention:
    mentions = Mention.objects.filter(links__person=person, links__ended_at__isnull=True)
    return mentions.latest("source__recorded_at", "pk")


def _supersede(before: Sequence[Entry], by: User, now: datetime) -> None:
    for entry in before:
        if isinstance(entry, SafeAddress):
            tell_it_changed(entry, [door.agency for door in doors_to(entry, now)], now)
        close(grant_of(entry), origin_id=str(entry.pk), now=now)
        type(entry)._default_manager.filter(pk=entry.pk).update(ended_at=now, ended_by=by)


@transaction.atomic
def end(*, entry: Entry, stays_secret: bool, by: User, now: datetime) -> None:
    """Say that an entry holds no more, without another in its place. Twice is once.

    404 for what the user may not open. `stays_secret`: what leaves is searched for it all the same.
    """
    require(by, Perm.KEEP_SAFE)
    if entry.ended_at is not None:
        return
    if not open_to_user(entry, by, now):
        raise Http404
    _supersede([entry], by, now)
    if not stays_secret:
        about = "address" if isinstance(entry, SafeAddress) else "contact"
        _release(list(Print.objects.filter(**{about: entry.pk})), "holds no more", by, now)
    record("vault.ended", entry, by=by, at=now)


@transaction.atomic
def open_to_agency(*, entry: Entry, person: int, agency: Agency, by: User, now: datetime) -> None:
    """Let another agency see an entry, which the rules name and which needs it. Twice is once.

    404 for what the user may not open. Raises WrongMoment for an agency that may not have it.
    """
    require(by, Perm.KEEP_SAFE)
    if not open_to_user(entry, by, now):
        raise Http404
    if not may_have(agency, item_of(entry), [person], now):
        raise WrongMoment(f"{agency.name} may not have it: the sharing rules do not allow it.")
    open_to([agency], entry, person, by=by, now=now)
    record("vault.opened", entry, by=by, at=now, agency=agency.pk)


@transaction.atomic
def release_postcode(*, entry: Entry, because: str, by: User, now: datetime) -> None:
    """Say that this entry's postcode alone gives nothing away: other families live there.

    The house with its street is still held back. Twice is once.
    """
    require(by, Perm.SEE_AUDIT)
    prints = Print.objects.filter(
        kind="postcode", released_at__isnull=True,
        **{"address" if isinstance(entry, SafeAddress) else "contact": entry},
    )  # fmt: skip
    _release(list(prints), because, by, now)
    record("vault.postcode_released", entry, by=by, at=now)


def _release(prints: Sequence[Print], because: str, by: User, now: datetime) -> None:
    Print.objects.filter(pk__in=[p.pk for p in prints], released_at__isnull=True).update(
        released_at=now, released_by=by, because=because
    )
