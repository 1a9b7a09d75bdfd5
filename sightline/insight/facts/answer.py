"""What reviewers answered to "who is this?", taken back or not: giving it was work."""

from sightline.insight.facts.base import BOOL, DATE, INT, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, among, changed, in_steps
from sightline.insight.facts.waited import QUESTION

# A page left open over lunch is no work: what took longer has no time.
AT_MOST = "interval '10 minutes'"
SAID = f"""
said as (
    select answer.*, coalesce(answer.withdrawn_at <= %(linked)s, false) as taken_back,
           answer.answered_at - answer.shown_at as took
    from people_linkanswer answer
    where {among("answer.review_id")} and answer.answered_at <= %(linked)s
)"""
STANDS = "not taken_back and decision <> 'unsure'"
ANSWERS = f"""
select id, review_id, answered_by_id, array_to_string(roles, ' '),
       {LONDON_DAY.format("answered_at")}, decision, taken_back,
       case when {STANDS} then row_number() over (
           partition by review_id, {STANDS} order by answered_at, id)::int end,
       case when took between interval '0' and {AT_MOST}
            then round(extract(epoch from took))::int end
from said
"""
TOUCHED = f"""
select answer.review_id from people_linkanswer answer
where {changed("answer.answered_at", "answer.withdrawn_at")}
"""

ANSWER = Fact(
    name="answer",
    words="One answer of one reviewer to one question “who is this?”.",
    columns={
        "answer": Col(Kind.ID, "link answer"), "question": QUESTION,
        "reviewer": Col(Kind.ID, "user"),
        "roles": TEXT,  # codes of those that the reviewer held when answering
        "day": DATE, "decision": TEXT,  # same, not_same, unsure
        "taken_back": BOOL,
        "place": INT,  # among the answers that bind the question; null: it does not, or no more
        "seconds": INT,  # from opening the question to answering it; null: not known, or too long
    },
    live=in_steps(SAID, then=ANSWERS),
    touched=TOUCHED,
)  # fmt: skip
