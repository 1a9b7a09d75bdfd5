"""Sealing entries, and opening them: which only `looking` and `rotating` have a reason to do."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sightline.access.models import User
from sightline.people.models import Mention
from sightline.rules.scanning.signs import Sign, signs_of_address, signs_of_telephone
from sightline.rules.vault.contact import Contact
from sightline.vault.keys import Key, ring
from sightline.vault.models import Entry, Print, SafeAddress, SafeContact


@dataclass(frozen=True)
class Address:
    """Where somebody is safe. `note`: whatever must be known by who goes there."""

    lines: str
    postcode: str = ""
    note: str = ""


Clear = Address | Contact


def sealed(clear: Any, bound_to: str, key: Key) -> bytes:
    """Return JSON values sealed with a key, bound to what they are kept as."""
    return key.seal(json.dumps(clear).encode(), bound_to)


def bound(entry: Entry) -> str:
    """Return what the seal of an entry is bound to: put beside another it does not open."""
    return f"{entry._meta.label_lower}:{entry.key}"


def unsealed(entry: Entry) -> Clear:
    """Return what an entry says. Raises NoKey."""
    clear = json.loads(
        ring().called(entry.sealed_with).unseal(bytes(entry.sealed), bound(entry))
    )  # fmt: skip
    return Address(**clear) if isinstance(entry, SafeAddress) else Contact(**clear)


def make(
    clear: Clear,
    *,
    mention: Mention,
    key: UUID,
    by: User | None,
    now: datetime,
    but: Collection[Sign] = (),
) -> Entry:
    """Seal something about the person of a mention, and keep its signs. Raises NoKey.

    `but`: signs that are no secret, so that nothing is searched for them. The same key again
    returns what was kept.
    """
    current = ring().current
    model = SafeAddress if isinstance(clear, Address) else SafeContact
    if before := model._default_manager.filter(key=key).first():
        return before
    entry = model(key=key, mention=mention, sealed_with=current.id, kept_at=now, kept_by=by)
    entry.sealed = sealed(asdict(clear), bound(entry), current)
    entry.save(force_insert=True)
    found = sorted(signs_of(clear) - set(but))
    Print.objects.bulk_create(_print(entry, sign, current) for sign in found)
    return entry


def signs_of(clear: Clear) -> frozenset[Sign]:
    """Return by what it is searched for."""
    if isinstance(clear, Address):
        return signs_of_address(clear.lines, clear.postcode)
    return signs_of_telephone(f"{clear.number} | {clear.how} | {clear.answers} | {clear.note}")


def marked(sign: Sign, key: Key) -> bytes:
    return key.mark(f"{sign.kind}:{sign.value}")


def _print(entry: Entry, sign: Sign, key: Key) -> Print:
    return Print(
        digest=marked(sign, key), marked_with=key.id, kind=sign.kind,
        address=entry if isinstance(entry, SafeAddress) else None,
        contact=entry if isinstance(entry, SafeContact) else None,
    )  # fmt: skip


def standing(model: type[Entry], persons: Iterable[int]) -> QuerySet[Any]:
    """Return the entries that hold about these persons, the newest first.

    What came in a notification that was corrected does not hold; its correction says it again.
    """
    hold = model._default_manager.filter(
        mention__links__person__in=list(persons), mention__links__ended_at__isnull=True,
        ended_at__isnull=True,
    )  # fmt: skip
    corrected = Q(kept_by__isnull=True, mention__source__superseded_at__isnull=False)
    return hold.exclude(corrected).order_by("-kept_at", "-pk")
