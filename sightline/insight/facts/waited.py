"""Questions "who is this?", and each time that one waited for an answer."""

from sightline.insight.facts.base import DATE, INT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, MINUTE, among, changed, has_changed, in_steps

QUESTION = Col(Kind.ID, "link question")

# All that has come of a question: what stands, and what stood until it was asked again.
OVER_AT = "coalesce(review.decided_at, review.closed_at)"
OUTCOME = f"""
outcome as (
    select review.id as review_id, review.decision, {OVER_AT} as over_at,
           null::timestamptz as again_at
    from people_linkreview review
    where {among("review.id")} and {OVER_AT} <= %(linked)s
    union all
    select earlier.review_id, earlier.decision, earlier.over_at,
           case when earlier.again_at <= %(linked)s then earlier.again_at end
    from people_earlieroutcome earlier
    where {among("earlier.review_id")} and earlier.over_at <= %(linked)s
)"""
OUTCOMES = f"""
select review.id from people_linkreview review
where {has_changed("review")}
union
select earlier.review_id from people_earlieroutcome earlier
where {changed("earlier.over_at", "earlier.again_at")}
"""
# It waits from when it was asked, and from each time that it was asked again.
BEGAN = f"""
began as (
    select review.id as review_id, review.asked_at as at
    from people_linkreview review
    where {among("review.id")} and review.asked_at <= %(linked)s
    union all
    select review_id, again_at from outcome where again_at is not null
)"""
NTH = "row_number() over (partition by review_id order by {})"
FROM_TO = f"""
from_to as (
    select review_id, nth, began.at, over_at
    from (select review_id, at, {NTH.format("at")} as nth from began) began
    left join (
        select review_id, over_at, {NTH.format("over_at, again_at")} as nth from outcome
    ) ended using (review_id, nth)
)"""
WAITS = f"""
select review.id, nth::int, {LONDON_DAY.format("review.asked_at")},
       {MINUTE.format("review.asked_at")}, {MINUTE.format("at")}, {MINUTE.format("over_at")}
from from_to join people_linkreview review on review.id = from_to.review_id
"""

WAITED = Fact(
    name="waited",
    words="One time that one question “who is this?” waited, or waits, for an answer.",
    columns={
        "question": QUESTION,
        "nth": INT,  # 2: it was answered, and asked again
        "day": DATE, "asked": INT,  # the day and the minute on which it was first asked
        "began": INT, "ended": INT,  # minutes: this time; null: it waits
    },
    live=in_steps(OUTCOME, BEGAN, FROM_TO, then=WAITS),
    touched=OUTCOMES,
)  # fmt: skip
