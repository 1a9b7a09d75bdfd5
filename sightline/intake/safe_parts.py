"""What of a notification goes into the vault, and what is left of it."""

from typing import Any

from sightline.intake.schema import Notification, Person


def safe_parts(content: Notification) -> dict[str, Any]:
    """Return, by each person's place, how and where they can be reached safely: JSON values."""
    found = {
        str(place): person.model_dump(
            mode="json", exclude_defaults=True, include={"safe_contact", "safe_address"}
        )
        for place, person in enumerate(content.people)
        if _secret(person)
    }
    return {place: {name: part for name, part in parts.items() if part}
            for place, parts in found.items()}  # fmt: skip


def _secret(person: Person) -> bool:
    contact, address = person.safe_contact, person.safe_address
    return bool(
        (contact and (contact.method or contact.when))
        or (address and (address.lines or address.postcode))
    )


def without_safe_parts(content: Notification) -> Notification:
    """Return the notification as it may be kept in the open."""
    if not any(person.safe_contact or person.safe_address for person in content.people):
        return content
    return content.model_copy(update={"people": [_open(person) for person in content.people]})


def _open(person: Person) -> Person:
    contact = person.safe_contact
    left = contact.model_copy(update={"method": "", "when": ""}) if contact else None
    return person.model_copy(update={"safe_contact": left, "safe_address": None})
