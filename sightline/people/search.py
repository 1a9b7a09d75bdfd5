"""Finding persons by whatever is known: candidates from two indexes, then scored in plain Python.

A word that was typed is first compared with the words there are (`SearchWord`, some tens of
thousands however many people), then persons are looked up by exact terms (`SearchEntry`). So the
time depends on how many fit, not on how many there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import combinations
from operator import add, and_, or_
from typing import Any

from django.db import connection
from django.db.models import Case, ExpressionWrapper, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy

from sightline.people.models import Findable, Person
from sightline.rules.search.likeness import sounds_of
from sightline.rules.search.parts import Kind, Part
from sightline.rules.search.reading import read
from sightline.rules.search.wishes import Wish, wishes
from sightline.rules.search.writing import Writing

MOST = 100  # candidates that are scored: of a common name those seen last
LOOKED_AT = 2000  # entries, of those that are not near to every part of the line
ENOUGH = 10  # so many fit closely that nobody is looked for who fits less

NEAR_WORDS = """
    select asked.word, near.kind, near.word
    from unnest(%(words)s::text[], %(sounds)s::text[], %(inside)s::text[])
        as asked (word, sounds, inside)
    cross join lateral (
        select kind, word from wall.people_searchword known
        where known.word like asked.word || '%%' or known.word %% asked.word
            or known.word like asked.inside
            or known.sounds && string_to_array(asked.sounds, ' ')
        order by known.word <> asked.word, abs(length(known.word) - length(asked.word)), known.word
        limit 400
    ) near
"""
LONG_ENOUGH_INSIDE = 4  # letters


@dataclass(frozen=True)
class Asked:
    """A line of search: its parts, what would content each, and the parts nobody can meet."""

    parts: tuple[Part, ...]
    wishes: tuple[tuple[Wish, ...], ...]
    unknown: tuple[str, ...]


def ask(line: str, *, today: date) -> Asked:
    """Read a line, and look up which words come near to those in it. One query."""
    parts = read(line, today)
    words = _words_near({word for part in parts for word in part.values(Kind.NAME)})
    wished = [(part, wishes(part, words[part.typed], today)) for part in parts]
    return Asked(
        parts=parts,
        wishes=tuple(found for _, found in wished if found),
        unknown=tuple(part.typed for part, found in wished if not found),
    )


def candidates(asked: Asked, among: QuerySet[Person]) -> list[int]:
    """Return who of `among` may be meant, those first who fit most parts closely; `MOST` at most.

    First whom all parts fit closely, then nearly, then whom most parts fit, until there are
    enough: a person who fits everything is never crowded out by those who fit less.
    """
    found: dict[int, None] = {}
    closely = _most_fit([_any([w for w in some if w.is_strong]) for some in asked.wishes])
    for condition, is_near in _wider_and_wider(asked.wishes):
        fitting = Findable.objects.filter(condition)
        if not is_near:  # a common name alone fits tens of thousands
            fitting = Findable.objects.filter(pk__in=fitting.values("pk")[:LOOKED_AT])
        best = fitting.filter(person__in=among).order_by(*closely, "-last_seen")
        found |= dict.fromkeys(best.values_list("person_id", flat=True)[:MOST])
        if len(found) >= ENOUGH:
            break
    return list(found)[:MOST]


def _most_fit(conditions: Sequence[Q]) -> list[OrderBy]:
    """Return an order: entries first that meet most of these conditions. None of none: the
    database takes a number that stands alone in an order for that of a column."""
    fits = [Case(When(one, then=1), default=0) for one in conditions if one]
    met = ExpressionWrapper(reduce(add, fits, Value(0)), IntegerField())
    return [OrderBy(met, descending=True)] if fits else []


@dataclass(frozen=True)
class Said:
    """What one source says of a person, and when it was written down here."""

    recorded_at: datetime
    writing: Writing


def said_of(person_ids: Iterable[int]) -> dict[int, list[Said]]:
    """Return what sources say of these persons, newest first, the superseded last. One query.

    Rows, not records: of a hundred people some five hundred, of whom most are never shown. Behind
    the wall (config/wall/said.py), which is asked once a person.
    """
    found: dict[int, list[Said]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.said(%s)", [list(person_ids)])
        for person, recorded_at, reference, *said in cursor.fetchall():
            found[person].append(Said(recorded_at, _writing(reference, *said)))
    return found


def _writing(reference: str | None, *said: Any) -> Writing:
    on, given, middle, surname, aliases, born, due, age, address, postcode, phone, *numbers = said
    return Writing(
        on, given, middle, surname, tuple(aliases), born, due, age, address, postcode, phone,
        tuple(numbers), reference or "",
    )  # fmt: skip


def _words_near(typed: set[str]) -> dict[str, list[tuple[str, str]]]:
    """Return the (kind, word) that may be near each word that was typed."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if not typed:
        return found
    words = sorted(typed)
    asked = {
        "words": words,
        "sounds": [" ".join(sorted(sounds_of(word))) for word in words],
        "inside": [f"%{w}%" if len(w) >= LONG_ENOUGH_INSIDE else w for w in words],
    }
    with connection.cursor() as cursor:
        cursor.execute(NEAR_WORDS, asked)
        for word, kind, near in cursor.fetchall():
            found[word].append((kind, near))
    return found


def _wider_and_wider(wished: Sequence[Sequence[Wish]]) -> Iterator[tuple[Q, bool]]:
    """Yield conditions on Findable, each taking in more people than the one before, and whether
    those whom it takes in are near to every part of the line."""
    close = [_any([w for w in some if w.is_strong]) for some in wished]
    fair = [_any([w for w in some if w.is_fair]) for some in wished]
    weak = [_any(some) for some in wished]
    many = len(wished)
    if many and all(close):
        yield reduce(and_, close), True
    if many and all(fair):
        yield reduce(and_, fair), True
    if many:
        yield reduce(and_, weak), False
    for less in range(1, min(2, many - 2) + 1):
        yield reduce(or_, (reduce(and_, some) for some in combinations(weak, many - less))), False
    if many > 1 and any(close):
        yield reduce(or_, filter(None, close)), False


def _any(some: Sequence[Wish]) -> Q:
    return Q(terms__overlap=[wish.term for wish in some]) if some else Q()
