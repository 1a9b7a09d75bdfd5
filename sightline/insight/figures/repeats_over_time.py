"""Repeats by quarter, and few columns beside them.

Each count of a table is one from which another could be worked out. With few of them little is
hidden, so that everybody can read of a single ward whether its repeats go up. What is hidden is
chosen month by month, before the tables that have more columns: they show the same counts.
"""

from sightline.access.roles import Perm
from sightline.insight.figures.base import Shared
from sightline.insight.figures.measures import Measure
from sightline.insight.figures.over_time import (
    A_YEAR,
    CONTACTS,
    LATELY,
    QUESTION,
    FewColumns,
    RepeatsByMonth,
    few_columns,
)


class RepeatsByQuarter(FewColumns):
    id = "trend.repeats"
    name = "Repeats within twelve months, by quarter"
    repeat = (
        "A notification of a child within twelve months of another one of the child, in the period "
        "or before it."
    )
    also_for = frozenset({Perm.SEE_OWN_FIGURES})  # a ward is asked about at every table
    columns = few_columns("Quarter")
    months = 3
    question = QUESTION.format(unit="quarter")
    beside = {RepeatsByMonth: (Shared(CONTACTS, CONTACTS), Shared(LATELY, LATELY))}
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
