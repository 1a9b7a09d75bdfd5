"""sightline simulate: a synthetic England and Wales, as a snapshot that figures count over.

Nobody in it lives or lived; nothing of the database is read or written.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from sightline.cli.boot import Problem, awaken, say

HELP = "write a synthetic England and Wales that figures can be counted over"
A_YEAR = 887_000  # incidents recorded by police in England and Wales in 2013-14


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same country")
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--incidents", type=int, default=A_YEAR, help="a year, in all councils")


def run(options: Any) -> int:
    """Write it, and say how to count it."""
    folder: Path = options.out
    if folder.exists() and any(folder.iterdir()):
        raise Problem(f"{folder} is not empty. Choose another folder, or empty it.")
    awaken()
    from sightline.demo.country.simulate import simulate

    manifest = simulate(
        folder, seed=options.seed, a_year=options.incidents, years=options.years, progress=_said
    )
    say(
        f"\n{manifest.rows('notification'):,} notifications, {manifest.rows('followed'):,} of"
        f" children. Count them with\nsightline figures s0.table1 --snapshot {folder}"
    )
    return 0


def _said(done: int, total: int) -> None:
    """Say how far it is, on one line, where somebody looks."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total} councils")
