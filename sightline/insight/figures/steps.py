"""Steps that several figures begin with. `notified` takes the period; the others follow it."""


def in_steps(*steps: str, then: str) -> str:
    """Return the query whose named steps are these, in their order, and whose answer is `then`."""
    return f"with {', '.join(steps)} {then}"


# The notifications of the period that hold: no newer version has taken their place.
NOTIFIED = """
notified as (
    select id, sender_id, reference, source_id, notified_at,
           (notified_at at time zone 'Europe/London')::date as day
    from intake_notification
    where superseded_at is null
      and source_id is not null
      and notified_at >= %(first)s::timestamptz
      and notified_at < %(after)s::timestamptz
)"""

# One row for each child of each of them: the person that the mention is linked to now.
CONTACT = """
contact as (
    select distinct notified.id as notification_id, notified.sender_id, notified.reference,
           notified.notified_at, notified.day, link.person_id
    from notified
    join people_mention mention
      on mention.source_id = notified.source_id and mention.role = 'child'
    join people_link link on link.mention_id = mention.id and link.ended_at is null
)"""
