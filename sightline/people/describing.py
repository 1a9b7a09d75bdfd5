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
        address=mention.address,
        postcode=mention.postcode,
        phone=mention.phone,
        nhs_number=mention.nhs_number,
        upn=mention.upn,
        role=mention.role,
        unborn=mention.presence == "unborn",
    )
