"""How many of the questions of screening were asked of a child, when the scale was first set."""

from sightline.insight.facts.base import DATE, INT, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, among, changed, has_changed, in_steps

FIRST = f"""
first as (
    select distinct on (result.screening_id) result.screening_id, result.instrument,
           result.answers, result.set_at
    from screening_scaleresult result
    join screening_screening screening on screening.id = result.screening_id
    where {among("result.screening_id")} and result.set_at <= %(recorded)s
      and not screening.imported
      and (screening.withdrawn_at is null or screening.withdrawn_at > %(corrected)s)
    order by result.screening_id, result.set_at, result.id
)"""
ANSWERS = f"""
select first.screening_id, {LONDON_DAY.format("first.set_at")}, first.instrument,
       count(answer.value) filter (where answer.value in ('yes', 'suspected', 'no'))::int,
       count(answer.value) filter (where answer.value = 'not_known')::int
from first left join lateral jsonb_each_text(first.answers) as answer on true
group by first.screening_id, first.instrument, first.set_at
"""
TOUCHED = f"""
select result.screening_id from screening_scaleresult result where {changed("result.set_at")}
union
select screening.id from screening_screening screening where {has_changed("screening")}
"""

SCREENED = Fact(
    name="screened",
    words="One child whose scale was set, with how many questions had been answered by then.",
    columns={
        "screening": Col(Kind.ID, "screening"), "day": DATE,
        "instrument": TEXT,  # whose questions were asked, "child-matrix 2026.1"
        "answered": INT, "not_known": INT,  # all others were not asked
    },
    live=in_steps(FIRST, then=ANSWERS),
    touched=TOUCHED,
)  # fmt: skip
