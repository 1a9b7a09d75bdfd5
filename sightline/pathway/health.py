"""Is the queue alive? For health endpoints and `sightline doctor`."""

from django.db import connection

from sightline.pathway.recovery import DEAD_AFTER


def worker_is_alive() -> bool:
    """Whether some worker gave a sign of life within the last half minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from procrastinate_workers"
            " where last_heartbeat > now() - make_interval(secs => %s))",
            [DEAD_AFTER],
        )
        return bool(cursor.fetchone()[0])


def failed_tasks() -> int:
    """How many tasks have used up all their tries."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'failed'")
        return int(cursor.fetchone()[0])
