"""The fields that a column of a file may be, for each kind of file.

A notification comes in one of two layouts: a row a person (the incident's fields on each row), or
a row a notification (the people's fields prefixed: victim_, perpetrator_, child1_ ... child8_).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from sightline.intake.files.known_fields import (
    OF_ADULTS,
    OF_CHILDREN,
    OF_DECISIONS,
    OF_NOTIFICATIONS,
    OF_SOCIAL_CARE,
    PERSON,
    ROLE,
    Field,
)
from sightline.intake.models import ImportKind

CHILDREN = tuple(f"child{number}" for number in range(1, 9))
PREFIXES = ("victim", "perpetrator", *CHILDREN)
TIME_OF = {"started_time": "started_at", "notified_time": "notified_at"}

__all__ = ["CHILDREN", "PERSON", "PREFIXES", "TIME_OF", "Field", "fields_of", "who"]


@cache
def fields_of(kind: str) -> Mapping[str, Field]:
    """Return every field of a kind of file by its name, in the order of a page."""
    fields: Iterable[Field] = {
        ImportKind.NOTIFICATIONS: (*OF_NOTIFICATIONS, *_of_people()),
        ImportKind.DECISIONS: OF_DECISIONS,
        ImportKind.SOCIAL_CARE: OF_SOCIAL_CARE,
    }[ImportKind(kind)]
    return {field.name: field for field in fields}


def _of_people() -> Iterable[Field]:
    yield from (ROLE, *OF_ADULTS, *OF_CHILDREN)
    for prefix in PREFIXES:
        yield from (_prefixed(field, prefix) for field in OF_ADULTS)
        if prefix in CHILDREN:
            yield from (_prefixed(field, prefix) for field in OF_CHILDREN)


def _prefixed(field: Field, prefix: str) -> Field:
    return replace(
        field, name=f"{prefix}_{field.name}", of=prefix, label=f"{who(prefix)}: {field.label}"
    )


def who(prefix: str) -> str:
    """Return the words for whom a prefix stands for: "Victim", "Child 3"."""
    return f"Child {prefix[-1]}" if prefix in CHILDREN else prefix.capitalize()
