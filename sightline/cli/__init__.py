"""The console command `sightline`. Each subcommand is a module with `add_to(parser)` and `run`."""

import argparse
import sys
from collections.abc import Sequence

from sightline.cli import boot
from sightline.config.postgres.problems import DatabaseProblem

COMMANDS = (
    "serve", "demo", "import", "link", "matching", "figures", "instruments", "doctor", "token",
    "vault", "agency", "geography", "restrict", "returned", "simulate",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; problems are said in words, without a traceback."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (DatabaseProblem, boot.Problem) as problem:
        sys.stderr.write(f"sightline: {problem}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sightline",
        description="The multi-agency response to children living with domestic abuse.",
    )
    subcommands = parser.add_subparsers(dest="command", required=True)
    for name in COMMANDS:
        module = boot.command_module(name)
        sub = subcommands.add_parser(name, help=module.HELP, description=module.HELP)
        sub.add_argument(
            "--data", metavar="DIR", help="data folder (default: SIGHTLINE_DATA or the user's own)"
        )
        module.add_to(sub)
        sub.set_defaults(run=module.run)
    return parser
