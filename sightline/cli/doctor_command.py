"""sightline doctor: what is running, on which database, what is wrong and how to mend it."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sightline.cli.boot import boot, say
from sightline.config.database import Connections, data_folder

NEWEST_SEALS = 300  # of each log: a day and more of them
HELP = "say what is running, on which database, what is wrong and how to mend it"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all-seals", action="store_true", help="check every seal of the logs, not the newest only"
    )


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, what was found, and what to do if it is not."""

    well: bool
    what: str
    mend: str = ""


def run(options: Any) -> int:
    """Print every finding; 0 when all is well, 1 when something is not."""
    found = boot(options.data, prepare=False)
    seals = None if options.all_seals else NEWEST_SEALS
    findings = list(look(found, str(data_folder(options.data)), seals))
    for finding in findings:
        say(f"{'ok   ' if finding.well else 'WRONG'}  {finding.what}")
        if not finding.well:
            say(f"       {finding.mend}")
    return 0 if all(finding.well for finding in findings) else 1


def look(found: Connections, folder: str, seals: int | None = NEWEST_SEALS) -> Iterator[Finding]:
    """Yield the findings, cheapest first; nothing personal in any of them.

    seals: how many of each log's newest seals are checked; None for all.
    """
    yield Finding(True, f"data folder {folder}")
    yield from _database(found)
    if not (yield from _tables()):
        return
    yield from _work()
    yield from _vault()
    yield from _logs(seals)
    yield _second_step()
    yield _frontend()
    yield _mail()


def _database(found: Connections) -> Iterator[Finding]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version'), current_user, session_user")
        version, role, login = cursor.fetchone()
    kind = "embedded" if found.embedded else "given by DATABASE_URL"
    yield Finding(True, f"PostgreSQL {version}, {kind}, web and worker act as {role}")
    yield Finding(
        role == login,
        "web and worker sign in as a role that owns nothing",
        "They sign in as the owner and drop its rights. Give web and worker a login of their own "
        "in DATABASE_URL and the owner's in DATABASE_OWNER_URL.",
    )


def _tables() -> Any:
    from sightline.config.schema import is_current

    current = is_current()
    yield Finding(
        current,
        "tables are up to date" if current else "tables are not up to date",
        "Run `sightline serve` (or `demo`), which brings them up to date.",
    )
    return current


def _work() -> Iterator[Finding]:
    from sightline.common.clock import now
    from sightline.encompass.models import Notice
    from sightline.intake.models import ImportFile, Notification, Refusal
    from sightline.pathway.health import failed_tasks, worker_is_alive
    from sightline.pathway.recovery import PATIENCE

    stuck = Notification.objects.filter(opened_at=None, received_at__lt=now() - PATIENCE).count()
    yield Finding(True, f"{Notification.objects.count()} notifications are held")
    yield Finding(
        stuck == 0,
        f"{stuck} notifications have not gone their whole way",
        "Is the worker running? It sends them on every minute; the log says why one fails.",
    )
    alive = worker_is_alive()
    yield Finding(
        alive, f"a worker is {'alive' if alive else 'not running'}", "Run `sightline serve`."
    )
    failed = failed_tasks()
    yield Finding(
        failed == 0, f"{failed} tasks have failed for good", "See the log for their places."
    )
    late = Notice.objects.filter(
        sent_at=None, received_at=None, withdrawn_at=None, due_at__lt=now()
    ).count()
    yield Finding(
        late == 0,
        f"{late} schools have not been told and the time is over",
        "Open the worklist: it says for each why, and the school must be rung.",
    )
    waiting = ImportFile.objects.filter(started_at__isnull=False, finished_at=None).count()
    yield Finding(
        True, f"{waiting} files are being imported, {Refusal.objects.count()} bodies were refused"
    )


def _logs(newest: int | None) -> Iterator[Finding]:
    from sightline.audit.sealing import broken, heads

    for log, head in heads().items():
        yield Finding(True, f"{log} is sealed; keep this elsewhere too: {head.pk} {head.digest}")
    misfits = list(broken(newest))
    for misfit in misfits:
        one = misfit.seal
        yield Finding(
            False,
            f"{one.log}: the seal {one.pk} of {one.sealed_at:%Y-%m-%d %H:%M} is broken, "
            f"{misfit.because}",
            "Somebody may have altered the log. Keep the database as it is, and tell the "
            "information governance lead.",
        )
    yield Finding(not misfits, "the seals of the logs fit", "See above.")


def _vault() -> Iterator[Finding]:
    from sightline.vault.keys import ring
    from sightline.vault.rotating import keys_in_use, missing_keys

    keys, missing = ring().keys, missing_keys()
    yield Finding(
        bool(keys),
        f"the vault has {len(keys)} keys" if keys else "the vault has no key: nothing can be kept",
        "Set SIGHTLINE_VAULT_KEYS (`sightline vault key` prints one), on every machine the same.",
    )
    yield Finding(
        not missing,
        "every entry of the vault has its key"
        if not missing
        else f"keys {', '.join(missing)} of "
        "the vault are missing: what they sealed cannot be opened, nor what leaves searched for it",
        "Put them back from where they are kept beside the backups, below the one in use.",
    )
    old = sum(count for key, count in keys_in_use().items() if key not in {k.id for k in keys[:1]})
    yield Finding(
        not old,
        f"{old} entries of the vault are sealed with an old key" if old else
        "the vault is sealed with the key in use",
        "Run `sightline vault rotate`.",
    )  # fmt: skip


def _second_step() -> Finding:
    from django.conf import settings

    asked = settings.SECOND_FACTOR
    return Finding(
        asked or settings.DEMO,
        "everybody is asked for a second step" if asked else "a password alone lets people in",
        "Take SIGHTLINE_SECOND_FACTOR=off away: it is for demonstrations.",
    )


def _frontend() -> Finding:
    from django.contrib.staticfiles import finders

    there = finders.find("vendor/govuk-frontend.min.css") is not None
    return Finding(
        there,
        "the frontend's files are there" if there else "no frontend files",
        "Run `make assets`.",
    )


def _mail() -> Finding:
    from django.conf import settings

    if settings.EMAIL_FILE_PATH:
        return Finding(True, f"mail is written to files in {settings.EMAIL_FILE_PATH}")
    if settings.NOTIFY_KEY:
        return Finding(
            bool(settings.NOTIFY_TEMPLATE and settings.NOTIFY_RECEIPTS_TOKEN),
            "mail goes to GOV.UK Notify, which says what it could not deliver",
            "Set SIGHTLINE_NOTIFY_TEMPLATE and SIGHTLINE_NOTIFY_RECEIPTS_TOKEN.",
        )
    return Finding(True, f"mail goes to {settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
