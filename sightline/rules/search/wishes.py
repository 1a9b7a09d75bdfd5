"""What would content a part of a line: the terms to look up, and what each is worth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sightline.rules.linkage.names import Tier, forename, surname
from sightline.rules.search.dates import one_digit_off, swapped
from sightline.rules.search.likeness import How, name_alike, word_alike
from sightline.rules.search.parts import AGE, Kind, Part

MOST = 80  # wishes of one part: those worth most are kept

# What a term is worth that is just what was typed. An identifier says most, a house number least.
WORTH = {
    Kind.NUMBER: 16.0, Kind.PHONE: 14.0, Kind.BIRTH: 12.0, Kind.PHONE_6: 9.0, Kind.POSTCODE: 7.0,
    Kind.MONTH: 6.0, Kind.PHONE_4: 5.0, Kind.YEAR: 4.0, Kind.SECTOR: 4.0, Kind.STREET: 3.0,
    Kind.OUTWARD: 2.5, Kind.INITIAL: 1.5, Kind.ESTIMATED: 3.0, Kind.HOUSE: 1.0,
}  # fmt: skip
NAME_WORTH = {Tier.RARE: 10.0, Tier.COMMON: 8.0, Tier.MOST: 6.5}
LEFT_OF = {
    How.EXACT: 1.0, How.SPELLING: 0.9, How.SWAPPED: 0.85, How.LAST_DIGITS: 0.8, How.BY_AGE: 0.8,
    How.SLIP: 0.65, How.DIGIT: 0.65, How.BEGINS: 0.6, How.SOUND: 0.55, How.PARTLY: 0.4,
    How.INSIDE: 0.4,
}  # fmt: skip
STRONG = frozenset({How.EXACT, How.SPELLING, How.SWAPPED, How.LAST_DIGITS, How.BY_AGE})
WEAK = frozenset({How.PARTLY, How.INSIDE})  # met by many who are somebody else


@dataclass(frozen=True, slots=True)
class Wish:
    """A term that would content a part, how near it is to what was typed, and its worth."""

    term: str
    how: How
    worth: float

    @property
    def is_strong(self) -> bool:
        return self.how in STRONG

    @property
    def is_fair(self) -> bool:
        return self.how not in WEAK


def wishes(part: Part, vocabulary: Iterable[tuple[str, str]], today: date) -> tuple[Wish, ...]:
    """Return what would content a part, the best first, each term once.

    `vocabulary`: (kind, word) of names and street words that may be near what was typed; those
    that are not are passed over.
    """
    found: dict[str, Wish] = {}
    for wish in (*_of_words(part, vocabulary), *_of_figures(part, today)):
        if wish.term not in found or found[wish.term].worth < wish.worth:
            found[wish.term] = wish
    return tuple(sorted(found.values(), key=lambda w: (-w.worth, w.term))[:MOST])


def _of_words(part: Part, vocabulary: Iterable[tuple[str, str]]) -> Iterator[Wish]:
    typed, streets = part.values(Kind.NAME), part.values(Kind.STREET)
    for kind, word in vocabulary:
        if kind == Kind.NAME and typed and (how := name_alike(typed[0], word)):
            yield Wish(f"{kind}:{word}", how, _name_worth(word) * LEFT_OF[how])
        if kind == Kind.STREET and streets and (how := word_alike(streets[0], word)):
            yield _wish(Kind.STREET, word, how)


def _name_worth(word: str) -> float:
    return NAME_WORTH[max(forename(word).tier, surname(word).tier)]


def _wish(kind: Kind, value: str, how: How = How.EXACT) -> Wish:
    return Wish(f"{kind}:{value}", how, WORTH[kind] * LEFT_OF[how])


def _of_figures(part: Part, today: date) -> Iterator[Wish]:
    for meaning in part.meanings:
        if meaning.kind in (Kind.NAME, Kind.STREET):
            continue
        if meaning.kind == AGE:
            yield from _of_age(int(meaning.value), today)
        else:
            yield from _near(Kind(meaning.kind), meaning.value)


def _of_age(age: int, today: date) -> Iterator[Wish]:
    for year in (today.year - age, today.year - age - 1):
        yield _wish(Kind.YEAR, str(year))
        yield _wish(Kind.ESTIMATED, str(year), How.BY_AGE)


def _near(kind: Kind, value: str) -> Iterator[Wish]:
    """The value itself, and what is written instead of it."""
    yield _wish(kind, value)
    if kind == Kind.BIRTH:
        yield from _near_birth(date.fromisoformat(value))
    elif kind == Kind.MONTH:
        yield _wish(Kind.YEAR, value[:4], How.PARTLY)
    elif kind == Kind.YEAR:
        yield _wish(Kind.ESTIMATED, value, How.BY_AGE)
    elif kind == Kind.PHONE:
        yield Wish(f"{Kind.PHONE_6}:{value[-6:]}", How.LAST_DIGITS, WORTH[Kind.PHONE_6])
    elif kind == Kind.POSTCODE:
        yield _wish(Kind.SECTOR, value[:-2], How.PARTLY)


def _near_birth(on: date) -> Iterator[Wish]:
    def born(day: date, how: How) -> Wish:
        return _wish(Kind.BIRTH, day.isoformat(), how)

    turned = swapped(on)
    if turned:
        yield born(turned, How.SWAPPED)
    yield from (born(other, How.DIGIT) for other in one_digit_off(on))
    yield _wish(Kind.YEAR, str(on.year), How.PARTLY)
    yield _wish(Kind.ESTIMATED, str(on.year), How.BY_AGE)
