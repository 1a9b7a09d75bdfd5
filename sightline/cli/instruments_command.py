"""sightline instruments: what is asked, and a partnership's licensed words for it."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from sightline.cli.boot import Problem, boot, say
from sightline.rules.datafile import DataFileError
from sightline.rules.screening.instrument import Instrument, shipped_instruments
from sightline.rules.screening.own_words import (
    as_file,
    in_own_words,
    questions_of,
    read_own_words,
)
from sightline.rules.screening.tools import Tool, shipped_tools

HELP = "list what is asked, check or add a partnership's licensed words, print those in force"


def add_to(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("list", help="every instrument and tool, with its versions")
    check = steps.add_parser("check", help="read a file of words and say what is wrong with it")
    check.add_argument("file", type=Path, metavar="FILE")
    add = steps.add_parser("add", help="use a file of words from its commencement on")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--by", required=True, metavar="EMAIL", help="the user who answers for it")
    show = steps.add_parser("print", help="the words in force, as a file to change and add")
    show.add_argument("key", metavar="VERSION", help='such as "dash 2026.1"')
    for step in (add, show):
        step.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="data folder")


def run(options: Any) -> int:
    """Listing and checking need no database."""
    steps = {"list": _list, "check": _check, "add": _add, "print": _print}
    return steps[options.step](options)


def _known() -> dict[str, Instrument | Tool]:
    shipped: list[Instrument | Tool] = [*shipped_instruments(), *shipped_tools()]
    return {one.key: one for one in shipped}


def _list(options: Any) -> int:
    for key, one in _known().items():
        until = f" to {one.end}" if one.end else ""
        say(f"{key:<20} from {one.commencement}{until}  {one.title}")
    return 0


def _check(options: Any) -> int:
    text = _text(options.file)
    try:
        words = read_own_words(text, options.file.name, _known().values())
    except DataFileError as wrong:
        raise Problem(str(wrong)) from None
    asked = in_own_words(_known()[words.of], words)
    say(
        f"{options.file.name}: {len(questions_of(asked))} questions for {words.of}, version "
        f"{words.version}, from {words.commencement}. Nothing is wrong with it."
    )
    return 0


def _add(options: Any) -> int:
    text = _text(options.file)
    boot(options.data)
    from sightline.access.models import User
    from sightline.common.clock import now
    from sightline.common.errors import NotUnderstood, WrongMoment
    from sightline.screening.own_words import add_own_words

    user = User.objects.filter(email=options.by.lower()).first()
    if user is None:
        raise Problem("there is no user with that e-mail address")
    try:
        kept = add_own_words(content=text, name=options.file.name, by=user, now=now())
    except (NotUnderstood, WrongMoment) as wrong:
        raise Problem(str(wrong)) from None
    say(f"{kept.of} is asked in the words of {kept.version} from {kept.commencement} on.")
    return 0


def _print(options: Any) -> int:
    if options.key not in _known():
        raise Problem(f"there is no {options.key!r}. There are {', '.join(_known())}")
    boot(options.data)
    from sightline.common.clock import local_date, now
    from sightline.screening.own_words import read_kept, words_on

    today: date = local_date(now())
    words = read_kept(words_on(options.key, today))
    sys.stdout.write(as_file(_known()[options.key], words, today))
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Problem(f"{path} cannot be read: {wrong}") from None
