"""A child that another system names and no number of ours: who it is, or the question who it is.

The name is written down as one more source and compared with everybody known, like every other.
Where that is certain the child is found; where it is likely, a reviewer is asked and what is known
of the child follows the answer; where nobody fits, nothing is written down at all.
"""

from datetime import date, datetime

from django.db import transaction

from sightline.common.announce import quietly
from sightline.common.clock import local_date
from sightline.intake.finding import Found
from sightline.people.commands import Document, Entry, Place, Written, record_sources
from sightline.people.linking import link_sources
from sightline.people.models import Link, LinkReview, Mention

LABEL = "Record of children's social care"
NOBODY = (
    "No child on record has this name and date of birth. Check both, or send the NHS number or our "
    "number of the child."
)


class _NobodyFitsError(Exception):
    """Takes back what was written to find out."""


def find_by_name(
    given_name: str, surname: str, birth_date: date, nhs_number: str, now: datetime
) -> Found:
    """Find a child by name and date of birth, or have somebody asked who it is.

    The same name again is found as it was before: nobody is written down or asked about twice.
    """
    fields = {
        "role": "child", "given_name": given_name, "surname": surname, "birth_date": birth_date,
        "nhs_number": nhs_number,
    }  # fmt: skip
    before = Mention.objects.filter(source__label=LABEL, **fields).select_related("source")
    if known := before.order_by("pk").first():
        return Found(known)
    try:
        return Found(_written(fields, now))
    except _NobodyFitsError:
        return Found(because=NOBODY)


@transaction.atomic
def _written(fields: dict[str, object], now: datetime) -> Mention:
    document = Document(
        LABEL, local_date(now), None, [Written(dict(fields), Place())], told_of=Place()
    )
    with quietly("source.recorded"):
        [source] = record_sources([Entry(document)], now=now)
    link_sources([source], now=now)
    mention = Mention.objects.select_related("source").get(source=source)
    if not _is_somebody(mention):
        raise _NobodyFitsError
    return mention


def _is_somebody(mention: Mention) -> bool:
    """Whether it was joined to somebody known, or somebody is asked whether it is."""
    person = Link.objects.get(mention=mention, ended_at__isnull=True).person_id
    others = Link.objects.filter(person=person, ended_at__isnull=True).exclude(mention=mention)
    asked = LinkReview.objects.filter(LinkReview.OPEN, mention=mention)
    return others.exists() or asked.exists()
