"""`sightline matching`: the links of the running system looked at again, or by another model."""

import argparse
import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.cli.boot import Problem, boot, say

if TYPE_CHECKING:
    from sightline.people.again.looking import Seen

HELP = "look at all links again, try another model beside the one in use, or switch to it"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("look-again", "try", "use"))
    parser.add_argument("model", nargs="?", type=Path, help="a file of `sightline link train`")
    parser.add_argument("--because", default="", help="why this model is to be used (use)")
    parser.add_argument("--differences", type=Path, metavar="CSV", help="who would be whom (try)")
    parser.add_argument(
        "--however-much",
        action="store_true",
        help="you have looked at what would move (look-again)",
    )


def run(options: argparse.Namespace) -> int:
    """Say what was seen or done. 2 where it could not be."""
    if options.what != "look-again" and options.model is None:
        raise Problem(f"Name the file of the model: sightline matching {options.what} MODEL")
    text = _read(options.model) if options.model else ""
    boot(options.data)
    from sightline.common.errors import WrongMoment
    from sightline.rules.linkage.model import ModelProblem

    try:
        say(_done(options, text))
    except (WrongMoment, ModelProblem) as problem:
        raise Problem(str(problem)) from problem
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{path} cannot be read: {error}") from None


def _done(options: argparse.Namespace, text: str) -> str:
    from sightline.common.clock import now
    from sightline.people.again.running import look_again, switch_model, try_model

    if options.what == "try":
        return _tried(try_model(text), options.differences)
    if options.what == "use":
        done = switch_model(text=text, because=options.because, by=None, now=now())
    else:
        done = look_again(now=now(), however_much=options.however_much)
    return (
        f"{done.linked:,} mentions linked that were not; {done.changed:,} changes made, each can "
        f"be undone on its page; {done.left_alone:,} left alone since a human has decided there; "
        f"{done.asked:,} new questions for people."
    )


def _tried(seen: "Seen", differences: Path | None) -> str:
    moved = sum(len(difference.moves) for difference in seen.differences)
    return (
        f"Of {seen.mentions:,} mentions {moved:,} would belong to another person, in "
        f"{len(seen.differences):,} changes; {len(seen.questions):,} questions would be open. "
        f"Nothing was changed.{_written(seen, differences) if differences else ''}"
    )


def _written(seen: "Seen", path: Path) -> str:
    """Write who would be whom, by number, and say which rows the embargo keeps out of the file."""
    from sightline.common.clock import now
    from sightline.people.models import Link
    from sightline.vault.rows_out import left_out

    rows = [
        (number, mention, person)
        for number, difference in enumerate(seen.differences, start=1)
        for mention, person in sorted(difference.moves.items())
    ]
    links = Link.objects.filter(mention__in=[row[1] for row in rows], ended_at__isnull=True)
    held = dict(links.values_list("mention", "person"))
    shut = left_out({*held.values(), *(row[2] for row in rows if row[2])}, now())
    why = [shut.get(held.get(mention, 0)) or shut.get(person or 0) for _, mention, person in rows]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["change", "mention", "would_be_person"])
        for (number, mention, person), reason in zip(rows, why, strict=True):
            if reason is None:
                out.writerow([number, mention, person or "a new one"])
    kept = Counter(reason.value for reason in why if reason is not None)
    said = ", ".join(f"{many:,} of people who are {reason}" for reason, many in kept.items())
    return f" Left out of {path.name}: {said}." if said else ""
