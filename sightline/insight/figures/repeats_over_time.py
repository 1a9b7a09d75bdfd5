"""Repeats by quarter, and few columns beside them.

Each count of a table is one from which another could be worked out. With few of them little is
hidden, so that everybody can read of a single ward whether its repeats go up.
"""

from typing import Any

from sightline.access.roles import Perm
from sightline.insight.figures.base import Column, Counted
from sightline.insight.figures.measures import Measure
from sightline.insight.figures.over_time import A_YEAR, LATELY, ByQuarter
from sightline.insight.periods import Period

CONTACTS = "contacts"
_COLUMNS = {column.name: (place, column) for place, column in enumerate(ByQuarter.columns)}
_KEPT = ("stretch", "days", CONTACTS, LATELY, "within_year_pct")


class RepeatsByQuarter(ByQuarter):
    id = "trend.repeats"
    name = "Repeats within twelve months, by quarter"
    repeat = (
        "A notification of a child within twelve months of another one of the child, in the period "
        "or before it."
    )
    also_for = frozenset({Perm.SEE_OWN_FIGURES})  # a ward is asked about at every table
    columns = (
        *(_COLUMNS[name][1] for name in _KEPT[:3]),
        Column(LATELY, "Repeats within twelve months"),
        _COLUMNS["within_year_pct"][1],
    )
    measures = (
        Measure(
            "Repeats within twelve months, of children’s notifications",
            LATELY,
            CONTACTS,
            back=A_YEAR,
        ),
        Measure("Repeats within twelve months", LATELY, back=A_YEAR),
        Measure("Children’s notifications", CONTACTS),
    )

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        whole = super().table(found, period)
        rows = [tuple(row[_COLUMNS[name][0]] for name in _KEPT) for row in whole.rows]
        return Counted(rows, whole.records)
