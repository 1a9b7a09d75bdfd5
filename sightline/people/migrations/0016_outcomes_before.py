"""What had come of questions before they were asked again, and with which roles people answered:
as the histories of both tables have it, which were kept from the beginning."""

from django.db import migrations

OUTCOMES = """
insert into people_earlieroutcome (review_id, decision, over_at, again_at)
select review.id, was.decision, was.over_at, was.again_at
from (
    select pgh_obj_id, decision, coalesce(decided_at, closed_at) as over_at,
           lead(pgh_created_at) over in_turn as again_at,
           lead(coalesce(decided_at, closed_at)) over in_turn as still_over
    from people_linkreviewevent where pgh_label = 'update'
    window in_turn as (partition by pgh_obj_id order by pgh_id)
) was
join people_linkreview review on review.id = was.pgh_obj_id
where was.over_at is not null and was.again_at is not null and was.still_over is null
"""
ROLES = """
update people_linkanswer answer
set roles = coalesce((
    select event.roles from access_userevent event
    where event.pgh_obj_id = answer.answered_by_id and event.pgh_created_at <= answer.answered_at
    order by event.pgh_id desc limit 1
), reviewer.roles)
from access_user reviewer
where reviewer.id = answer.answered_by_id
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0015_outcomes_kept"), ("access", "0001_initial")]
    operations = [
        migrations.RunSQL(OUTCOMES, migrations.RunSQL.noop),
        migrations.RunSQL(ROLES, migrations.RunSQL.noop),
    ]
