"""Two persons held turn out to be one: a new mention fits both, and nothing speaks against."""

from collections.abc import Mapping
from datetime import datetime

from sightline.common.errors import WrongMoment
from sightline.people.asking import question, restricted_among, worth_asking
from sightline.people.carrying import HUMAN
from sightline.people.changes import move_links
from sightline.people.models import Link, LinkReview, Person
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.verdicts import Match

BECAUSE = "a later mention fits both, and nothing speaks against their being one"


def merge(found: Mapping[int, tuple[int, Match]], *, model: Model, now: datetime) -> None:
    """Move the links of those who go to those who stay; ask where a human has had a hand in it.

    `found`: by who goes, who stays and what says so.
    """
    for goes, (stays, match) in found.items():
        links = list(Link.objects.filter(person=goes, ended_at__isnull=True).order_by("mention"))
        if not links or goes == stays:
            continue
        try:
            _refuse_human(links, stays)
            move_links(
                moves={link.mention_id: Person.objects.get(pk=stays) for link in links},
                because=BECAUSE, model=model.version, now=now,
            )  # fmt: skip
        except WrongMoment:
            _ask(links[0], stays, match, model, now)


def _refuse_human(links: list[Link], stays: int) -> None:
    """Restricted persons, and those whom a human has put together, are joined by humans."""
    if any(link.model == HUMAN for link in links) or restricted_among([links[0].person_id, stays]):
        raise WrongMoment("A human has decided about one of them.")


def _ask(link: Link, stays: int, match: Match, model: Model, now: datetime) -> None:
    if not worth_asking({link.mention_id: (link.person_id, stays)}):
        return
    LinkReview.objects.bulk_create(
        [
            question(link.mention, stays, match, model=model.version, restricted=True, now=now),
        ],
        ignore_conflicts=True,
    )
