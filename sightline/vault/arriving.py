"""What a notification says of safe contact: sealed as it comes in, kept once its people are known.

What is kept for ever as it came (intake) is kept without it: each part gives way to a mark, and
the body as it came is sealed here, so that nothing is lost and nothing stands in clear.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sightline.access.models import Agency, AgencyKind
from sightline.people.models import Mention, Source
from sightline.people.queries import persons_of
from sightline.rules.scanning.signs import signs
from sightline.rules.vault.contact import Contact
from sightline.vault.alarms import raise_alarm
from sightline.vault.doors import item_of, may_have, open_to
from sightline.vault.entries import Address, Clear, make, sealed, signs_of
from sightline.vault.keys import ring
from sightline.vault.models import Entry, SafeAddress, SafeContact, SealedBody, What

IN_THE_VAULT = "[in the vault]"
CONTACT, ADDRESS = "safe_contact", "safe_address"
OPEN = ("no_messages", "perpetrator_reads_post_or_phone")  # they protect whoever rings
TELLING = 3  # characters: a shorter text that stands elsewhere too is no copy of it

Parts = Mapping[str, Any]  # position of a person -> {"safe_contact": {...}, "safe_address": {...}}


def redacted(raw: bytes, parts: Parts) -> bytes:
    """Return a JSON body without what it says of safe contact, whatever its fields are called."""
    said = {text for part in parts.values() for text in _texts(part) if len(text) >= TELLING}
    return json.dumps(_without(json.loads(raw), said)).encode()


def _texts(part: Mapping[str, Any]) -> Iterable[str]:
    return (
        value for fields in part.values() for value in fields.values() if isinstance(value, str)
    )


def _without(value: Any, said: set[str]) -> Any:
    if isinstance(value, dict):
        return {name: _field(name, inside, said) for name, inside in value.items()}
    if isinstance(value, list):
        return [_without(inside, said) for inside in value]
    return IN_THE_VAULT if isinstance(value, str) and value.strip() in said else value


def _field(name: str, value: Any, said: set[str]) -> Any:
    if name == ADDRESS and value:
        return IN_THE_VAULT
    if name == CONTACT and isinstance(value, dict):
        return {key: v if key in OPEN or not v else IN_THE_VAULT for key, v in value.items()}
    return _without(value, said)


def keep_bodies(bodies: Sequence[tuple[str, bytes, Parts]], now: datetime) -> None:
    """Seal bodies: (receipt, as it came, parts). Raises NoKey: nothing is then kept in clear."""
    if not bodies:
        return
    key = ring().current
    SealedBody.objects.bulk_create(
        SealedBody(
            receipt=receipt, sealed_with=key.id, kept_at=now,
            sealed=sealed({"raw": b64encode(raw).decode(), "parts": parts}, _bound(receipt), key),
        )
        for receipt, raw, parts in bodies
    )  # fmt: skip


def parts_of(receipts: Iterable[str]) -> dict[str, Parts]:
    """Return what each of these notifications said of safe contact. Raises NoKey."""
    found = SealedBody.objects.filter(receipt__in=list(receipts))
    return {body.receipt: _opened(body)["parts"] for body in found}


def _opened(body: SealedBody) -> Any:
    return json.loads(
        ring().called(body.sealed_with).unseal(bytes(body.sealed), _bound(body.receipt))
    )


def _bound(receipt: str) -> str:
    return f"body:{receipt}"


def keep_what_came(arrived: Mapping[str, tuple[Source, str]], now: datetime) -> None:
    """Keep entries for the people of sources: by receipt the source, and its open body as text.

    What stands in the clear beside it, such as the number by which everybody reaches her, is no
    secret and is not searched for.
    """
    for receipt, parts in parts_of(arrived).items():
        source, body = arrived[receipt]
        known = signs(body)
        for position, part in sorted(parts.items()):
            mention = source.mentions.get(position=int(position))
            for clear in _clear(part):
                key = uuid5(NAMESPACE_URL, f"{receipt}/{position}/{type(clear).__name__}")
                make(clear, mention=mention, key=key, by=None, now=now, but=known.keys())
                if isinstance(clear, Address) and signs_of(clear) & known.keys():
                    _not_safe(mention, key, now)


def _clear(part: Mapping[str, Any]) -> Iterable[Clear]:
    contact, address = part.get(CONTACT, {}), part.get(ADDRESS, {})
    if contact.get("method") or contact.get("when"):
        reads = contact.get("perpetrator_reads_post_or_phone") == "yes"
        yield Contact(
            how=contact.get("method", ""), when=contact.get("when", ""),
            never_leave_message=bool(contact.get("no_messages")),
            note="The perpetrator reads post or telephone." if reads else "",
        )  # fmt: skip
    if address.get("lines") or address.get("postcode"):
        yield Address(address.get("lines", ""), address.get("postcode", ""))


def _not_safe(mention: Mention, key: Any, now: datetime) -> None:
    entry = SafeAddress.objects.get(key=key)
    raise_alarm(What.INCIDENT, now, address=entry, incident=mention.source.incident)


def open_what_came(senders: Mapping[int, Agency], now: datetime) -> None:
    """Open what came with these sources, by id, to who sent it and to the team's social care,
    where the rules let them have it. Again is once."""
    entries: list[Entry] = [
        entry for model in (SafeContact, SafeAddress)
        for entry in model.objects.filter(mention__source__in=senders, kept_by=None)
        .select_related("mention").order_by("pk")
    ]  # fmt: skip
    if not entries:
        return
    team = Agency.objects.filter(core=True, kind=AgencyKind.SOCIAL_CARE, closed_on=None)
    who = persons_of([entry.mention for entry in entries])
    for entry in entries:
        person = who[entry.mention_id]
        wanted = {*team, senders[entry.mention.source_id]}
        allowed = [a for a in wanted if may_have(a, item_of(entry), [person], now)]
        open_to(allowed, entry, person, by=None, now=now)
