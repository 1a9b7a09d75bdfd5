"""From a mention as it is kept to what rules/linkage compares."""

from typing import Any

from sightline.people.models import Mention, Presence
from sightline.rules.linkage.describe import Described, describe
from sightline.rules.linkage.identifiers import house_and_street

# What comparing needs of a mention, in the order in which `describe_row` takes it.
COLUMNS = (
    "given_name", "middle_name", "surname", "birth_date", "sex", "address", "postcode", "phone",
    "nhs_number", "upn", "police_id", "role", "presence",
)  # fmt: skip


def describe_mention(mention: Mention) -> Described:
    """Return the standardised form of a mention."""
    return describe_row(*(getattr(mention, column) for column in COLUMNS))


def describe_row(*row: Any) -> Described:
    """Return the standardised form of a mention, from the values of COLUMNS."""
    given, middle, surname, born, sex, address, postcode, phone, nhs, upn, police, role, there = row
    house, street = house_and_street(address)
    return describe(
        given=given, middle=middle, surname=surname, dob=born, sex=sex, house=house, street=street,
        postcode=postcode, phone=phone, nhs_number=nhs, upn=upn, police_id=police, role=role,
        unborn=there == Presence.UNBORN,
    )  # fmt: skip
