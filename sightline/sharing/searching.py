"""Searching as one user may: among whom the ledger opens, and by what of them it opens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sightline.access.models import User
from sightline.audit.commands import record_search
from sightline.common.clock import local_date
from sightline.people.findable import writing
from sightline.people.models import Mention
from sightline.people.reading import mentions_of
from sightline.people.search import Asked, ask, candidates
from sightline.rules.search.scoring import Score, score
from sightline.rules.search.writing import Writing
from sightline.sharing.closed import Closed, closed_persons, why_known
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, visible_persons, what_they_may_see

SHOWN = 100  # results at most, however many fit


@dataclass(frozen=True)
class Hit:
    """A person who fits: how well and why, and the mentions and items that are open."""

    person_id: int
    score: Score
    mentions: Sequence[Mention]
    answer: Answer

    @property
    def closed_at(self) -> datetime | None:
        return self.answer.closed_at if isinstance(self.answer, Closed) else None


@dataclass(frozen=True)
class Results:
    """Who was found, best first, and what of the line nobody could be found by."""

    asked: Asked
    hits: Sequence[Hit]
    more: bool  # more fit than are shown


def search(line: str, *, by: User, page: str, now: datetime) -> Results:
    """Find whom `by` may know of, and write down what was searched for. Looks are not logged here.

    The number of queries does not depend on how many are found.
    """
    asked = ask(line, today=local_date(now))
    answers = _who_may_be_meant(asked, by, now)
    hits = sorted(_hits(asked, answers), key=_best_first)
    record_search(by=by, at=now, page=page, terms=line, found=len(hits))
    return Results(asked, hits[:SHOWN], len(hits) > SHOWN)


def _who_may_be_meant(asked: Asked, by: User, now: datetime) -> dict[int, Answer]:
    opened = what_they_may_see(by, candidates(asked, visible_persons(by, now)), now)
    return opened | why_known(by, candidates(asked, closed_persons(by, now)), now)


def _hits(asked: Asked, answers: Mapping[int, Answer]) -> Iterator[Hit]:
    everything = mentions_of(answers)
    for person, answer in answers.items():
        mentions = open_mentions(everything[person], answer)
        found = score(asked.wishes, [_readable(mention, answer) for mention in mentions])
        if found.met:
            yield Hit(person, found, mentions, answer)


def _best_first(hit: Hit) -> tuple[float, bool, int]:
    return -hit.score.points, hit.closed_at is not None, -hit.person_id


def open_mentions(mentions: Sequence[Mention], answer: Answer) -> list[Mention]:
    """Of a closed case what was known when it closed: a name taken since then is not found."""
    if not isinstance(answer, Closed) or answer.closed_at is None:
        return list(mentions)
    return [m for m in mentions if m.source.recorded_at <= answer.closed_at]


def _readable(mention: Mention, answer: Answer) -> Writing:
    """Return by what somebody may be found: never by what of them is not open to the reader."""
    found = writing(mention)
    if Item.HOUSEHOLD not in answer.items:
        found = replace(found, address="", postcode="", phone="")
    if Item.INCIDENT not in answer.items:
        found = replace(found, reference="")
    return found
