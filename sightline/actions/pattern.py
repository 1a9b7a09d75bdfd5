"""What the perpetrator does over time and over households, told beside one family.

Families of one perpetrator are walled from each other: of another it is said how often, when and
how it was graded, and whether children were there; never who or where.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from sightline.common.words import plural, short_day
from sightline.rules.screening.record import GRADES, Happening
from sightline.screening.record import History

YEAR = 12


def pattern_lines(history: History) -> list[str]:
    """Return the perpetrator's pattern, a sentence each; none where this is all that is known."""
    past = history.past
    return [
        *_here(past.pattern, [one for one in past.pattern if one.on >= past.months_back(YEAR)]),
        *_grades([past.this, *past.pattern] if past.pattern else []),
        *_elsewhere(past.others),
    ]


def _here(pattern: Sequence[Happening], lately: Sequence[Happening]) -> Iterator[str]:
    if pattern:
        yield (
            f"Towards this family: {plural(len(pattern), 'earlier incident')} since "
            f"{short_day(pattern[-1].on)}, {len(lately)} in the last twelve months."
        )


def _grades(happenings: Sequence[Happening]) -> Iterator[str]:
    """The grades in the order of time, as each officer gave theirs to one incident."""
    if happenings:
        graded = [one.officer_grade or "not graded" for one in reversed(happenings)]
        yield f"Graded one by one: {', '.join(graded)}."


def _elsewhere(others: Sequence[Happening]) -> Iterator[str]:
    if not others:
        return
    grades = Counter(one.officer_grade for one in others if one.officer_grade in GRADES)
    said = [f"{grades[grade]} {grade}" for grade in reversed(GRADES) if grades[grade]]
    graded = f", graded {', '.join(said)}" if said else ""
    homes = len({frozenset(one.victims) for one in others})
    families = "another family" if homes == 1 else f"{homes} other families"
    children = sum(bool(one.children) for one in others)
    there = f"; children were there in {children}" if children else ""  # who is hidden is not told
    yield (
        f"Towards {families}: {plural(len(others), 'incident')}, the last "
        f"{short_day(others[0].on)}{graded}{there}."
    )
