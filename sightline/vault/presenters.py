"""What the vault's pages say."""

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.access.models import User
from sightline.rules.vault.contact import Contact
from sightline.sharing.models import Item
from sightline.vault.entries import Address
from sightline.vault.looking import Opened
from sightline.vault.models import Alarm, Look, What

Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Card:
    """One entry as it is shown: its title, the day it was written down, its facts."""

    title: str
    since: str
    rows: Rows
    never: tuple[str, ...]


def cards(opened: Opened) -> list[Card]:
    """Return everything that was opened; prohibitions first."""
    return [
        *(
            Card("How to reach them safely", f"{entry.kept_at:%-d %B %Y}", list(_contact(contact)),
                 tuple(_never(contact)))
            for entry, contact in opened.contacts
        ),
        *(
            Card("Where they are safe", f"{entry.kept_at:%-d %B %Y}", list(_address(address)), ())
            for entry, address in opened.addresses
        ),
    ]  # fmt: skip


def _never(contact: Contact) -> Iterator[str]:
    if contact.never_write:
        yield "Never write to them"
    if contact.never_leave_message:
        yield "Never leave a message"
    if contact.interpreter_outside_family:
        yield f"Interpreter needed, never from the family: {contact.language or 'ask which'}"


def _contact(contact: Contact) -> Iterator[tuple[str, str]]:
    for words, value in (
        ("How", contact.how), ("Number", contact.number), ("When", contact.when),
        ("Who may answer", contact.answers), ("Code word", contact.code_word),
        ("Also", contact.note),
    ):  # fmt: skip
        if value:
            yield words, value


def _address(address: Address) -> Iterator[tuple[str, str]]:
    for words, value in (
        ("Address", f"{address.lines} {address.postcode}".strip()), ("Before you go", address.note)
    ):  # fmt: skip
        if value:
            yield words, value


def items_in_words(look: Look) -> str:
    """Return what somebody opened."""
    return ", ".join(Item(item).label for item in look.items)


WAYS = {"page": "a page", "file": "a file", "api": "an answer to a machine", "mail": "an e-mail"}
KINDS = {
    "postcode": "the postcode alone", "house": "the house with its street",
    "telephone": "a telephone number", "": "a file that could not be read",
}  # fmt: skip


@dataclass(frozen=True)
class AlarmRow:
    """An alarm in words; ids only, no address and no name of whom it protects."""

    pk: int
    what: str
    detail: str
    seen: str
    times: int


def alarm_row(alarm: Alarm, readers: dict[str, User]) -> AlarmRow:
    """alarm: with who saw it loaded. readers: by id as text."""
    return AlarmRow(
        alarm.pk, What(alarm.what).label, " ".join(_detail(alarm, readers)),
        f"{alarm.seen_by.name}: {alarm.done}" if alarm.seen_by else "", alarm.times,
    )  # fmt: skip


def _detail(alarm: Alarm, readers: dict[str, User]) -> Iterator[str]:
    entry = alarm.address_id or alarm.contact_id
    if alarm.what == What.HELD_BACK:
        reader = readers.get(alarm.reader)
        whom = f" for {reader.name}, {reader.agency.name}" if reader else ""
        yield f"In {WAYS[alarm.way]}, {alarm.place or 'unnamed'}{whom}: {KINDS[alarm.kind]}"
        yield f"of entry {entry}." if entry else "."
    elif alarm.what == What.INCIDENT:
        yield f"Incident {alarm.incident_id}, entry {entry}. Whoever was kept from it may know it"
        yield "now. Ring the person safely, and see to their safety before anything else."
    else:
        yield f"Entry {entry}: letters, appointments and visits that are on their way in your own"
        yield "system would go to where they are not, or are not safe."
