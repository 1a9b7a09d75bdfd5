"""What the machine made of the people whom sources name, by day: joined, asked about, or new."""

from sightline.insight.facts.base import DATE, INT, TEXT, Fact
from sightline.insight.facts.steps import (
    DAYS,
    LONDON_DAY,
    OF_ITS_VERSION,
    changed,
    has_changed,
    in_steps,
    last_change,
)

DAY = LONDON_DAY.format("link.decided_at")
NUMBER = f"({DAY} - date '2000-01-01')"  # of a day: what it is looked up by

LINKS_AMONG = f"""
    (%(touched)s::bigint[] is null or link.id = any(array(
        select link.id from {DAYS} join people_link link
          on {last_change("link")} >= asked.begins
             and link.decided_at >= asked.begins and link.decided_at < asked.ends
    )))
"""
# The first link of each mention that the machine weighed; what came of it later is not its band.
FIRST = f"""
first as (
    select {DAY} as day, link.model, link.weight is not null as joined,
           exists (
               select from people_linkreview review
               where review.mention_id = link.mention_id and review.kind = 'same'
                 and review.asked_at <= %(linked)s
           ) as asked
    from people_link link
    join people_mention mention on mention.id = link.mention_id
    left join intake_notification notification on notification.source_id = mention.source_id
    where {LINKS_AMONG} and link.model not in ('human', 'unborn')
      and link.decided_at <= {OF_ITS_VERSION}
      and not exists (
          select from people_link earlier
          where earlier.mention_id = link.mention_id and earlier.id < link.id
      )
)"""
BY_DAY = """
select day, model, count(*)::int, count(*) filter (where joined)::int,
       count(*) filter (where asked and not joined)::int
from first group by day, model
"""
TOUCHED = f"""
select {NUMBER} from people_link link where {has_changed("link")} and ({changed("link.decided_at")})
union
select {NUMBER}
from people_linkreview review join people_link link on link.mention_id = review.mention_id
where {has_changed("review")}
"""

COMPARED = Fact(
    name="compared",
    words="Those whom one version of the comparison first said who they are on one day.",
    columns={
        "day": DATE, "model": TEXT, "people": INT,
        "joined": INT,  # to somebody known
        "asked": INT,  # not joined, and somebody is asked who it is
    },
    live=in_steps(FIRST, then=BY_DAY),
    touched=TOUCHED,
)  # fmt: skip
