"""Children who went back to whoever reported."""

from sightline.insight.facts.base import BOOL, DATE, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, among, changed

RETURNED = Fact(
    name="returned",
    words="One child who went back to one agency that reported.",
    columns={
        "back": Col(Kind.ID, "return"), "agency": TEXT, "day": DATE, "outcome": TEXT,
        "read": BOOL,
        "otherwise": BOOL,  # it was decided otherwise later
    },
    live=f"""
select back.id, agency.name, {LONDON_DAY.format("back.returned_at")}, decision.outcome,
       coalesce(back.read_at <= %(recorded)s, false),
       coalesce(decision.replaced_at <= %(recorded)s, false)
from meetings_returnedtoreferrer back
join meetings_decision decision on decision.id = back.decision_id
join access_agency agency on agency.id = back.agency_id
where {among("back.id")} and back.returned_at <= %(recorded)s
""",
    touched=f"""
select back.id from meetings_returnedtoreferrer back
join meetings_decision decision on decision.id = back.decision_id
where {changed("back.returned_at", "back.read_at", "decision.replaced_at")}
""",
)  # fmt: skip
