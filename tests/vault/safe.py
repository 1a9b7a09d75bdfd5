"""Maria's safe address and safe number, and short ways to keep and see them."""

from uuid import UUID, uuid4

from sightline.rules.vault.contact import Contact
from sightline.vault.entries import Address
from sightline.vault.keeping import keep_address, keep_contact
from sightline.vault.models import SafeAddress, SafeContact
from tests.world import NOW, World

HAVEN = Address("47 Heron Quay, Farholt", "ZZ8 3WP", "Ring twice")
LATER = Address("9 Otter Rise, Farholt", "ZZ8 1AA")
REACH = Contact(
    how="Text first", number="07700 900471", code_word="lantern", never_leave_message=True
)
REASON = "I visit her tomorrow about the order"
SPELLED = ("47 Heron Quay", "47, HERON  QUAY", "zz83wp", "07700 900 471", "+447700900471")


def keep_haven(
    world: World, address: Address = HAVEN, *, by: str = "chair", key: UUID | None = None,
    old_stays_secret: bool = True, person: str = "Maria",
) -> SafeAddress:  # fmt: skip
    return keep_address(
        person=world.person(person).pk, address=address, key=key or uuid4(),
        old_stays_secret=old_stays_secret, by=world.user(by), now=NOW,
    )  # fmt: skip


def keep_reach(world: World, contact: Contact = REACH, *, by: str = "chair") -> SafeContact:
    return keep_contact(
        person=world.person("Maria").pk, contact=contact, key=uuid4(), by=world.user(by), now=NOW
    )
