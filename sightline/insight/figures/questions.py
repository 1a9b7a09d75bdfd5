"""Steps that the figures of the queue "Who is this?" share, and what is said of them."""

from decimal import ROUND_HALF_UP, Decimal

from sightline.access.roles import ROLES

SIGHTLINE = "Sightline, the queue “Who is this?”"

# A page left open over lunch is no work; what took longer is left out of the time, and counted.
AT_MOST = "interval '10 minutes'"

# Every answer given in the period, taken back or not: giving it was work.
ANSWER = f"""
answer as (
    select answer.id, answer.review_id, answer.decision, answer.answered_at, answer.withdrawn_at,
           answer.answered_by_id, reviewer.name, reviewer.roles,
           (answer.answered_at at time zone 'Europe/London')::date as day,
           case when answer.answered_at - answer.shown_at between interval '0' and {AT_MOST}
                then extract(epoch from answer.answered_at - answer.shown_at) end as seconds
    from people_linkanswer answer
    join access_user reviewer on reviewer.id = answer.answered_by_id
    where answer.answered_at >= %(first)s::timestamptz
      and answer.answered_at < %(after)s::timestamptz
)"""  # noqa: S608 - AT_MOST is ours

# The answers that stand, numbered within their question; "cannot tell" settles nothing.
STANDING = """
standing as (
    select review_id, decision, answered_at, answered_by_id,
           row_number() over (partition by review_id order by answered_at, id) as place
    from people_linkanswer
    where withdrawn_at is null and decision <> 'unsure'
)"""


def per_hour(timed: int, seconds: Decimal | None) -> Decimal | None:
    """Return how many answers an hour of looking gives, or None where no time is known."""
    if not seconds:
        return None
    return (timed * 3600 / Decimal(seconds)).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def roles_in_words(codes: list[str]) -> str:
    """Return the names of roles, as a row is called."""
    return ", ".join(ROLES[code].name for code in codes if code in ROLES) or "No role now"
