"""The pages of a screening: one for each area of questions, and one for what protects the child."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.confidence import Counts, count
from sightline.rules.screening.instrument import Item, ProtectiveFactor, instrument_called
from sightline.screening.models import Answer

PROTECTIVE = "PF"


@dataclass(frozen=True)
class Question:
    """Something that is asked, under the id by which its answer is kept."""

    id: str
    words: str


@dataclass(frozen=True)
class Part:
    """One page of questions; its code is in the address."""

    code: str
    name: str
    questions: tuple[Question, ...]

    def answered(self, answers: Mapping[str, Answer]) -> int:
        """How many of its questions have an answer other than not asked."""
        given = [answers[one.id] for one in self.questions if one.id in answers]
        return sum(answer.value != Value.NOT_ASKED for answer in given)


@cache
def parts_of(instrument: str) -> tuple[Part, ...]:
    """Return the pages of a version of the instrument, in the order in which they are asked."""
    asked = instrument_called(instrument)
    areas = [
        Part(domain.id, domain.name, _questions(asked.items_of(domain.id)))
        for domain in asked.domains
    ]
    factors = _questions(asked.protective_factors)
    return (*areas, Part(PROTECTIVE, "What protects the child", factors))


def _questions(asked: Iterable[Item | ProtectiveFactor]) -> tuple[Question, ...]:
    return tuple(Question(one.id, one.question) for one in asked)


def part_called(instrument: str, code: str) -> Part | None:
    """Return the page with that code, or None where this version has none."""
    return next((part for part in parts_of(instrument) if part.code == code), None)


def worded(part: Part, words: Mapping[str, str]) -> Part:
    """Return a page with the partnership's own words in place of ours, where it has some."""
    asked = (replace(one, words=words.get(one.id, one.words)) for one in part.questions)
    return replace(part, questions=tuple(asked))


def part_after(instrument: str, part: Part) -> Part | None:
    """Return the page that comes next, or None after the last."""
    parts = parts_of(instrument)
    return next(iter(parts[parts.index(part) + 1 :]), None)


def counts_of(instrument: str, answers: Mapping[str, Answer]) -> Counts:
    """Count the answers to the questions that can raise the scale or record an absence."""
    items = instrument_called(instrument).items
    given = {item: Value(answer.value) for item, answer in answers.items()}
    return count(given.get(item.id, Value.NOT_ASKED) for item in items)
