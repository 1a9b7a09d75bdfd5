"""sightline geography: reference files of places and national figures."""

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sightline.cli.boot import Problem, boot, say
from sightline.cli.days import a_day

if TYPE_CHECKING:
    from sightline.geography.importing import About, File
    from sightline.geography.models import Edition

HELP = "take in postcodes, boundaries, deprivation, children's numbers or national figures"
A_BLOCK = 1 << 20
SHOWN = 10


def add_to(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True)
    listing = steps.add_parser("list", help="list the editions there are, those in use first")
    take = steps.add_parser("import", help="take in a CSV or GeoJSON file of any kind")
    take.add_argument("file", metavar="FILE")
    take.add_argument(
        "--edition", required=True, metavar="WORDS", help='as it is published: "November 2025"'
    )
    take.add_argument(
        "--source", required=True, metavar="WORDS",
        help='who published it, under which licence: "ONS, Open Government Licence v3.0"',
    )  # fmt: skip
    take.add_argument(
        "--from", dest="holds_from", type=a_day, metavar="YYYY-MM-DD",
        help="from which day it is used (default: today)",
    )  # fmt: skip
    take.add_argument(
        "--council", action="append", metavar="CODE",
        help="whose area to keep, such as E08000027; may be given again (default: "
        "SIGHTLINE_COUNCILS)",
    )  # fmt: skip
    for step in (listing, take):
        step.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="data folder")


def run(options: Any) -> int:
    """1 where lines of the file were refused, else 0."""
    return _list(options) if options.step == "list" else _import(options)


def _import(options: Any) -> int:
    path = Path(options.file)
    try:
        with path.open("rb") as file:
            boot(options.data)
            return _take_in(options, path.name, file)
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}") from None


def _take_in(options: Any, name: str, file: BinaryIO) -> int:
    from sightline.cli.demo_command import bar
    from sightline.common.clock import now
    from sightline.common.errors import NotUnderstood
    from sightline.geography.files.running import run as run_edition
    from sightline.geography.importing import take_file

    try:
        edition = take_file(
            file=_described(name, file), about=_about(options), by=None, now=now(), tell=False
        )
    except NotUnderstood as problem:
        raise Problem("\n  ".join(["the file is not taken in:", *problem.reasons])) from None
    if edition.finished_at is not None:
        say("This file has been taken in before; nothing is taken in again.")
    elif edition.position:
        say(f"Going on after line {edition.lines:,}.")
    file.seek(0)
    edition = run_edition(edition.pk, file=file, now=now, progress=bar("bytes"))
    return _say_what_happened(edition)


def _described(name: str, file: BinaryIO) -> "File":
    from sightline.geography.files.lines import HEAD
    from sightline.geography.importing import File

    digest = hashlib.sha256()
    head, size = file.read(HEAD), 0
    file.seek(0)
    while block := file.read(A_BLOCK):
        digest.update(block)
        size += len(block)
    return File(name, head, digest.hexdigest(), size)


def _about(options: Any) -> "About":
    from django.conf import settings

    from sightline.common.clock import local_date, now
    from sightline.geography.importing import About

    return About(
        options.edition, options.source, options.holds_from or local_date(now()),
        tuple(options.council or settings.COUNCILS),
    )  # fmt: skip


def _say_what_happened(edition: "Edition") -> int:
    if edition.failed_because:
        raise Problem(edition.failed_because)
    bad = edition.bad_lines.count()
    say(
        f"{edition.get_kind_display()}, {edition.vintage}: {edition.rows_kept:,} rows taken in, "
        f"{edition.elsewhere:,} of other areas left out, {bad:,} refused."
    )
    for line in edition.bad_lines.all()[:SHOWN]:
        say(f"  line {line.number:,}: {line.reason}")
    if bad > SHOWN:
        say(f"  and {bad - SHOWN:,} more; the page of the file lists them all.")
    return 1 if bad else 0


def _list(options: Any) -> int:
    boot(options.data)
    from sightline.common.clock import now
    from sightline.geography.presenters import listed

    for row in listed(now()):
        say(f"{row.kind:<46} {row.vintage:<20} {row.rows:>9,} rows  {row.state.word}")
    return 0
