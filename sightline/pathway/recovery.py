"""Nothing stays where a crash left it.

A worker that was killed leaves its task marked as being done: after half a minute without a sign
of life it is given back. And whatever the queue says, a notification that has not gone its way
some minutes after it came is sent on it again; every stage may be run twice.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from sightline.common.announce import announce
from sightline.encompass.models import Notice
from sightline.intake.models import Notification

PATIENCE = timedelta(minutes=2)
DEAD_AFTER = 30  # seconds without a heartbeat
BATCH = 500

# A worker that stops cleanly takes its row with it; a job whose worker is gone or silent is lost.
LOST_JOBS = """
    select job.id from procrastinate_jobs job
    left join procrastinate_workers worker on worker.id = job.worker_id
    where job.status = 'doing'
      and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => %s))
"""


@transaction.atomic
def give_back_lost_jobs(*, dead_after: float = DEAD_AFTER) -> int:
    """Put the tasks of dead workers back into the queue. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(LOST_JOBS, [dead_after])
        lost = [row[0] for row in cursor.fetchall()]
        for job in lost:
            cursor.execute("select procrastinate_retry_job_v2(%s, now(), null, null, null)", [job])
    return len(lost)


def send_on_their_way(now: datetime) -> int:
    """Start again what has come and not arrived. Returns how many notifications and notices."""
    stuck = Notification.objects.filter(opened_at__isnull=True, received_at__lt=now - PATIENCE)
    started = 0
    for notification, source in stuck.values_list("pk", "source_id")[:BATCH]:
        if source is None:
            started += _once("notification.received", "record", notification)
        else:
            started += _once("source.recorded", "link", source)
    return started + _unsent(now)


def _unsent(now: datetime) -> int:
    notices = Notice.objects.filter(
        sent_at__isnull=True, withdrawn_at__isnull=True, school__isnull=False,
        made_at__lt=now - PATIENCE, no_school_because="",
    ).values_list("pk", flat=True)  # fmt: skip
    return sum(_once("notice.made", "send_notice", notice) for notice in notices[:BATCH])


def _once(happening: str, task: str, subject: int) -> bool:
    """Announce again what has no task waiting. Returns whether it was announced."""
    if _is_waiting(task, subject):
        return False
    announce(happening, subject)
    return True


def _is_waiting(task: str, subject: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from procrastinate_jobs where status in ('todo', 'doing')"
            " and task_name = %s and (args->>'subject')::bigint = %s)",
            [task, subject],
        )
        return bool(cursor.fetchone()[0])
