"""Writing what a look at all links found: links that are missing, links that differ, questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from sightline.common.errors import WrongMoment
from sightline.people.again.differing import Difference
from sightline.people.again.looking import Question, Seen
from sightline.people.asking import (
    question,
    restricted_among,
    whole,
    worth_asking,
    worth_asking_whole,
)
from sightline.people.candidates import everything_about
from sightline.people.carrying import Compared
from sightline.people.changes import move_links
from sightline.people.describing import describe_mention
from sightline.people.holding import hold_links
from sightline.people.models import Link, LinkReview, Mention, Person
from sightline.people.reading import new_person, refresh_persons
from sightline.rules.linkage.compare import compare, reasons
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.odd import oddities
from sightline.rules.linkage.verdicts import Match

log = structlog.get_logger(__name__)

AT_ONCE = 5_000  # mentions written in one go
MOST_MOVED = 0.01  # of all mentions; a look that would move more is for people to judge
BECAUSE = "All links were looked at again."


class TooMuchMoved(WrongMoment):
    """A look at all links would move more than anybody expects; a person must look first."""


@dataclass(frozen=True)
class Applied:
    """How much was written: mentions linked, changes made, changes that humans' links forbade."""

    linked: int
    changed: int
    left_alone: int
    asked: int


def apply(
    seen: Seen, model: Model, *, now: datetime, however_much: bool = False, because: str = BECAUSE
) -> Applied:
    """Write what was seen. Raises TooMuchMoved before anything is written.

    `however_much`: a person has looked at the differences and wants them.
    """
    moved = sum(len(difference.moves) for difference in seen.differences)
    if moved > MOST_MOVED * seen.mentions and moved > AT_LEAST and not however_much:
        raise TooMuchMoved(
            f"Looking again would move {moved:,} of {seen.mentions:,} mentions to another person. "
            "Nothing was changed. Look at the differences first (`sightline matching try`)."
        )
    linked = _link(seen, model, now)
    outcomes = [_change(each, seen, model, now, because) for each in seen.differences]
    return Applied(
        linked=linked, changed=sum(outcomes), left_alone=len(outcomes) - sum(outcomes),
        asked=_ask(seen.questions, model, now),
    )  # fmt: skip


AT_LEAST = 50  # mentions: in a small place every change is a large share


def _link(seen: Seen, model: Model, now: datetime) -> int:
    """Link the mentions that nobody has linked; a cluster without a person gets a new one."""
    persons = dict(seen.stays)
    waiting = sorted(seen.unlinked.items())
    for begin in range(0, len(waiting), AT_ONCE):
        _link_some(dict(waiting[begin : begin + AT_ONCE]), persons, seen, model, now)
    return len(waiting)


@transaction.atomic
def _link_some(
    waiting: Mapping[int, int], persons: dict[int, int], seen: Seen, model: Model, now: datetime
) -> None:
    hold_links()
    done = Link.objects.filter(mention__in=list(waiting), ended_at__isnull=True)
    linked = set(
        done.values_list("mention_id", flat=True)
    )  # meanwhile, as a notification of its own
    waiting = {m: cluster for m, cluster in waiting.items() if m not in linked}
    others = {seen.best[mention][0] for mention in waiting if mention in seen.best}
    mentions = Mention.objects.select_related("source__incident").in_bulk(waiting.keys() | others)
    fresh = {}
    for mention, cluster in waiting.items():
        if cluster not in persons and cluster not in fresh:
            fresh[cluster] = new_person(mentions[mention], now=now)
    made = Person.objects.bulk_create(fresh.values())
    persons.update(zip(fresh, (person.pk for person in made), strict=True))
    Link.objects.bulk_create(
        _made(mentions, mention, persons[cluster], seen, model, now)
        for mention, cluster in waiting.items()
    )
    touched = {persons[cluster]: mention for mention, cluster in waiting.items()}
    refresh_persons(touched)
    _ask_whole(touched, mentions, model, now)


