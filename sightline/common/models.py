"""What every record of ours has: how long it is kept, what in it is personal, who did what when."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models


@dataclass(frozen=True)
class Kept:
    """How long a kind of record is kept, counted from what, and why."""

    years: int | None  # None: for as long as the partnership exists
    counted_from: str
    because: str


class Record(models.Model):
    """Base of every model. `kept` and `personal` are asked for by tests/policy.

    `by_the_system` names the moments that no person of ours sets: a clock, a rule or a sender does.
    """

    kept: ClassVar[Kept]
    personal: ClassVar[tuple[str, ...]]
    by_the_system: ClassVar[tuple[str, ...]] = ()

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
