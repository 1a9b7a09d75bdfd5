"""What every record of ours has: how long it is kept, what in it is personal, who did what when."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models.functions import Greatest


@dataclass(frozen=True)
class Kept:
    """How long a kind of record is kept, counted from what, and why."""

    years: int | None  # None: for as long as the partnership exists
    counted_from: str
    because: str


class Fate(StrEnum):
    """What becomes of a record when it turns out that two persons are one, or one is two."""

    MOVED = "is what the change itself moves; the earlier one stays, ended"
    FOLLOWS = "speaks of a mention, and so of whoever that mention is"
    RENEWED = "is closed for whom it does not speak of any more, and opened for who it is now"
    ASKED_ANEW = "is closed where the change answers it, and else asked of who it is now"
    BINDS = "holds between mentions, whoever they are: it can forbid the change"
    STAYS = "stays as it was written"


@dataclass(frozen=True)
class OnJoin:
    """The fate of a relation to a mention or a person, and the noun under which a plan counts it.

    Without a noun it is not counted. `standing`: which count; None is all.
    """

    fate: Fate
    one: str = ""
    many: str = ""
    standing: models.Q | None = None


class Record(models.Model):
    """Base of every model. `kept` and `personal` are asked for by tests/policy.

    `by_the_system` names the moments that no person of ours sets: a clock, a rule or a sender does.
    `on_join` says for each relation to a mention or a person, by its path, what becomes of it when
    who is who is changed; nobody can be joined while one is missing (people/relations.py).
    """

    kept: ClassVar[Kept]
    personal: ClassVar[tuple[str, ...]]
    by_the_system: ClassVar[tuple[str, ...]] = ()
    on_join: ClassVar[Mapping[str, OnJoin]] = {}

    class Meta:
        abstract = True


def all_or_none(*fields: str) -> models.Q:
    """A condition: these fields are all set or all empty, as `decided_at`, `decided_by` must be."""
    every = models.Q(**{f"{field}__isnull": False for field in fields})
    none = models.Q(**{f"{field}__isnull": True for field in fields})
    return every | none


CHILD_RECORD = Kept(
    75, "date of birth of the youngest child concerned", "looked-after case records set the longest"
)
CASE_RECORD = Kept(25, "date of birth of the youngest child concerned", "child protection files")
ACCESS_RECORD = Kept(6, "the event", "limitation period; subject access and complaints")
REFERENCE = Kept(None, "", "reference data, no person in it")
STAFF = Kept(6, "the day the user left", "who did what must stay answerable")


def last_change(name: str, *moments: str) -> models.Index:
    """Return the index by which rows are found that changed after a moment, however long ago they
    were made. A moment that is not yet is null."""
    return models.Index(Greatest(*moments), name=name)
