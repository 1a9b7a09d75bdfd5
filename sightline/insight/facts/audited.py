"""What audits of files found, theme by theme."""

from sightline.insight.facts.base import DATE, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, among, changed, holds

AUDITED = Fact(
    name="audited",
    words="One theme of one audit of a child's file that stands.",
    columns={"audit": Col(Kind.ID, "audit"), "council": TEXT, "day": DATE, "theme": TEXT,
             "met": TEXT},
    live=f"""
select audit.id, council.name, {LONDON_DAY.format("audit.recorded_at")}, found.theme, found.met
from assurance_fileaudit audit
join assurance_themefound found on found.audit_id = audit.id
join access_agency council on council.id = audit.council_id
where {among("audit.id")} and {holds("audit.recorded_at", "audit.withdrawn_at", "recorded")}
""",
    touched=f"""
select audit.id from assurance_fileaudit audit
where {changed("audit.recorded_at", "audit.withdrawn_at")}
""",
)  # fmt: skip
