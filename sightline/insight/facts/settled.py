"""Questions whether two records are one person, settled, beside what the machine weighed."""

from sightline.insight.facts.base import BOOL, DATE, INT, TEXT, Fact
from sightline.insight.facts.steps import LONDON_DAY, holds, in_steps
from sightline.insight.facts.waited import OUTCOME, OUTCOMES, QUESTION

WIDE = 4  # points in a band: in one band the odds differ by no more than 16 to 1

SETTLED_SO = f"""
select review.id, {LONDON_DAY.format("outcome.over_at")}, outcome.decision, review.model,
       floor(review.weight / {WIDE})::int * {WIDE}, jsonb_array_length(review.doubts) > 0,
       exists (
           select from people_linkanswer answer
           where answer.review_id = review.id and answer.decision = 'unsure'
             and {holds("answer.answered_at", "answer.withdrawn_at", "linked")}
       )
from outcome join people_linkreview review on review.id = outcome.review_id
where review.kind = 'same' and outcome.decision <> '' and outcome.again_at is null
"""
SETTLED = Fact(
    name="settled",
    words="One question whether two records are one person that stands settled.",
    columns={
        "question": QUESTION, "day": DATE, "decision": TEXT,  # same, not_same
        "model": TEXT,  # the version of the comparison that asked
        "band": INT,  # the weight it gave, in points, down to where a band begins
        "doubted": BOOL,  # it named something that speaks against
        "unsure": BOOL,  # somebody could not tell
    },
    live=in_steps(OUTCOME, then=SETTLED_SO),
    touched=OUTCOMES,  # once settled, nobody answers it, or takes that they could not tell back
)  # fmt: skip
