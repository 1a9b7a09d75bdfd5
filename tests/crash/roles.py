"""What each process of the crash tests does. Each may be killed at any moment and started again.

They are forked from a server that has everything imported already (preload.py), so that starting
again takes no time; the settings come from its environment.
"""

import itertools
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from gunicorn.app import wsgiapp as gunicorn
from procrastinate.contrib.django import app

from sightline import cli
from sightline.access import tokens
from sightline.access.models import Agency, AgencyKind, User
from sightline.cli.serve_command import WORKER, web_command
from sightline.common.clock import now
from sightline.common.wall import at_the_terminal
from sightline.config import schema
from sightline.demo.cast import build_cast
from sightline.encompass.emails import GIVEN_UP, UNDER_WAY
from sightline.intake.files.mapping import suggest
from sightline.intake.imports import choose_columns, start_import, upload
from sightline.intake.models import ImportFile, ImportKind
from sightline.pathway import recovery
from tests.crash.bodies import CORRECTED, HEADER, body, csv_file
from tests.crash.post import post

HEARTBEAT = 1.0  # seconds; a worker beats every ten, but tests need not wait that long
SILENT = 4.0  # seconds without a heartbeat after which its tasks are given back
LONG = 15.0  # seconds after which a task is given back whoever does it
PACE = 0.3  # seconds between two notifications
PAUSE = 0.3  # seconds between two files
ANSWERED, FILES = 25, 3  # so many at least, however slow the machine and early the end of the kills
SOME_REFUSED = 1  # how `sightline import` ends when some rows were refused, as in all our files
AGAIN = 0.2  # share of notifications that are sent once more, as if the answer had been lost

Sent = tuple[str, int]  # reference and version


def in_log(log: Path, role: Callable[..., object], *arguments: object) -> None:
    """Do what a role does; what it says goes to the log."""
    with open(log, "ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    role(*arguments)


def prepare(owner_url: str) -> str:
    """Make the tables and the cast. Returns the token with which the police's machine may send."""
    at_the_terminal()
    schema.prepare(owner_url)
    build_cast(now=now())
    by = User.objects.get(email="ig@castlebrook.example")
    return tokens.issue(agency=_police(), label="records system", by=by, now=now())[1]


def work() -> None:
    """Be the worker of `sightline serve`, with a quicker heart and a quicker eye."""
    app.worker_defaults["update_heartbeat_interval"] = HEARTBEAT
    call_command(*WORKER, "--fetch-job-polling-interval", "0.5")


def answer(path: Path) -> None:
    """Be the web server of `sightline serve`."""
    os.setsid()  # as the supervisor has it, so that what a killed server leaves behind can be ended
    sys.argv = web_command(f"unix:{path}")[2:]
    gunicorn.run()


def send(path: Path, token: str, answers: Path, enough: Path) -> None:
    """Send notifications until it is enough, writing down every answer once it is there.

    What has no answer is sent again first: nobody knows whether it was kept.
    """
    while True:
        answered = list(receipts(answers))
        again = bool(answered) and random.random() < AGAIN
        sent = random.choice(answered) if again else _first_not_in(answered)
        receipt = _receipt(path, token, sent)
        if receipt:
            _append(answers, json.dumps([*sent, receipt]))
        if receipt and not again and enough.exists() and len(answered) >= ANSWERED:
            return
        time.sleep(PACE)


def _first_not_in(answered: Sequence[Sent]) -> Sent:
    return next(sent for sent in _all_to_send() if sent not in answered)


def _all_to_send() -> Iterator[Sent]:
    for number in itertools.count():
        yield f"SENT-{number:04}", 1
        if number % CORRECTED == 0:
            yield f"SENT-{number:04}", 2


def receipts(answers: Path) -> dict[Sent, set[str]]:
    """Return every receipt that was answered, by reference and version."""
    found: dict[Sent, set[str]] = {}
    for line in answers.read_text().splitlines() if answers.exists() else ():
        reference, version, receipt = json.loads(line)
        found.setdefault((reference, version), set()).add(receipt)
    return found


def _append(file: Path, line: str) -> None:
    """Write a line at once: a killed process leaves a whole line or none."""
    with open(file, "ab", buffering=0) as out:
        out.write(f"{line}\n".encode())


def _receipt(path: Path, token: str, sent: Sent) -> str | None:
    """Send a notification; None where there was no answer, or one that it could not be kept."""
    reference, version = sent
    number = int(reference.rpartition("-")[2])
    try:
        status, answer = post(path, token, body(reference, number, version))
    except (OSError, HTTPException):
        return None
    return json.loads(answer)["receipt"] if status in (200, 201) else None


def _police() -> Agency:
    return Agency.objects.get(kind=AgencyKind.POLICE)


def import_files(folder: Path, enough: Path) -> None:
    """Import one file after the other until it is enough, going on where it was.

    Most of them as the operator at the terminal does; every third is left to the worker, as the
    page does.
    """
    at_the_terminal()
    number = max(ImportFile.objects.count() - 1, 0)
    while True:
        if number % 3 == 2:
            _hand_in(csv_file(number))
        else:
            _at_the_terminal(folder, csv_file(number))
        number += 1
        if enough.exists() and number >= FILES:
            return
        time.sleep(PAUSE)


def _at_the_terminal(folder: Path, content: bytes) -> None:
    file = folder / "file.csv"
    file.write_bytes(content)
    ended = cli.main(["import", str(file), "--data", str(folder)])
    if ended != SOME_REFUSED:
        sys.exit(ended)


def _hand_in(content: bytes) -> None:
    kind = ImportKind.NOTIFICATIONS
    file = upload(
        content=content, name="file.csv", kind=kind, sender=_police(), by=None, history=False,
        now=now(),
    )  # fmt: skip
    if file.started_at is None:
        choose_columns(file=file, columns=suggest(kind, HEADER), by=None, now=now())
    start_import(file=file, by=None, now=now())


def let_time_pass() -> None:
    """Do now what the worker does by the minute, as if everybody's patience had ended."""
    at_the_terminal()
    recovery.give_back_lost_jobs(dead_after=SILENT, longest=LONG)
    recovery.send_on_their_way(now() + recovery.PATIENCE)
    with connection.cursor() as cursor:
        # Whoever was killed while it sent an e-mail is waited for as long as one may take.
        cursor.execute(
            "update encompass_delivery set tried_at = tried_at - %s"
            " where failed_because = %s and tried_at < now() - %s",
            [GIVEN_UP, UNDER_WAY, timedelta(seconds=SILENT)],
        )
        cursor.execute(
            "update procrastinate_jobs set scheduled_at = now()"
            " where status = 'todo' and scheduled_at > now()"
        )
