"""What was known when: the conditions and steps with which facts are read as at a moment.

There are four moments, so that a difference between two days can be taken apart by its causes:
`arrived` is for notifications as first sent, `corrected` for their newer versions, `linked` for who
is who, `recorded` for everything else that people write down. To read as at one moment all four
are that moment.
"""

from collections.abc import Iterable

from sightline.rules.repeats import BANDS


def in_steps(*steps: str, then: str) -> str:
    """Return the query whose named steps are these, in their order, and whose answer is `then`."""
    return f"with {', '.join(steps)} {then}"


def holds(begun: str, over: str, at: str) -> str:
    """Return the condition that something had begun, and was not over, at one of the moments."""
    return f"({begun} <= %({at})s and ({over} is null or {over} > %({at})s))"


# When a row can change, by what its table is called in a query, in the order of the index by which
# its last change is found (common/models.last_change).
MOMENTS = {
    "action": ("agreed", "accepted", "started", "completed", "ended", "carried"),
    "answer": ("answered", "superseded"),
    "care": ("recorded", "ended_recorded", "said_again"),
    "decision": ("decided", "recorded", "replaced"),
    "link": ("decided", "ended"),
    "notice": ("made", "withdrawn", "sent", "received", "due"),
    "notification": ("received", "superseded"),
    "request": ("raised", "asked", "raised_due", "due", "withdrawn"),
    "review": ("asked", "decided", "closed"),
    "screening": ("opened", "withdrawn"),
}


def last_change(table: str) -> str:
    """Return when a row last changed, as the index has it."""
    return f"greatest({', '.join(f'{table}.{moment}_at' for moment in MOMENTS[table])})"


def has_changed(table: str) -> str:
    """Return the condition that a row may have changed in what is looked at for changes. What
    changed later still is let through too: it is compared, and found to be as it was."""
    return f"{last_change(table)} > %(since)s"


def changed(*moments: str) -> str:
    """Return the condition that one of these moments lies in what is looked at for changes."""
    return " or ".join(f"({one} > %(since)s and {one} <= %(until)s)" for one in moments)


# Among things asked for is written with arrays: whether all are asked for is known when a statement
# is planned, and an array is then looked up by an index, where a set would be held to every row.


def among(column: str) -> str:
    """Return the condition that it is one of the things asked for, or that all are."""
    return f"(%(touched)s::bigint[] is null or {column} = any(%(touched)s::bigint[]))"


OF_ITS_VERSION = (
    "case when coalesce(notification.version, 1) = 1 then %(arrived)s::timestamptz"
    " else %(corrected)s::timestamptz end"
)
# A notification that had come in and of which no newer version had taken the place.
NOTIFICATION_HOLDS = f"""
    notification.received_at <= {OF_ITS_VERSION}
    and (notification.superseded_at is null or notification.superseded_at > %(corrected)s)
"""
# The first link of a mention comes with what mentions it; every later one says anew who is who.
LINK_HOLDS = f"""
    (link.ended_at is null or link.ended_at > %(linked)s)
    and (
        link.decided_at <= %(linked)s
        or link.decided_at <= {OF_ITS_VERSION}
           and not exists (
               select from people_link earlier
               where earlier.mention_id = link.mention_id and earlier.decided_at < link.decided_at
           )
    )
"""


def listed(codes: Iterable[str]) -> str:
    """Return codes of ours as SQL lists them."""
    return ", ".join(f"'{code}'" for code in codes)


# When a clock began, as the minute since 1970: how long it has been running, the question works out
# of the minute at which it is asked, so that nothing known changes while time passes.
MINUTE = "floor(extract(epoch from {}) / 60)::int"
# The moment that is looked at, for clocks that nobody stopped: never later than now.
MOMENT = "least(%(recorded)s::timestamptz, now())"
LONDON_DAY = "({} at time zone 'Europe/London')::date"

# A question stands since it was raised; which agency is asked, with a clock of its own, may have
# been chosen later.
RAISED = "coalesce(request.raised_at, request.asked_at)"
CHOSEN = f"request.asked_at <= {MOMENT}"
ASKED_AT = f"case when {CHOSEN} then request.asked_at else {RAISED} end"
ASKED_DUE_AT = f"case when {CHOSEN} then request.due_at else request.raised_due_at end"
ASKED_AGENCY = f"case when {CHOSEN} then request.agency_id end"

# A number for a sender and a day: what facts about both together are looked up by.
SENDERS_DAY = (
    "(notification.sender_id * 100000 + ("
    + LONDON_DAY.format("notification.notified_at") + " - date '2000-01-01'))"
)  # fmt: skip
# When the days asked for began and ended, worked out first: with the policies on rows an index is
# read by plain moments only.
DAYS = """
    (select number / 100000 as sender_id,
            (date '2000-01-01' + day)::timestamp at time zone 'Europe/London' as begins,
            (date '2000-01-01' + day + 1)::timestamp at time zone 'Europe/London' as ends
     from unnest(%(touched)s::bigint[]) as one (number)
     cross join lateral (select mod(number, 100000)::int as day) as its
     offset 0) as asked
"""
SENDERS_DAY_AMONG = f"""
    (%(touched)s::bigint[] is null or notification.id = any(array(
        select that.id from {DAYS} join intake_notification that
          on that.sender_id = asked.sender_id
             and that.notified_at >= asked.begins and that.notified_at < asked.ends
    )))
"""

# The mention that a screening was about: a correction moves it on to the newer version's. Find it
# in a step of its own, before mentions are joined: not for each of them.
SCREENED_MENTION = """
    coalesce((
        select earlier.mention_id from screening_earliermention earlier
        where earlier.screening_id = screening.id and earlier.until > %(corrected)s
        order by earlier.until limit 1
    ), screening.mention_id)
"""
SCREENINGS_AMONG = """
    (%(touched)s::bigint[] is null or screening.id = any(array(
        select about.id from screening_screening about
        join people_link named on named.mention_id = about.mention_id
        where named.person_id = any(%(touched)s::bigint[])
        union
        select about.screening_id from screening_earliermention about
        join people_link named on named.mention_id = about.mention_id
        where named.person_id = any(%(touched)s::bigint[])
    )))
"""

# How many limits of rules/repeats the time since the previous notification has reached. Adding
# months to a date, each engine keeps the day or takes the last one of a shorter month, as the rule
# does; tests hold them together.
BAND = " + ".join(
    f"cast(day >= previous + interval '{size} {unit}' as integer)"
    for each in BANDS
    for size, unit in ((each.weeks * 7, "days"), (each.months, "months"))
    if size
)

# Persons of whom a change of links or a newer version may change what counts.
PERSONS_OF_LINKS = f"""
    select link.person_id from people_link link where {has_changed("link")}
    union
    select link.person_id
    from intake_notification notification
    join people_mention mention on mention.source_id = notification.source_id
    join people_link link on link.mention_id = mention.id
    where {has_changed("notification")}
"""
PERSONS_OF_CARE = f"""
    select link.person_id
    from actions_socialcareevent care
    join people_link link on link.mention_id = care.mention_id
    where {has_changed("care")}
"""
# Where a child lives as a notification has it, else where the incident was. `mention` and `source`
# are joined before.
POSTCODE = "coalesce(nullif(home.postcode, ''), nullif(mention.postcode, ''), scene.postcode)"
OF_HOMES = """left join people_household home on home.id = mention.household_id
    left join people_household scene on scene.id = source.household_id"""
PLACED = "coalesce(place.small_area, ''), coalesce(place.ward, '')"
