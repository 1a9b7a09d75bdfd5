"""Answers that the record can give, so that no incident is graded without its history.

The record can show that something is so. It can show that something is not so only where the
question is about the record itself, and only while the record is complete. In all else it says
Not known, and a person asks.

Windows: months are calendar months, so that 12 months before 22 November is 22 November of the
year before, and a happening on that day counts. 28 days include the 28th: a happening on the 1st
and one on the 29th are within 28 days.

Source: the questions of the child screening matrix. That history must be weighed: the joint
targeted area inspections report of 2017, which found incidents graded one by one.
"""

from collections.abc import Sequence

from sightline.rules.screening.past import past_of
from sightline.rules.screening.pattern import (
    abusive_elsewhere,
    long_pattern,
    more_frequent,
    more_severe,
    other_children,
)
from sightline.rules.screening.record import (
    Concern,
    Evidence,
    FromRecord,
    Happening,
    RecordFacts,
)
from sightline.rules.screening.repeats import (
    first_known,
    soon_after_the_last,
    three_in_a_year,
    two_in_a_year,
)
from sightline.rules.screening.responses import answers_from_facts

__all__ = [
    "Concern",
    "Evidence",
    "FromRecord",
    "Happening",
    "RecordFacts",
    "answers_from_record",
]


def answers_from_record(
    this: Happening, earlier: Sequence[Happening], facts: RecordFacts
) -> dict[str, FromRecord]:
    """What the record answers about `this`, by item id; a person may always answer otherwise.

    `earlier`: happenings before this one, in any order, of everybody in it, on every household.
    P1 to P7, P9 and A9 are always answered, if only with Not known. P8 and R1 to R4 are left out
    where their facts are None. ValueError when `earlier` holds this one or a later one.
    """
    past = past_of(this, earlier)
    return {
        "P1": first_known(past, facts),
        "P2": two_in_a_year(past, facts),
        "P3": three_in_a_year(past),
        "P4": more_frequent(past),
        "P5": more_severe(past),
        "P6": soon_after_the_last(past, facts),
        "P7": long_pattern(past),
        "P9": abusive_elsewhere(past),
        "A9": other_children(past),
        **answers_from_facts(this, facts),
    }
