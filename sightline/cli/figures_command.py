"""sightline figures: list the figures there are, or count one from the records."""

import argparse
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sightline.cli.boot import Problem, awaken, boot, say
from sightline.cli.days import a_day
from sightline.insight.catalogue import ALL, BY_ID
from sightline.insight.engine.base import Engine
from sightline.insight.engine.live import Live
from sightline.insight.engine.snapshot import NotHeldError, Snapshot
from sightline.insight.figures.base import Figure
from sightline.insight.periods import Period
from sightline.insight.printing import as_csv, as_text

LONDON = ZoneInfo("Europe/London")
HELP = "list the figures, or count one from the records"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("figure", nargs="?", metavar="ID", help="which figure, such as s0.table1")
    parser.add_argument("--format", choices=["text", "csv"], default="text", help="default: text")
    parser.add_argument(
        "--from", dest="first", type=a_day, metavar="YYYY-MM-DD",
        help="first day counted (default: the beginning of the record)",
    )  # fmt: skip
    parser.add_argument(
        "--to", dest="last", type=a_day, metavar="YYYY-MM-DD",
        help="last day counted (default: the end of the record)",
    )  # fmt: skip
    parser.add_argument(
        "--as-at", type=a_day, metavar="YYYY-MM-DD",
        help="as was known when that day was over (default: now)",
    )  # fmt: skip
    parser.add_argument(
        "--snapshot", type=Path, metavar="DIR",
        help="count over the snapshot in a folder, with no database (`sightline simulate`)",
    )  # fmt: skip


def run(options: Any) -> int:
    """Print the list, or the figure; the list needs no database."""
    if options.figure is None:
        say(_list())
        return 0
    figure, period = _figure(options.figure), _period(options)
    counted = figure.count(period, _engine(options))
    if options.format == "csv":
        sys.stdout.write(as_csv(figure, counted.rows))
    else:
        say(as_text(figure, counted, period))
    return 0


def _engine(options: Any) -> Engine:
    at = _over(options.as_at) if options.as_at else None
    if options.snapshot is None:
        boot(options.data)
        return Live.at(at) if at else Live()
    awaken()
    try:
        return Snapshot(options.snapshot, at)
    except NotHeldError as why:
        raise Problem(str(why)) from why


def _over(day: date) -> datetime:
    """Return the moment when a day is over in London."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _list() -> str:
    width = max(len(figure.id) for figure in ALL)
    return "\n".join(f"{figure.id:<{width}}  {figure.name}" for figure in ALL)


def _figure(wanted: str) -> Figure:
    if wanted not in BY_ID:
        raise Problem(f"there is no figure {wanted!r}. There are\n{_list()}")
    return BY_ID[wanted]


def _period(options: Any) -> Period:
    if options.first and options.last and options.last < options.first:
        raise Problem("--to must not be before --from")
    return Period(options.first, options.last)
