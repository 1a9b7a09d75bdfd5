"""Counting from the records themselves, as they are or as they were known at some moment."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self

from django.db import connection

from sightline.common.clock import now
from sightline.insight.engine.base import Answer, Engine
from sightline.insight.engine.dialects import for_postgres, over
from sightline.insight.facts.base import Fact

Moment = datetime | str
EVER = "infinity"  # as PostgreSQL calls the end of time
# For whoever counts, policies let all rows through and the planner takes each for one in fifty, the
# more so the more tables there are: it would look up row by row what has to be read as a whole.
BY_HASHING = "select set_config('enable_nestloop', 'off', true); "
AS_BEFORE = "; select set_config('enable_nestloop', 'on', true)"
CAUSES = ("arrived", "corrected", "linked", "recorded")


@dataclass(frozen=True, slots=True)
class Known:
    """The moments as at which notifications, newer versions of them, links and all else are read.

    See facts/steps.py. They differ only where a difference is taken apart by its causes.
    """

    arrived: Moment = EVER
    corrected: Moment = EVER
    linked: Moment = EVER
    recorded: Moment = EVER

    @classmethod
    def at(cls, moment: datetime) -> Self:
        return cls(moment, moment, moment, moment)

    def moved(self, cause: str, moment: datetime) -> "Known":
        """Return the same with one of the four at another moment."""
        return replace(self, **{cause: moment})


class Live(Engine):
    """PostgreSQL. Without `known` everything counts that stands when it is asked."""

    def __init__(self, known: Known | None = None) -> None:
        self.known = known or Known()
        moments = set(asdict(self.known).values())
        [moment] = moments if len(moments) == 1 else [None]
        self.as_at = moment if isinstance(moment, datetime) else None

    @classmethod
    def at(cls, moment: datetime) -> Self:
        return cls(Known.at(moment))

    @property
    def clock(self) -> datetime:
        recorded = self.known.recorded
        return recorded if isinstance(recorded, datetime) else now()

    def answer(self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any]) -> Answer:
        """One query, of whole tables."""
        tables = {fact.name: self._table(fact) for fact in facts}
        given = {**parameters, **asdict(self.known), "touched": None}
        with connection.cursor() as cursor:
            cursor.execute(BY_HASHING + for_postgres(over(question, tables)) + AS_BEFORE, given)
            cursor.set_result(-2)  # between the two settings
            return list(cursor.fetchall())

    def _table(self, fact: Fact) -> str:
        condition = self.narrowing(fact)
        table = named(fact)
        return f"select * from ({table}) as whole where {condition}" if condition else table


def named(fact: Fact) -> str:
    """Return the query of a fact on PostgreSQL, its columns called and typed as they are."""
    inside = ", ".join(f'"{name}"' for name in fact.columns)
    typed = ", ".join(f'"{name}"::{col.kind} as "{name}"' for name, col in fact.columns.items())
    return f"select {typed} from ({fact.live}) as fact ({inside})"
