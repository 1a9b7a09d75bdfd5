"""Searching as one user may: among whom the ledger opens, and by what of them it opens."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sightline.access.models import User
from sightline.audit.commands import record_search
from sightline.common.clock import local_date
from sightline.common.wall import Purpose, acting
from sightline.people.search import Asked, Said, ask, candidates, said_of
from sightline.rules.search.parts import Kind
from sightline.rules.search.scoring import Score, score
from sightline.rules.search.writing import Writing
from sightline.sharing.closed import Closed, findable_persons, why_known
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, what_they_may_see
from sightline.sharing.readers import reader
from sightline.sharing.sheltering import living_there

OF_A_HOME = {Kind.STREET, Kind.HOUSE, Kind.POSTCODE, Kind.SECTOR, Kind.OUTWARD}
SHOWN = 100  # results at most, however many fit


@dataclass(frozen=True)
class Hit:
    """A person who fits: how well and why, and what of them is open."""

    person_id: int
    score: Score
    answer: Answer

    @property
    def closed_at(self) -> datetime | None:
        return self.answer.closed_at if isinstance(self.answer, Closed) else None


@dataclass(frozen=True)
class Results:
    """Who was found, best first, and what of the line nobody could be found by."""

    asked: Asked
    hits: Sequence[Hit]
    more: bool  # more fit, or may fit, than are shown


def search(line: str, *, by: User, page: str, now: datetime) -> Results:
    """Find whom `by` may know of, and write down what was searched for. Looks are not logged here.

    The number of queries does not depend on how many are found.
    """
    with acting(replace(reader(by), purpose=Purpose.FINDING, at=now)):
        return _search(line, by, page, now)


def _search(line: str, by: User, page: str, now: datetime) -> Results:
    asked = ask(line, today=local_date(now))
    meant = candidates(asked, findable_persons(by, now))
    answers = _why_they_may_know(meant, by, now)
    sheltered = living_there(answers, by, now) if _asks_for_a_home(asked) else set()
    hits = sorted(_hits(asked, answers, sheltered), key=_best_first)
    record_search(by=by, at=now, page=page, terms=line, found=len(hits))
    return Results(asked, hits[:SHOWN], more=len(hits) >= SHOWN)


def _why_they_may_know(persons: Sequence[int], by: User, now: datetime) -> dict[int, Answer]:
    seen = what_they_may_see(by, persons, now)
    opened = {person: a for person, a in seen.items() if Item.IDENTITY in a.items}
    return opened | why_known(by, [person for person in persons if person not in opened], now)


def _hits(asked: Asked, answers: Mapping[int, Answer], sheltered: Collection[int]) -> Iterator[Hit]:
    everything = said_of(answers)
    for person, answer in answers.items():
        at_home = Item.HOUSEHOLD in answer.items and person not in sheltered
        opened = (said for said in everything[person] if _is_open(said, answer))
        readable = [_readable(said, answer, at_home) for said in opened]
        found = score(asked.wishes, readable)
        if found.met:
            yield Hit(person, found, answer)


def _asks_for_a_home(asked: Asked) -> bool:
    return any(wish.term[0] in OF_A_HOME for some in asked.wishes for wish in some)


def _best_first(hit: Hit) -> tuple[float, bool, int]:
    return -hit.score.points, hit.closed_at is not None, -hit.person_id


def _is_open(said: Said, answer: Answer) -> bool:
    """Of a closed case what was known when it closed: a name taken since then is not found."""
    return not isinstance(answer, Closed) or answer.covers(said.recorded_at)


def _readable(said: Said, answer: Answer, at_home: bool) -> Writing:
    """Return by what somebody may be found: never by what of them is not open to the reader, nor
    by an address, unless `at_home`."""
    found = said.writing
    if Item.HOUSEHOLD not in answer.items:
        found = replace(found, phone="")
    if not at_home:
        found = replace(found, address="", postcode="")
    if Item.INCIDENT not in answer.items:
        found = replace(found, reference="")
    return found
