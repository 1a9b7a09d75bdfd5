"""What agencies agreed to after MARAC hearings becomes actions like any other, with its history."""

from django.db import migrations

ACTIONS = """
    insert into actions_action (
        hearing_id, agency_id, kind, what, due_on, due_because, agreed_at, agreed_by_id,
        accepted_at, accepted_by_id, started_at, started_by_id, completed_at, completed_by_id,
        note, done_on, seen_by, ending, ended_at, ended_by_id, ended_because, closed_because)
    select hearing_id, agency_id, '', what, due_on, '', agreed_at, agreed_by_id,
        case when done then ended_at end, case when done then ended_by_id end,
        case when done then ended_at end, case when done then ended_by_id end,
        case when done then ended_at end, case when done then ended_by_id end,
        case when done then note else '' end,
        case when done then (ended_at at time zone 'Europe/London')::date end,
        '', case when done = false then 'not_possible' else '' end,
        case when done = false then ended_at end, case when done = false then ended_by_id end,
        case when done = false then note else '' end, ''
    from meetings_maracaction
"""
# A note is only ever written when an action ends, so that what it was before is known from the rest.
HISTORY = """
    insert into actions_actionevent (
        pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, id,
        hearing_id, agency_id, kind, what, due_on, due_because, agreed_at, agreed_by_id,
        accepted_at, accepted_by_id, started_at, started_by_id, completed_at, completed_by_id,
        note, done_on, seen_by, ending, ended_at, ended_by_id, ended_because, closed_because)
    select event.pgh_created_at, event.pgh_label, action.id, event.pgh_context_id, action.id,
        event.hearing_id, event.agency_id, '', event.what, event.due_on, '', event.agreed_at,
        event.agreed_by_id,
        case when done then event.ended_at end, case when done then event.ended_by_id end,
        case when done then event.ended_at end, case when done then event.ended_by_id end,
        case when done then event.ended_at end, case when done then event.ended_by_id end,
        case when done then event.note else '' end,
        case when done then (event.ended_at at time zone 'Europe/London')::date end,
        '', case when done = false then 'not_possible' else '' end,
        case when done = false then event.ended_at end,
        case when done = false then event.ended_by_id end,
        case when done = false then event.note else '' end, ''
    from meetings_maracactionevent event
    join actions_action action on action.hearing_id = event.hearing_id
        and action.agency_id = event.agency_id and action.what = event.what
"""


class Migration(migrations.Migration):
    dependencies = [("actions", "0008_marac_actions"), ("meetings", "0004_decision_recorded")]

    operations = [
        migrations.RunSQL(ACTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
    ]
