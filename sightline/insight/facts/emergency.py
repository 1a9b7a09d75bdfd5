"""Records that somebody opened in an emergency, and their reviews."""

from sightline.insight.facts.base import BOOL, DATE, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, among, changed

REVIEWED = "emergency.reviewed_at <= %(recorded)s"

EMERGENCY = Fact(
    name="emergency",
    words="One record that one user opened in an emergency.",
    columns={
        "emergency": Col(Kind.ID, "emergency"), "agency": TEXT,
        "opener": Col(Kind.ID, "user"), "day": DATE,
        "due": DATE,  # the last day of its review
        "reviewed": DATE, "justified": BOOL,  # null: not reviewed
    },
    live=f"""
select emergency.id, agency.name, emergency.opened_by_id,
       {LONDON_DAY.format("emergency.opened_at")}, emergency.review_by,
       case when {REVIEWED} then {LONDON_DAY.format("emergency.reviewed_at")} end,
       case when {REVIEWED} then emergency.justified end
from sharing_emergency emergency join access_agency agency on agency.id = emergency.agency_id
where {among("emergency.id")} and emergency.opened_at <= %(recorded)s
""",
    touched=f"""
select emergency.id from sharing_emergency emergency
where {changed("emergency.opened_at", "emergency.reviewed_at")}
""",
)  # fmt: skip
