"""Which column is which field: guessed from the words of the header, checked when chosen."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sightline.common.errors import NotUnderstood
from sightline.intake.files.columns import (
    PERSON,
    PREFIXES,
    TIME_OF,
    Field,
    fields_of,
)
from sightline.intake.files.values import wording
from sightline.intake.models import ImportKind

# What our own list of refused rows puts in front, so that it can be corrected and sent again.
OURS = ("Row", "What to do")
_OURS = frozenset(map(wording, OURS))
_WHO = re.compile(
    r"(?P<victim>victims?|aggrieved) |(?P<perpetrator>perpetrators?|suspects?|offenders?) "
    r"|child (?P<after>[1-8]) |child(?P<number>[1-8]) "
)


@dataclass(frozen=True)
class Columns:
    """A checked choice: for each field the places of its columns, and the header they stand in."""

    header: tuple[str, ...]
    fields: tuple[tuple[Field, tuple[int, ...]], ...]

    @property
    def by_person(self) -> bool:
        """Whether a row is a person, and not a whole notification."""
        return any(field.of == PERSON for field, _ in self.fields)

    def place(self, name: str) -> int | None:
        """Return the first column of a field."""
        return next((places[0] for field, places in self.fields if field.name == name), None)


def header_key(header: Sequence[str]) -> str:
    """Return what stands for a header, whatever the order of its columns and without ours."""
    names = sorted({wording(name) for name in header} - _OURS)
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()


def suggest(kind: str, header: Sequence[str]) -> dict[str, str]:
    """Return the field of each column whose name says it; a field once, unless cells are joined."""
    found: dict[str, str] = {}
    for name in header:
        field = _known_words(kind).get(_canonical(name)) if wording(name) not in _OURS else None
        if field and (field.join or field.name not in found.values()):
            found[name] = field.name
    return _one_layout(kind, found)


def _canonical(name: str) -> str:
    """Return a column's name with whoever it speaks of written as a prefix."""
    words = wording(name)
    spoken_of = _WHO.match(f"{words} ")
    if spoken_of is None:
        return words
    prefix = spoken_of.lastgroup or ""
    number = spoken_of["after"] or spoken_of["number"]
    return f"{f'child{number}' if number else prefix} {words[spoken_of.end() :]}".strip()


@cache
def _known_words(kind: str) -> dict[str, Field]:
    """Return every way to name a field; a field's own name goes before other fields' ways."""
    known: dict[str, Field] = {}
    fields = fields_of(kind).values()
    for field in fields:
        known[wording(field.name)] = field
    for field in fields:
        prefix = f"{field.of} " if field.of in PREFIXES else ""
        for way in (field.label.rpartition(": ")[2] if prefix else field.label, *field.also):
            known.setdefault(prefix + wording(way), field)
    return known


def _one_layout(kind: str, found: dict[str, str]) -> dict[str, str]:
    """Where columns speak of a victim or a child by name, the others cannot be of one person."""
    fields = fields_of(kind)
    prefixed = any(fields[name].of in PREFIXES for name in found.values())
    if "role" in found.values() or not prefixed:
        return {c: name for c, name in found.items() if fields[name].of not in PREFIXES}
    return {column: name for column, name in found.items() if fields[name].of != PERSON}


def check(kind: str, header: Sequence[str], chosen: Mapping[str, str]) -> Columns:
    """Return the choice, checked. `chosen`: column -> field, "" or absent for none.

    Raises NotUnderstood with everything that is wrong with it.
    """
    fields = fields_of(kind)
    columns = {column: name for column, name in chosen.items() if name}
    reasons = [f"The file has no column “{c}”." for c in columns if c not in header]
    reasons += [_no_field(name, fields) for name in columns.values() if name not in fields]
    if reasons:
        raise NotUnderstood(*reasons)
    places: dict[str, list[int]] = {}
    for place, column in enumerate(header):
        if column in columns:
            places.setdefault(columns[column], []).append(place)
    reasons = [*_twice(fields, places), *_missing(kind, fields, places)]
    if reasons:
        raise NotUnderstood(*reasons)
    return Columns(tuple(header), tuple((fields[n], tuple(p)) for n, p in places.items()))


def _no_field(name: str, fields: Mapping[str, Field]) -> str:
    who, which = apart(name)
    if who and which in fields:
        return f"“{fields[which].label}” is not about a person. Choose nobody for that column."
    return f"There is no field “{name}”."


def _twice(fields: Mapping[str, Field], places: Mapping[str, list[int]]) -> list[str]:
    return [
        f"Two columns are chosen for “{fields[name].label}”. Choose one."
        for name, found in places.items()
        if len(found) > 1 and not fields[name].join
    ]


def _missing(kind: str, fields: Mapping[str, Field], places: Mapping[str, list[int]]) -> list[str]:
    groups = {fields[name].of for name in places}
    by_person = PERSON in groups
    if by_person and groups & {*PREFIXES}:
        return [
            "Two layouts are mixed. Where a row is a whole notification, say of every column about "
            "a person whom it speaks of; where a row is one person, of none."
        ]
    needed = {name for name, field in fields.items() if field.required}
    if kind == ImportKind.NOTIFICATIONS and not by_person and groups & {*PREFIXES}:
        needed.discard("role")
    reasons = [f"Choose the column for “{fields[n].label}”." for n in sorted(needed - {*places})]
    return reasons + [
        f"Choose the column for “{fields[day].label}”; its time alone is not enough."
        for time, day in TIME_OF.items()
        if time in places and day not in places
    ]


def together(who: str, name: str) -> str:
    """Return the field of somebody: "victim" and "surname" are "victim_surname"."""
    return f"{who}_{name}" if who and name else name


def apart(name: str) -> tuple[str, str]:
    """Return of whom a field is ("" for none) and which, the other way round."""
    for prefix in PREFIXES:
        if name.startswith(f"{prefix}_"):
            return prefix, name.removeprefix(f"{prefix}_")
    return "", name
