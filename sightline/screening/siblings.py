"""Another child's answers to look at, beside this child's questions.

Each child is screened alone. Nothing is copied by itself: an answer is taken over one by one, by
somebody who has looked, and never to a question about the child.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Link, Person
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.instrument import Instrument, instrument_called
from sightline.screening.commands import answer_items
from sightline.screening.models import Answer, Screening
from sightline.screening.queries import answers_of
from sightline.screening.sight import Opened
from sightline.sharing.models import Item

LOOKED = "Looked at for this child too: the same as for a brother or sister."


@dataclass(frozen=True)
class Sibling:
    """Another child of the same incident who is screened."""

    screening: Screening
    person: Person


@dataclass(frozen=True)
class SaidOf:
    """What was answered of a sibling to one question, and whether it may be taken over."""

    words: str
    note: str
    may_take: bool


def siblings_of(opened: Opened) -> list[Sibling]:
    """Return the other children of the incident whose scale may be seen. Two queries."""
    others = Screening.objects.filter(
        incident=opened.screening.incident_id, withdrawn_at__isnull=True, imported=False
    ).exclude(pk=opened.screening.pk)
    by_mention = {screening.mention_id: screening for screening in others}
    links = Link.objects.filter(mention__in=by_mention, ended_at__isnull=True)
    return [
        Sibling(by_mention[link.mention_id], link.person)
        for link in links.select_related("person").order_by("mention__position")
        if opened.sight.sees(link.person_id, Item.SCALE)
    ]


def said_of(opened: Opened, sibling: Sibling, items: Iterable[str]) -> dict[str, SaidOf]:
    """Return what a person answered of a sibling, by question. One query."""
    instrument = instrument_called(opened.screening.instrument)
    answers = answers_of(sibling.screening)
    return {
        item: SaidOf(Value(answer.value).label, answer.note, is_shared(instrument, item))
        for item in items
        if (answer := answers.get(item)) and not answer.from_record
    }


def is_shared(instrument: Instrument, item: str) -> bool:
    """Whether a question is about the family, so that the same answer may hold for two children."""
    found = instrument.items_by_id.get(item)
    areas = {domain.id: domain for domain in instrument.domains}
    return found is not None and not areas[found.domain].each_child


@transaction.atomic
def answer_as_sibling(
    *, screening: Screening, sibling: Screening, item: str, by: User, now: datetime
) -> None:
    """Answer one question as it was answered of a sibling, by somebody who has looked at it.

    Raises NotUnderstood for a question about the child, or one to which the record of this child
    says otherwise: these are answered by themselves. Doing it again changes nothing.
    """
    if sibling.incident_id != screening.incident_id or sibling.withdrawn_at is not None:
        raise WrongMoment("This is no longer a child of the same notification.")
    if not is_shared(instrument_called(screening.instrument), item):
        raise NotUnderstood(f"{item} is about the child. Answer it for this child alone.")
    theirs = Answer.objects.filter(screening=sibling, item=item, from_record=False).first()
    if theirs is None:
        raise WrongMoment(f"Nobody has answered {item} for that child.")
    mine = Answer.objects.filter(screening=screening, item=item).first()
    if mine is not None and mine.contradicted_by(Value(theirs.value)):
        raise NotUnderstood(f"The record of this child says otherwise on {item}: answer it here.")
    answer_items(
        screening=screening, answers={item: Value(theirs.value)}, notes={item: LOOKED}, by=by,
        now=now,
    )  # fmt: skip
