"""People as they were mentioned, by sender and day: how many are known to be who."""

from sightline.insight.facts.base import DATE, INT, TEXT, Fact
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    LONDON_DAY,
    NOTIFICATION_HOLDS,
    SENDERS_DAY,
    SENDERS_DAY_AMONG,
    has_changed,
    holds,
    in_steps,
)
from sightline.insight.facts.waited import OUTCOMES, OVER_AT

# A question that was over before it was asked again, was not asked then.
ASKED = f"""
    {holds("review.asked_at", OVER_AT, "linked")}
    and not exists (
        select from people_earlieroutcome earlier
        where earlier.review_id = review.id
          and {holds("earlier.over_at", "earlier.again_at", "linked")}
    )
"""
MENTIONED = f"""
mentioned as (
    select force.name as force, {LONDON_DAY.format("notification.notified_at")} as day,
           mention.given_name = '' and mention.presence <> 'unborn' as nameless,
           mention.birth_date is null and mention.presence <> 'unborn' as ageless,
           not exists (select from people_link link
                       where link.mention_id = mention.id and {LINK_HOLDS}) as unlinked,
           exists (select from people_linkreview review
                   where review.mention_id = mention.id and {ASKED}) as asked
    from intake_notification notification
    join access_agency force on force.id = notification.sender_id
    join people_mention mention on mention.source_id = notification.source_id
    where {SENDERS_DAY_AMONG} and {NOTIFICATION_HOLDS}
)"""
BY_DAY = """
select force, day, count(*)::int, count(*) filter (where unlinked)::int,
       count(*) filter (where asked)::int, count(*) filter (where nameless)::int,
       count(*) filter (where ageless)::int
from mentioned group by force, day
"""
TOUCHED = f"""
select {SENDERS_DAY} from intake_notification notification
where {has_changed("notification")}
union
select {SENDERS_DAY}
from intake_notification notification
join people_mention mention on mention.source_id = notification.source_id
where mention.id in (
    select link.mention_id from people_link link where {has_changed("link")}
    union
    select review.mention_id from people_linkreview review where review.id in ({OUTCOMES})
)
"""

MENTIONED_BY_DAY = Fact(
    name="mentioned",
    words="The people mentioned in the notifications of one sender and day.",
    columns={
        "force": TEXT, "day": DATE, "mentions": INT,
        "unlinked": INT,  # not yet said who it is, by the machine or by anybody
        "asked": INT,  # somebody is asked whether it is a known person
        "nameless": INT, "ageless": INT,  # no first name, no date of birth; the unborn aside
    },
    live=in_steps(MENTIONED, then=BY_DAY),
    touched=TOUCHED,
)  # fmt: skip
