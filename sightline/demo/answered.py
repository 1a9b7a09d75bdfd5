"""Questions of "who is this?" that the demo's reviewers have answered, as they truly would.

Whoever was drawn is known: the log number of an incident says which family it befell. Now and
then somebody cannot tell, or is wrong where a second person is asked, and a third settles it.
"""

import random
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from sightline.access.models import User
from sightline.common.announce import quietly
from sightline.common.clock import local_date
from sightline.demo.cast import Cast
from sightline.pathway.planning import renew_for
from sightline.people.models import LinkReview, Mention, Role
from sightline.people.reading import mentions_of
from sightline.people.reviewing import decide_review, show_review
from sightline.rules.second_reading import Said

LATELY = timedelta(days=30)  # what was asked since then waits for the people at the keyboard
SHARE = 0.6  # of the questions before that
UNSURE, WRONG = 0.08, 0.1  # of the first answers; wrong only where two are asked
REVIEWERS = ("administrator", "deputy", "chair")
WORKED_FROM = time(9, 5)
DRAWN = re.compile(r"L\d{5,}(?=-\d+$)")  # the log number of an incident: family, then which
BECAUSE = {
    Said.SAME: "The same mother and the same school.",
    Said.NOT_SAME: "Another mother, another school, and both were seen in one week.",
    Said.UNSURE: "Nothing beside the name.",
}


def answer_some(cast: Cast, *, at: datetime, now: datetime) -> None:
    """Have some of what was asked at `at` be answered on the morning after. Twice is once."""
    morning = local_date(at - timedelta(hours=9)) + timedelta(days=1)
    if now - at < LATELY or morning.weekday() > 4:
        return
    dice = random.Random(f"who is this {at.isoformat()}")  # noqa: S311
    asked = LinkReview.objects.filter(LinkReview.OPEN, asked_at=at, kind="same", answers=None)
    moment = timezone.make_aware(datetime.combine(morning, WORKED_FROM))
    for review in asked.select_related("mention__source__incident").order_by("pk"):
        truth = _truth(review)
        if truth is not None and dice.random() < SHARE:
            moment = _answer(review, truth, cast, moment, dice)


def _answer(
    review: LinkReview, truth: Said, cast: Cast, moment: datetime, dice: random.Random
) -> datetime:
    """Have one after the other answer until it is settled; return when they were done."""
    for by, said in zip(_reviewers(cast, dice), _sayings(review, truth, dice), strict=False):
        show_review(review=review, by=by, now=moment)
        moment += timedelta(seconds=dice.randint(15, 75))
        with quietly("links.changed"):
            review = decide_review(
                review=review, decision=said, because=BECAUSE[said], by=by, now=moment
            )
            if review.change is not None:
                renew_for(review.change, moment)
        if review.decided_at is not None:
            break
    return moment


def _reviewers(cast: Cast, dice: random.Random) -> list[User]:
    return [cast.users[local] for local in dice.sample(REVIEWERS, len(REVIEWERS))]


def _sayings(review: LinkReview, truth: Said, dice: random.Random) -> Iterator[Said]:
    luck = dice.random()
    if luck < UNSURE:
        yield Said.UNSURE
    elif luck < UNSURE + WRONG and review.two_to_answer:
        yield Said.SAME if truth == Said.NOT_SAME else Said.NOT_SAME
    while True:
        yield truth


def _truth(review: LinkReview) -> Said | None:
    """Return what is true, or None where one of those asked about was not drawn."""
    here = _drawn(review.mention)
    there = {_drawn(mention) for mention in mentions_of([review.candidate_id])[review.candidate_id]}
    if None in {here, *there}:
        return None
    return Said.SAME if here in there else Said.NOT_SAME


def _drawn(mention: Mention) -> tuple[str, str, str] | None:
    """Return whom a mention speaks of: the family, the role in it, and of its children which."""
    incident = mention.source.incident
    found = DRAWN.match(incident.reference) if incident else None
    if found is None:
        return None
    return found.group(), mention.role, mention.given_name if mention.role == Role.CHILD else ""
