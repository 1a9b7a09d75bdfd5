"""How long each step takes: screening, deciding, answering, accepting, starting, completing."""

from sightline.insight.facts.base import DATE, INT, TEXT, Fact
from sightline.insight.facts.steps import LONDON_DAY, MOMENT, in_steps

SCREENED = """
    select 'screened' as step, 'The screening team' as agency, screening.opened_at as began,
           (select min(result.set_at) from screening_scaleresult result
            where result.screening_id = screening.id) as done,
           screening.withdrawn_at as ended
    from screening_screening screening where not screening.imported
"""
DECIDED = """
    select 'decided', 'The screening team', screening.opened_at,
           (select min(decision.decided_at) from meetings_decision decision
            where decision.screening_id = screening.id),
           screening.withdrawn_at
    from screening_screening screening where not screening.imported
"""
ANSWERED = """
    select 'answered', coalesce(agency.name, 'No agency chosen'), request.asked_at,
           (select min(answer.answered_at) from research_researchanswer answer
            where answer.request_id = request.id),
           request.withdrawn_at
    from research_researchrequest request
    left join access_agency agency on agency.id = request.agency_id
"""
OF_ACTION = """
    select '{step}', agency.name, action.agreed_at, action.{step}_at, action.ended_at
    from actions_action action join access_agency agency on agency.id = action.agency_id
"""
ACTIONS = [OF_ACTION.format(step=step) for step in ("accepted", "started", "completed")]
CLOCKS = f"clocks as ({' union all '.join((SCREENED, DECIDED, ANSWERED, *ACTIONS))})"
READ = f"""
read as (
    select step, agency, began, case when done <= {MOMENT} then done end as done,
           case when ended <= {MOMENT} then ended end as ended
    from clocks where began <= {MOMENT}
)"""
IN_HOURS = f"""
select step, agency, {LONDON_DAY.format("began")},
       floor(extract(epoch from done - began) / 3600)::int,
       case when done is null and ended is null
            then floor(extract(epoch from {MOMENT} - began) / 3600)::int end
from read where done is not null or ended is null
"""

TIMED = Fact(
    name="timed",
    words="One step that somebody has taken, or is still to take.",
    columns={
        "step": TEXT, "agency": TEXT, "day": DATE,  # on which its clock began
        "hours": INT,  # whole hours until it was taken; null: it is not
        "waiting": INT,  # whole hours that it has been waiting for, of those not taken
    },
    live=in_steps(CLOCKS, READ, then=IN_HOURS),
)  # fmt: skip
