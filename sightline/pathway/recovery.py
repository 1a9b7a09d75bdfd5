"""Nothing stays where a crash left it.

A worker that was killed leaves its task marked as being done: after half a minute without a sign
of life it is given back. So is a task that takes far too long: its worker lives, but could not
write down how the task ended. And whatever the queue says, a notification that has not gone its
way some minutes after it came is sent on it again; every stage may be run twice.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from sightline.common.announce import announce
from sightline.encompass.passing import worth_sending
from sightline.intake.models import ImportFile, Notification

PATIENCE = timedelta(minutes=2)
DEAD_AFTER = 30.0  # seconds without a heartbeat
LONGEST = 15 * 60.0  # seconds; of an import that takes longer, a second run waits for the first
BATCH = 500

# A worker that stops cleanly takes its row with it: a job whose worker is gone or silent is lost.
# One that is locked is being ended, or given back, just now.
LOST_JOBS = """
    select job.id from procrastinate_jobs job
    left join procrastinate_workers worker on worker.id = job.worker_id
    where job.status = 'doing'
      and (worker.id is null
           or worker.last_heartbeat < now() - make_interval(secs => %s)
           or (select max(event.at) from procrastinate_events event
               where event.job_id = job.id and event.type = 'started')
              < now() - make_interval(secs => %s))
    for update of job skip locked
"""
WAITING = """
    select (args->>'subject')::bigint from procrastinate_jobs
    where status in ('todo', 'doing') and task_name = any(%s)
      and (args->>'subject')::bigint = any(%s)
"""


@transaction.atomic
def give_back_lost_jobs(*, dead_after: float = DEAD_AFTER, longest: float = LONGEST) -> int:
    """Put the tasks of dead workers back into the queue, and lost ones. Returns how many.

    dead_after, longest: seconds since the worker's last heartbeat, and since the task was started.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOST_JOBS, [dead_after, longest])
        lost = [row[0] for row in cursor.fetchall()]
        for job in lost:
            cursor.execute("select procrastinate_retry_job_v2(%s, now(), null, null, null)", [job])
    return len(lost)


@transaction.atomic
def send_on_their_way(now: datetime) -> int:
    """Start again what has come and not arrived. Returns how many notifications and notices."""
    stuck = Notification.objects.filter(opened_at__isnull=True, received_at__lt=now - PATIENCE)
    if _back_load_under_way():
        stuck = stuck.filter(history=False)
    found = stuck.order_by("pk").values_list("pk", "source_id")[:BATCH]
    kept = [notification for notification, source in found if source is None]
    recorded = [source for _, source in found if source is not None]
    return (
        _start_again("notification.received", ["record"], kept)
        + _start_again("source.recorded", ["link", "tell_schools", "open_case"], recorded)
        + _start_again("notice.made", ["send_notice"], worth_sending(now, now - PATIENCE))
    )


def _back_load_under_way() -> bool:
    """A back-load is linked together once all of it is in; its task goes on after a crash."""
    files = ImportFile.objects.filter(history=True, started_at__isnull=False)
    return files.filter(finished_at__isnull=True).exists()


def _start_again(happening: str, tasks: Iterable[str], subjects: Collection[int]) -> int:
    """Announce what has none of these tasks waiting or under way. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [list(tasks), list(subjects)])
        idle = set(subjects) - {row[0] for row in cursor.fetchall()}
    for subject in sorted(idle):
        announce(happening, subject)
    return len(idle)
