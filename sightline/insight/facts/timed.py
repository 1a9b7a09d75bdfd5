"""How long each step takes: screening, deciding, answering, accepting, starting, completing."""

from sightline.insight.facts.base import DATE, INT, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import (
    ASKED_AGENCY,
    ASKED_AT,
    LONDON_DAY,
    MINUTE,
    MOMENT,
    changed,
    has_changed,
    in_steps,
)

# The things whose clocks run, told apart by what is left when their numbers are divided.
SCREENING, REQUEST, ACTION, KINDS = 0, 1, 2, 3


def _clock(thing: str, kind: int) -> str:
    """The number of a clock: of a thing of this kind."""
    return f"{thing}.id * {KINDS} + {kind}"


def _among(thing: str, kind: int) -> str:
    return f"""
    (%(touched)s::bigint[] is null or {thing}.id = any(array(
        select clock / {KINDS} from unnest(%(touched)s::bigint[]) as one (clock)
        where mod(clock, {KINDS}) = {kind}
    )))
    """


# What was decided without a scale waits for none.
SCREENED = f"""
    select {_clock("screening", SCREENING)} as clock, 'screened' as step,
           'The screening team' as agency, screening.opened_at as began,
           (select min(result.set_at) from screening_scaleresult result
            where result.screening_id = screening.id) as done,
           least(screening.withdrawn_at, (
               select min(decision.decided_at) from meetings_decision decision
               where decision.screening_id = screening.id
           )) as ended
    from screening_screening screening
    where not screening.imported and {_among("screening", SCREENING)}
"""
DECIDED = f"""
    select {_clock("screening", SCREENING)}, 'decided', 'The screening team', screening.opened_at,
           (select min(decision.decided_at) from meetings_decision decision
            where decision.screening_id = screening.id),
           screening.withdrawn_at
    from screening_screening screening
    where not screening.imported and {_among("screening", SCREENING)}
"""
ANSWERED = f"""
    select {_clock("request", REQUEST)}, 'answered',
           coalesce(agency.name, 'No agency chosen'), {ASKED_AT},
           (select min(answer.answered_at) from research_researchanswer answer
            where answer.request_id = request.id),
           request.withdrawn_at
    from research_researchrequest request
    left join access_agency agency on agency.id = {ASKED_AGENCY}
    where {_among("request", REQUEST)}
"""
STEPS = ("accepted", "started", "completed")
ACTIONS = [
    f"""
    select {_clock("action", ACTION)}, '{step}', agency.name, action.agreed_at, action.{step}_at,
           action.ended_at
    from actions_action action join access_agency agency on agency.id = action.agency_id
    where {_among("action", ACTION)}
"""
    for step in STEPS
]
CLOCKS = f"clocks as ({' union all '.join((SCREENED, DECIDED, ANSWERED, *ACTIONS))})"
READ = f"""
read as (
    select clock, step, agency, began, case when done <= {MOMENT} then done end as done,
           case when ended <= {MOMENT} then ended end as ended
    from clocks where began <= {MOMENT}
)"""
IN_HOURS = f"""
select clock, step, agency, {LONDON_DAY.format("began")},
       floor(extract(epoch from done - began) / 3600)::int,
       case when done is null and ended is null then {MINUTE.format("began")} end
from read where done is not null or ended is null
"""
OF_SCREENINGS = f"""
    select screening.id from screening_screening screening
    where {has_changed("screening")}
    union
    select result.screening_id from screening_scaleresult result where {changed("result.set_at")}
    union
    select decision.screening_id from meetings_decision decision
    where {has_changed("decision")}
"""
OF_REQUESTS = f"""
    select request.id from research_researchrequest request
    where {has_changed("request")}
    union
    select answer.request_id from research_researchanswer answer
    where {has_changed("answer")}
"""
OF_ACTIONS = f"""
    select action.id from actions_action action
    where {has_changed("action")}
"""
TOUCHED = " union all ".join(
    f"select {_clock('thing', kind)} from ({found}) as thing (id)"
    for found, kind in ((OF_SCREENINGS, SCREENING), (OF_REQUESTS, REQUEST), (OF_ACTIONS, ACTION))
)

TIMED = Fact(
    name="timed",
    words="One step that somebody has taken, or is still to take.",
    columns={
        "clock": Col(Kind.ID, "clock"),  # of what it is a step
        "step": TEXT, "agency": TEXT, "day": DATE,  # on which its clock began
        "hours": INT,  # whole hours until it was taken; null: it is not
        "waiting": INT,  # the minute since which it waits, of those not taken
    },
    live=in_steps(CLOCKS, READ, then=IN_HOURS),
    touched=TOUCHED,
)  # fmt: skip
