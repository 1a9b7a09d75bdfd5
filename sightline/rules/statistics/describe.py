"""How change is told from chance, and what changed in the field, as a chapter of the handbook."""

from sightline.rules.handbook.parts import Chapter, Section, Table
from sightline.rules.statistics.changes import FieldChanges, shipped_changes
from sightline.rules.statistics.charts import FEWEST, fewest_by_chance, longest_by_chance

COMPARED = (
    "Two shares are compared by the difference between them, in percentage points, with an "
    "interval that holds the true difference 95 times in 100 (Newcombe 1998, method 10, made of "
    "two intervals of Wilson's).",
    "Two counts are compared by how many times the one the other is, for each day or each child, "
    "with the interval of Graham, Mengersen and Morton (2003).",
    "A difference is called real where the interval leaves out no difference at all. Where twenty "
    "areas are compared, one of them would by chance: there the interval is one that holds 998 "
    "times in 1,000.",
)
CHARTED = (
    "A series of counts has limits for each day, so that a short month is no fall; of shares, for "
    "the size of each whole; of anything else, by how far points lie apart. Limits are three "
    "standard deviations from the middle, wider where a series scatters more than single events.",
    "A series has changed where a point lies outside the limits, where a run on one side of the "
    "middle is longer than chance explains, or where the middle is crossed less often (Anhøj and "
    "Olesen 2014).",
    f"With fewer than {FEWEST} points there are no limits, and nothing is proved.",
)


def chapters() -> tuple[Chapter, ...]:
    """Return every list of changes, with how figures tell change from chance, in words."""
    return tuple(map(_chapter, shipped_changes()))


def _chapter(known: FieldChanges) -> Chapter:
    chance = Table(
        ("Points", "Longest run that chance explains", "Fewest crossings"),
        tuple((str(n), str(longest_by_chance(n)), str(fewest_by_chance(n))) for n in (12, 24, 36)),
    )
    listed = Table(
        ("Day", "What changed", "Source"),
        tuple((f"{c.on.day} {c.on:%B %Y}", c.words, c.source) for c in known.changes),
    )
    return Chapter(
        title="Figures: change, chance and what changed meanwhile",
        key=f"{known.id} {known.version}",
        source=known.source,
        where="sightline/rules/statistics/data",
        commencement=known.commencement,
        end=known.end,
        sections=(
            Section("Two periods or two areas", COMPARED),
            Section("A series", CHARTED, (chance,)),
            Section("What changed in the field", (), (listed,)),
        ),
    )
