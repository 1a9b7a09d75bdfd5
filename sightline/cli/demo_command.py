"""sightline demo: a fictional borough with a past, ready to sign in to.

Its past is a year of work up to today with the record before it or, with --history, one that counts
to published figures. Never both: a figure over the whole record would then be of neither.
"""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from sightline.cli.boot import Problem, boot, say
from sightline.cli.serve_command import serve
from sightline.config.database import data_folder

HELP = "build the fictional borough of Castlebrook (once) and serve it"
WORLD_BEGAN = "world-began"  # the file that says when the past of a folder was begun


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument("--prepare-only", action="store_true", help="build the world and exit")
    parser.add_argument(
        "--history", choices=["dudley"],
        help="instead of a past up to today, load April 2008 to December 2012 with the"
        " published counts of a real review (`sightline figures` prints them); give it a --data"
        " folder of its own",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="another seed draws another borough")


def run(options: Any) -> int:
    """Build what is missing and serve it."""
    folder = _demo_folder(options.data)
    _demo_settings(folder, options.port)
    boot(str(folder))
    options.history = options.history or _history_of(folder)
    _build(options, folder)
    if options.prepare_only:
        return 0
    return serve(options.host, options.port, str(folder), banner(options, folder))


def _demo_folder(data: str | None) -> Path:
    """The demo has a folder of its own, so that it can never be mixed with real records."""
    return Path(data).resolve() if data else data_folder() / "demo"


def _demo_settings(folder: Path, port: int) -> None:
    os.environ["SIGHTLINE_DEMO"] = "1"
    os.environ.setdefault("SIGHTLINE_SECOND_FACTOR", "off")  # invented people have no telephones
    os.environ.setdefault("SIGHTLINE_BASE_URL", f"http://localhost:{port}")
    os.environ["SIGHTLINE_EMAIL_BACKEND"] = "django.core.mail.backends.filebased.EmailBackend"
    os.environ["SIGHTLINE_EMAIL_FOLDER"] = str(folder / "mail")


def _history_of(folder: Path) -> str | None:
    """Return the history that this folder was begun with, so that no other is added to it."""
    from sightline.demo import back_history

    began_otherwise = (folder / WORLD_BEGAN).exists()
    return "dudley" if back_history.has_begun() and not began_otherwise else None


def _build(options: Any, folder: Path) -> None:
    from sightline.common.clock import now
    from sightline.demo import back_history, world

    if not options.history:
        began = _began(folder, now())
        world.build(now=began, seed=options.seed, progress=bar("notifications"))
        return
    try:
        back_history.load(bar, now=now(), seed=options.seed)
    except back_history.NotEmptyError:
        raise Problem(
            "this folder holds other notifications already, and figures would be of both. Give "
            "the history a folder of its own with --data DIR"
        ) from None


def _began(folder: Path, now: datetime) -> datetime:
    """When this world was begun: a build that was interrupted goes on with the same dates."""
    path = folder / WORLD_BEGAN
    if not path.exists():
        path.write_text(now.isoformat())
    return datetime.fromisoformat(path.read_text())


def bar(what: str) -> Any:
    """Return a progress function: one line that counts, or a line every tenth in a log."""
    terminal = sys.stdout.isatty()
    shown = -1

    def progress(done: int, total: int) -> None:
        nonlocal shown
        tenth = 10 * done // max(total, 1)
        if terminal:
            sys.stdout.write(f"\r{done:,} of {total:,} {what}" + ("\n" if done == total else ""))
            sys.stdout.flush()
        elif tenth != shown:
            say(f"{done:,} of {total:,} {what}")
        shown = tenth

    return progress


THINGS_TO_TRY = """\
  1. As administrator: open the worklist, then the family in Brook Lane.
  2. As police: send a notification; as keyadult1: read the message about the pupil.
  3. As chair: screen a child, decide, and see the figures change."""
WITH_HISTORY = """\
  1. As manager: open the figures and read the five tables of the review.
  2. As administrator: open the imports and see the three files that the history came in.
  3. As police: send a notification; as manager: see the figures change."""


def banner(options: Any, folder: Path) -> str:
    """What the person who started the demo reads."""
    from sightline.demo.cast import LOGINS, PASSWORD

    logins = "\n".join(
        f"  {login.local + '@castlebrook.example':<38} {login.job_title}" for login in LOGINS
    )
    address = f"http://{options.host}:{options.port}"
    return f"""
Sightline's fictional borough is at {address} - stop it with Ctrl-C

Sign in with the password {PASSWORD} as
{logins}
  keyadult1@castlebrook.example          Key adult, Brook Lane Primary School

Three things to try
{WITH_HISTORY if options.history else THINGS_TO_TRY}

Machines send to {address}/api/notifications; for example
  curl -H "Authorization: Bearer {_token(folder)}" -H "Content-Type: application/json" \\
    -d '{{"reference": "TRY-1", "people": []}}' {address}/api/notifications

Mail is written to {folder / "mail"}. Everything here is invented.
"""


def _token(folder: Path) -> str:
    """The token of the demo's police, made once and kept where only its owner can read it."""
    from sightline.access.models import User
    from sightline.access.tokens import issue
    from sightline.common.clock import now

    path = folder / "token"
    if not path.exists():
        by = User.objects.get(email="police@castlebrook.example")
        _, secret = issue(agency=by.agency, label="demo", by=by, now=now())
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(secret)
    return path.read_text()
