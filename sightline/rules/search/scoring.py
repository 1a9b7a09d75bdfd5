"""How well a person fits a line, and the words that say why they were found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sightline.rules.linkage.text import KEPT, words
from sightline.rules.search.likeness import How
from sightline.rules.search.parts import Kind
from sightline.rules.search.wishes import Wish
from sightline.rules.search.writing import Writing, terms

TOGETHER = 1.0  # all parts met by one and the same source
ONE_ADDRESS = 6.0  # for each further word or number of one address: together they are a home
FORMER = 0.9  # what is left of a name that is not the person's present one

WHAT = {
    Kind.INITIAL: "initial", Kind.BIRTH: "birth date", Kind.MONTH: "month of birth",
    Kind.YEAR: "year of birth", Kind.ESTIMATED: "year of birth", Kind.PHONE: "telephone",
    Kind.PHONE_6: "last digits of the telephone", Kind.PHONE_4: "last digits of the telephone",
    Kind.NUMBER: "number or reference", Kind.POSTCODE: "postcode", Kind.SECTOR: "postcode sector",
    Kind.OUTWARD: "postcode district", Kind.STREET: "address", Kind.HOUSE: "house number",
}  # fmt: skip
FIELDS = (("given", "first name"), ("surname", "surname"), ("middle", "middle name"))


@dataclass(frozen=True, slots=True)
class Score:
    """How well a person fits: `points` to sort by, how many parts are met, and why, in words."""

    points: float
    met: int
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    wish: Wish
    points: float
    because: str
    place: int  # of the writing it was met in


def score(parts: Sequence[Sequence[Wish]], writings: Sequence[Writing]) -> Score:
    """Score a person, the writings newest first. Without any part met, the score is 0."""
    held = [_terms(writing) for writing in writings]
    now_called = _present_names(writings)
    hits = [
        hit
        for wishes in parts
        if (hit := max(_hits(wishes, writings, held, now_called), key=_points, default=None))
    ]
    together = len(hits) > 1 and len({hit.place for hit in hits}) == 1
    return Score(
        points=sum(map(_points, hits)) + (TOGETHER if together else 0) + _of_one_address(hits),
        met=len(hits),
        because=tuple(dict.fromkeys(hit.because for hit in hits)),
    )


def _of_one_address(hits: Sequence[_Hit]) -> float:
    """A street's name alone may be anybody's first name; with "Lane" and a number it is a home."""
    met = Counter(hit.place for hit in hits if hit.wish.term[0] in (Kind.STREET, Kind.HOUSE))
    return ONE_ADDRESS * (max(met.values(), default=1) - 1)


@lru_cache(KEPT)
def _terms(writing: Writing) -> frozenset[str]:
    return terms(writing)


def _points(hit: _Hit) -> float:
    return hit.points


def _hits(
    wishes: Sequence[Wish],
    writings: Sequence[Writing],
    held: Sequence[frozenset[str]],
    now_called: Mapping[str, frozenset[str]],
) -> Iterator[_Hit]:
    """Yield, newest first, whatever of a part is met; of equals the newest is taken."""
    for place, terms_held in enumerate(held):
        for wish in wishes:
            if wish.term in terms_held:
                yield _hit(wish, writings[place], place, now_called)


def _hit(
    wish: Wish, writing: Writing, place: int, now_called: Mapping[str, frozenset[str]]
) -> _Hit:
    kind, _, value = wish.term.partition(":")
    if kind != Kind.NAME:
        return _Hit(wish, wish.worth, _said(WHAT[Kind(kind)], wish.how), place)
    field, what = _where(value, writing)
    former = field in now_called and value not in now_called[field]
    return _Hit(
        wish,
        wish.worth * (FORMER if former else 1),
        _said(f"earlier {what}" if former and place else what, wish.how),
        place,
    )


def _where(word: str, writing: Writing) -> tuple[str, str]:
    """Return the field that a word stands in, and what that is called."""
    for field, what in FIELDS:
        parts = words(getattr(writing, field))
        if word in parts or word == "".join(parts):
            return field, what
    return "aliases", "other name"


def _said(what: str, how: How) -> str:
    return f"{what} {how.value}".strip()


def _present_names(writings: Sequence[Writing]) -> dict[str, frozenset[str]]:
    """Return the words of the present first name and surname: those of the newest that has any."""
    found = {}
    for field in ("given", "surname"):
        newest = next((text for w in writings if (text := getattr(w, field))), "")
        parts = words(newest)
        found[field] = frozenset((*parts, "".join(parts)))
    return found
