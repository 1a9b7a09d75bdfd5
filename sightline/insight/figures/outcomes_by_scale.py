"""Table 4 of the review: what was decided, in shares by scale and period."""

from collections import Counter, defaultdict

from sightline.insight.engine.base import Answer
from sightline.insight.facts.decision import DECISION
from sightline.insight.figures.base import DUDLEY, Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period, Span, reporting_span
from sightline.rules.rounding import percent

SCALES = (1, 2, 3, 4)

BY_MONTH = """
select cast(date_trunc('month', day) as date), scale, count(*)
from decision
where "last" and day between :first and :last
group by cast(date_trunc('month', day) as date), scale
"""


class OutcomesByScale(Figure):
    id = "s0.table4"
    name = "Outcomes of screening by scale of risk"
    by_time = True
    source = f"{DUDLEY}, table 4"
    who = "Every standing decision, one for each child and incident."
    dates = (
        "The day in London on which it was decided. October 2009 to September 2011 is divided as "
        "the source divides it; everything else into the quarters of the calendar year."
    )
    repeat = (
        "A decision that replaces an earlier one takes its place. A child of two incidents has "
        "two decisions."
    )
    records = ("standing decision", "standing decisions")
    columns = (
        Column("period", "Decided in", numeric=False),
        Column("scale1_nfa", "Scale 1 (per cent)"),
        Column("scale2_caf", "Scale 2 (per cent)"),
        Column("scale3_ia", "Scale 3 (per cent)"),
        Column("scale4_s47", "Scale 4 (per cent)"),
    )
    notes = (
        "The scale is counted as it stood when it was decided, whatever the outcome. In the terms "
        "of 2009 to 2013 scale 1 led to no further action, 2 to a common assessment, 3 to an "
        "initial assessment and 4 to a section 47 enquiry.",
        "Shares are rounded half up to one decimal, each alone, so that a row may add up to a "
        "little more or less than 100. A period without a decision has no row.",
    )
    row_notes = {
        "January 2012 - March 2012": (
            "January 2012 - March 2012 was published as 44.4, 27.5, 26.7 and 1.7. These add up to "
            "100.3, and four shares rounded to one decimal cannot add up to more than 100.2: no "
            "counts give that row. The demo's invented history comes as near to it as counts can."
        )
    }

    measures = (
        Measure("Scale 3, of all decisions", "scale3_ia", "scale3_ia"),
        Measure("Scale 4, of all decisions", "scale4_s47", "scale4_s47"),
    )
    about = ("notifications", "assessments")
    rests_on = ("child-matrix", "screening-outcomes")
    facts = (DECISION,)
    question = BY_MONTH

    def table(self, found: Answer, period: Period) -> Counted:
        by_span: dict[Span, Counter[int]] = defaultdict(Counter)
        for month, scale, many in found:
            by_span[reporting_span(month)][scale] += many
        rows = [_row(span.label(period), by_span[span]) for span in sorted(by_span)]
        return Counted(rows, sum(scales.total() for scales in by_span.values()))


def _row(label: str, scales: Counter[int]) -> Row:
    return (label, *(percent(scales[scale], scales.total()) for scale in SCALES))
