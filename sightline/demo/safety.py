"""Joanne Dutton can be reached safely, and is safe somewhere: so the vault has something in it."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from sightline.demo.cast import Cast
from sightline.people.models import Link
from sightline.rules.vault.contact import Contact
from sightline.sharing.models import Item
from sightline.vault.doors import may_have
from sightline.vault.entries import Address
from sightline.vault.keeping import keep_address, keep_contact, open_to_agency

REFERENCE = "NM-SE-1"
REACH = Contact(
    how="Text first and wait for her answer", number="07700 900318", when="School hours",
    answers="Her sister may answer. Never Ellie's father.", code_word="lantern",
    never_write=True, never_leave_message=True,
)  # fmt: skip
HAVEN = Address(
    "Flat 2, 47 Heron Quay, Farholt", "ZZ8 3WP", "Ring twice. Do not park in front of the house."
)


def keep_a_safe_way(cast: Cast, *, now: datetime) -> None:
    """Write down once how and where she is safe, and let the domestic abuse service see it."""
    link = Link.objects.filter(
        mention__source__notification__reference=REFERENCE, mention__role="victim", ended_at=None
    ).first()
    refuge, chair = cast.agencies["refuge"], cast.users["chair"]
    if link is None or not may_have(refuge, Item.SAFE_ADDRESS, [link.person_id], now):
        return
    contact = keep_contact(
        person=link.person_id, contact=REACH, key=_key("contact"), by=chair, now=now
    )
    address = keep_address(
        person=link.person_id, address=HAVEN, key=_key("address"), old_stays_secret=True,
        by=chair, now=now,
    )  # fmt: skip
    for entry in (contact, address):
        open_to_agency(entry=entry, person=link.person_id, agency=refuge, by=chair, now=now)


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/{REFERENCE}/{what}")