def _made(
    mentions: Mapping[int, Mention], mention: int, person: int, seen: Seen, model: Model,
    now: datetime,
) -> Link:  # fmt: skip
    said = _said(mentions, mention, seen, model)
    return Link(
        mention_id=mention, person_id=person, weight=said.weight, model=model.version,
        reasons=list(said.reasons), decided_at=now,
    )  # fmt: skip


def _said(mentions: Mapping[int, Mention], mention: int, seen: Seen, model: Model) -> Compared:
    """What speaks for a mention's belonging where it does, in words."""
    if mention not in seen.best:
        return Compared(None, [])
    other, weight = seen.best[mention]
    pair = (describe_mention(mentions[mention]), describe_mention(mentions[other]))
    return Compared(weight, [[r.words, round(r.weight, 2)] for r in reasons(*pair, model)])


def _ask_whole(
    touched: Mapping[int, int], mentions: Mapping[int, Mention], model: Model, now: datetime
) -> None:
    """Ask whether odd ones are one person, if nobody has said so before."""
    about = everything_about(list(touched))
    odd = {person: found for person, all_of in about.items() if (found := oddities(all_of))}
    LinkReview.objects.bulk_create(
        whole(mentions[touched[person]], person, odd[person], model=model.version, now=now)
        for person in worth_asking_whole(odd)
    )


def _change(difference: Difference, seen: Seen, model: Model, now: datetime, because: str) -> bool:
    """Move the mentions of one difference; what a human has linked is left alone."""
    others = {seen.best[mention][0] for mention in difference.moves if mention in seen.best}
    mentions = Mention.objects.in_bulk(difference.moves.keys() | others)
    try:
        move_links(
            moves=_targets(difference), because=because, model=model.version, now=now,
            said={m: _said(mentions, m, seen, model) for m in difference.moves},
        )  # fmt: skip
    except WrongMoment as reason:
        log.info("link_left_alone", mentions=len(difference.moves), because=type(reason).__name__)
        return False
    return True


def _targets(difference: Difference) -> dict[int, Person | None]:
    known = Person.objects.in_bulk([p for p in difference.moves.values() if p is not None])
    new: dict[int, Person] = {}
    return {
        mention: known[person]
        if person is not None
        else new.setdefault(difference.new[mention], Person())
        for mention, person in difference.moves.items()
    }


def _ask(questions: Iterable[Question], model: Model, now: datetime) -> int:
    """Ask what has not been asked of these two persons before."""
    wanted = list(questions)
    numbers = {number for each in wanted for number in (each.a, each.b)}
    mentions = Mention.objects.in_bulk(numbers)
    links = Link.objects.filter(mention__in=numbers, ended_at__isnull=True)
    who = dict(links.values_list("mention_id", "person_id"))
    before = _asked_before(set(who.values()))
    restricted = restricted_among(set(who.values()))
    pairs = {n: (who[each.a], who[each.b]) for n, each in enumerate(wanted)}
    worth = worth_asking({n: pair for n, pair in pairs.items() if frozenset(pair) not in before})
    made = [_question(wanted[n], mentions, who, model, restricted, now) for n in sorted(worth)]
    LinkReview.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _asked_before(persons: set[int]) -> set[frozenset[int]]:
    links = Link.objects.filter(person__in=persons, ended_at__isnull=True)
    who = dict(links.values_list("mention_id", "person_id"))
    asked = LinkReview.objects.filter(mention__in=who).values_list("mention_id", "candidate_id")
    return {frozenset((who[mention], candidate)) for mention, candidate in asked}


def _question(
    asked: Question, mentions: Mapping[int, Mention], who: Mapping[int, int], model: Model,
    restricted: set[int], now: datetime,
) -> LinkReview:  # fmt: skip
    """The later mention is asked about; the person of the earlier one is the candidate."""
    later, earlier = max(asked.a, asked.b), min(asked.a, asked.b)
    pair = (describe_mention(mentions[later]), describe_mention(mentions[earlier]))
    match = Match(who[earlier], asked.weight, reasons(*pair, model), compare(*pair, model).vetoes)
    return question(
        mentions[later], who[earlier], match,
        model=model.version, restricted=who[earlier] in restricted, now=now,
    )  # fmt: skip
