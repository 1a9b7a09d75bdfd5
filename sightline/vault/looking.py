"""Opening the vault: allowed by the ledger alone, with a reason, and written down each time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import Http404

from sightline.access.models import User
from sightline.audit.commands import record_reads
from sightline.rules.vault.contact import Contact, under_the_strictest
from sightline.sharing.models import VAULT_ITEMS, Disclosure, Item
from sightline.sharing.noticing import notice_looks
from sightline.sharing.queries import may_see, what_they_may_see
from sightline.vault.doors import grant_of, kept_from
from sightline.vault.entries import Address, standing, unsealed
from sightline.vault.models import Entry, Look, SafeAddress, SafeContact

MODELS: dict[Item, type[Entry]] = {
    Item.SAFE_CONTACT: SafeContact,
    Item.SAFE_ADDRESS: SafeAddress,
}
PAGE = "safe-contact"
REASON = 10  # characters: fewer are no reason


@dataclass(frozen=True)
class Opened:
    """What was opened: each entry, and what it says."""

    contacts: tuple[tuple[SafeContact, Contact], ...]
    addresses: tuple[tuple[SafeAddress, Address], ...]

    @property
    def shows(self) -> frozenset[tuple[str, int]]:
        """What the page that shows it may hold: whoever answers under the door (middleware)."""
        return frozenset(
            [("contact", entry.pk) for entry, _ in self.contacts]
            + [("address", entry.pk) for entry, _ in self.addresses]
        )


def open_to_user(entry: Entry, user: User, now: datetime) -> bool:
    """Whether a door of this very entry stands open to the user's agency."""
    grant = grant_of(entry)
    return Disclosure.objects.filter(
        agency=user.agency_id, origin=grant.origin, origin_id=str(entry.pk), from_at__lte=now,
        until_at__gt=now,
    ).exists() and not kept_from([user], _persons(entry))  # fmt: skip


def _persons(entry: Entry) -> list[int]:
    links = entry.mention.links.filter(ended_at__isnull=True)
    return list(links.values_list("person_id", flat=True))


def may_be_opened(user: User, person: int, now: datetime) -> list[Item]:
    """Return what of a person stands in the vault and is open to this user: [] also where nothing
    is there, so that nobody learns that there is something."""
    answer = what_they_may_see(user, [person], now).get(person)
    if answer is None or not answer.items & VAULT_ITEMS:
        return []
    return [
        item
        for item, model in MODELS.items()
        if item in answer.items
        and any(open_to_user(entry, user, now) for entry in standing(model, [person]))
    ]


@transaction.atomic
def look(*, person: int, items: Collection[Item], reason: str, by: User, now: datetime) -> Opened:
    """Open these items of a person and write down who looked, at what and why. 404 for anything
    that is not open to the user. Raises NoKey."""
    allowed = {item: may_see(by, person, item, now) for item in items}
    entries = {item: _open_entries(item, person, by, now) for item in items}
    if not items or not all(answer.allowed and entries[item] for item, answer in allowed.items()):
        raise Http404
    newest = max((e for found in entries.values() for e in found), key=lambda e: e.kept_at)
    Look.objects.create(
        mention=newest.mention, items=sorted(items), reason=reason, looked_at=now, looked_by=by
    )
    for item, answer in allowed.items():
        record_reads([(person, answer.because)], by=by, at=now, page=PAGE, items=[item])
        if answer.restricted:
            notice_looks({person: answer.because}, by=by, page=PAGE, now=now)
    return Opened(
        _contacts(person, entries.get(Item.SAFE_CONTACT, ())),
        tuple((entry, unsealed(entry)) for entry in entries.get(Item.SAFE_ADDRESS, ())),  # type: ignore[misc]
    )


def _open_entries(item: Item, person: int, by: User, now: datetime) -> list[Entry]:
    return [entry for entry in standing(MODELS[item], [person]) if open_to_user(entry, by, now)]


def _contacts(person: int, mine: Sequence[Entry]) -> tuple[tuple[SafeContact, Contact], ...]:
    """The rules that are open, under the strictest prohibitions of all that hold."""
    if not mine:
        return ()
    everybody = [unsealed(entry) for entry in standing(SafeContact, [person])]
    return tuple((entry, under_the_strictest(unsealed(entry), everybody)) for entry in mine)  # type: ignore[arg-type, misc]
