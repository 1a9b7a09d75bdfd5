"""From a Mention to what rules/linkage compares."""

from sightline.people.models import Mention
from sightline.rules.linkage.describe import Described, describe


def describe_mention(mention: Mention) -> Described:
    """Return the standardised form of a mention."""
    return describe(
        given=mention.given_name,
        middle=mention.middle_name,
        surname=mention.surname,
        dob=mention.birth_date,
        sex=mention.sex,
        house=house(mention.address),
        postcode=mention.postcode,
        phone=mention.phone,
        nhs_number=mention.nhs_number,
        upn=mention.upn,
        role=mention.role,
        unborn=mention.presence == "unborn",
    )


def house(address: str) -> str:
    """Return the house of an address, by its number or its name: what stands before the street."""
    first = address.split(",")[0].strip()
    number = first.split(" ")[0]
    return number if any(c.isdigit() for c in number) else first
