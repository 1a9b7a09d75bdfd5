"""Cases that a MARAC heard: the two people, who referred them, and their children."""

from sightline.insight.facts.base import BOOL, DATE, INT, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    LONDON_DAY,
    among,
    changed,
    has_changed,
    in_steps,
)

OLD = "extract(year from age(heard.day, {}))::int"


# Who those spoken of in referrals were, by the links that held at the moment.
WHO = f"""
who as (
    select link.mention_id, link.person_id from people_link link
    join people_mention said on said.id = link.mention_id
    left join intake_notification notification on notification.source_id = said.source_id
    where {LINK_HOLDS} and link.mention_id in (
        select victim_id from meetings_maracreferral
        union all select perpetrator_id from meetings_maracreferral
    )
)"""
HEARD = f"""
heard as (
    select hearing.id, hearing.meeting_id, {LONDON_DAY.format("hearing.heard_at")} as day,
           referral.criteria @> '[{{"id": "repeat"}}]' as repeat, agency.kind as referred_by,
           mention.source_id, mention.ethnicity,
           coalesce(mention.detail ->> 'disability', '') <> '' as disabled,
           victim.person_id as victim_id, perpetrator.person_id as perpetrator_id
    from meetings_marachearing hearing
    join meetings_maracreferral referral on referral.id = hearing.referral_id
    join access_agency agency on agency.id = referral.agency_id
    join people_mention mention on mention.id = referral.victim_id
    left join who victim on victim.mention_id = referral.victim_id
    left join who perpetrator on perpetrator.mention_id = referral.perpetrator_id
    where {among("hearing.id")} and hearing.heard_at <= %(recorded)s
)"""
CHILDREN = f"""
children as (
    select heard.id, count(distinct link.person_id)::int as many
    from heard
    join people_mention child on child.source_id = heard.source_id and child.role = 'child'
    join people_link link on link.mention_id = child.id
    left join intake_notification notification on notification.source_id = child.source_id
    where {LINK_HOLDS}
    group by heard.id
)"""
CASES = f"""
select heard.id, heard.meeting_id, heard.day, heard.repeat, heard.referred_by,
       coalesce(children.many, 0), heard.ethnicity, heard.disabled, coalesce(victim.sex, ''),
       {OLD.format("victim.birth_date")}, {OLD.format("perpetrator.birth_date")}
from heard
left join children on children.id = heard.id
left join people_person victim on victim.id = heard.victim_id
left join people_person perpetrator on perpetrator.id = heard.perpetrator_id
"""
# Who the two are, and which children are theirs, changes with links of what names them.
TOUCHED = f"""
select hearing.id from meetings_marachearing hearing where {changed("hearing.heard_at")}
union
select hearing.id
from people_link link
join people_mention named on named.id = link.mention_id
join people_mention said on said.source_id = named.source_id
join meetings_maracreferral referral on said.id in (referral.victim_id, referral.perpetrator_id)
join meetings_marachearing hearing on hearing.referral_id = referral.id
where {has_changed("link")}
"""

HEARD_CASE = Fact(
    name="heard",
    words="One hearing of a victim and a perpetrator at a MARAC.",
    columns={
        "hearing": Col(Kind.ID, "hearing"), "meeting": Col(Kind.ID, "meeting"), "day": DATE,
        "repeat": BOOL, "referred_by": TEXT,  # the kind of agency
        "children": INT,
        "ethnicity": TEXT, "disabled": BOOL, "sex": TEXT, "victim_age": INT,  # of the victim
        "perpetrator_age": INT,  # both in whole years on the day; null: not known
    },
    live=in_steps(WHO, HEARD, CHILDREN, then=CASES),
    touched=TOUCHED,
)  # fmt: skip
