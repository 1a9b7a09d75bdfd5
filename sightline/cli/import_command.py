"""sightline import: take a file in at the terminal, the same way as the page does."""

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sightline.cli.boot import Problem, boot, say

if TYPE_CHECKING:
    from sightline.access.models import Agency
    from sightline.intake.models import ImportFile

HELP = "import a CSV or XLSX file of notifications, earlier decisions or what social care did"
KINDS = ("notifications", "decisions", "social_care")


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="CSV or XLSX, columns named in the first row")
    parser.add_argument("--kind", choices=KINDS, default="notifications", help="what is in it")
    parser.add_argument(
        "--sender", metavar="NAME", help="police force (needed where there are several)"
    )
    parser.add_argument(
        "--new-sender", action="store_true", help="add the police force if there is none so called"
    )
    parser.add_argument(
        "--history", action="store_true", help="of the past: screen nobody, tell no school"
    )
    parser.add_argument(
        "--columns", metavar="JSON", help='which column is which field: {"DOB": "date_of_birth"}'
    )
    parser.add_argument("--refused", metavar="CSV", help="write refused rows here, with reasons")


def run(options: Any) -> int:
    """Take the file in, going on where a killed import was. 1 if rows were refused, else 0."""
    content = _read(options.file)
    columns = _columns(options.columns)
    boot(options.data)
    file = _understood(lambda: _start(options, content, columns))
    file = _take_in(file)
    if options.refused:
        _write_refused(file, Path(options.refused))
    return _say_what_happened(file, options.refused)


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Problem(f"{name} cannot be read: {error.strerror}") from None


def _columns(name: str | None) -> dict[str, str]:
    if name is None:
        return {}
    try:
        chosen = json.loads(_read(name))
    except ValueError:
        raise Problem(f"{name} is not JSON.") from None
    if not isinstance(chosen, dict) or not all(isinstance(v, str) for v in chosen.values()):
        raise Problem(f'{name} must be an object such as {{"DOB": "date_of_birth"}}.')
    return chosen


def _understood(do: "Callable[[], ImportFile]") -> "ImportFile":
    from sightline.common.errors import NotUnderstood

    try:
        return do()
    except NotUnderstood as problem:
        raise Problem("\n  ".join(["the file is not imported:", *problem.reasons])) from None


def _start(options: Any, content: bytes, columns: dict[str, str]) -> "ImportFile":
    from sightline.common.clock import now
    from sightline.intake.files.reading_table import open_table
    from sightline.intake.imports import choose_columns, start_import, suggested_columns, upload

    file = upload(
        content=content, name=Path(options.file).name, kind=options.kind,
        sender=_sender(options.sender, options.new_sender), by=None, history=options.history,
        now=now(),
    )  # fmt: skip
    if file.started_at is not None:
        return file
    chosen = columns or suggested_columns(file, open_table(content).header)
    file = choose_columns(file=file, columns=chosen, by=None, now=now())
    return start_import(file=file, by=None, now=now(), tell=False)


def _sender(name: str | None, add: bool) -> "Agency":
    from sightline.access.commands import add_agency
    from sightline.access.models import Agency, AgencyKind
    from sightline.common.clock import now

    forces = list(Agency.objects.filter(kind=AgencyKind.POLICE, closed_on__isnull=True))
    if name and add:
        return add_agency(name=name, kind=AgencyKind.POLICE, core=True, by=None, now=now())
    meant = [force for force in forces if name in (None, force.name)]
    if len(meant) == 1:
        return meant[0]
    known = ", ".join(f"“{force.name}”" for force in forces) or "none yet"
    raise Problem(
        f"say with --sender which police force made the notifications (known: {known}), "
        "and with --new-sender that it is to be added."
    )


def _take_in(file: "ImportFile") -> "ImportFile":
    from sightline.cli.demo_command import bar
    from sightline.pathway.imports import run_here

    if file.finished_at is not None:
        say("This file has been imported before; nothing is taken in again.")
        return file
    if file.rows_done:
        say(f"Going on after row {file.rows_done:,}.")
    return run_here(file.pk, bar("rows"))


def _write_refused(file: "ImportFile", out: Path) -> None:
    """Write the refused rows for the user's own eyes: they are about people."""
    from sightline.common.spreadsheets import write_csv
    from sightline.intake.files.refused import refused_table

    header, rows = refused_table(file)
    mode = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with open(os.open(out, mode, 0o600), "w", encoding="utf-8-sig", newline="") as text:
        write_csv(text, header, rows)


def _say_what_happened(file: "ImportFile", written: str | None) -> int:
    refused = file.refused.count()
    say(
        f"{file.accepted:,} rows taken in, {file.replayed:,} known already, {refused:,} refused, "
        f"of {file.rows_total:,}."
    )
    if file.failed_because:
        raise Problem(f"the file could not be read to its end: {file.failed_because}")
    if refused:
        where = f"are in {written}" if written else "can be written to a file with --refused"
        say(f"The refused rows {where}; correct them and import that file.")
    return 1 if refused else 0
