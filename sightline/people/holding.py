"""One at a time: linking and changing links would otherwise make one person twice."""

from django.db import connection

LINKING = 7_204_001  # advisory lock


def hold_links() -> None:
    """Let nobody else link or change links until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.rows("select pg_advisory_xact_lock(%s)", [LINKING])
