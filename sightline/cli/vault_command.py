"""sightline vault: the keys under which safe addresses and contacts are sealed."""

import argparse
from typing import Any

from sightline.cli.boot import Problem, boot, say

HELP = "make a key of the vault, or seal everything in it with a new one"


def add_to(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("key", help="print a new key, to be put first in SIGHTLINE_VAULT_KEYS")
    rotate = steps.add_parser("rotate", help="seal everything with a new key and retire the others")
    rotate.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="data folder")


def run(options: Any) -> int:
    """`rotate` makes the new key itself where the keys are in the data folder."""
    if options.step == "rotate":
        return _rotate(options)
    boot(options.data, prepare=False)
    from sightline.vault.keys import new_line

    say(new_line())
    return 0


def _rotate(options: Any) -> int:
    boot(options.data)
    from django.conf import settings

    from sightline.common.clock import local_date, now
    from sightline.vault.keys import NoKey
    from sightline.vault.rotating import add_key, reseal, retire

    path = None if settings.VAULT_KEYS else settings.VAULT_KEY_FILE
    try:
        if path is not None:
            add_key(path)
        count = reseal()
    except NoKey as missing:
        raise Problem(f"the vault cannot be sealed anew: {missing}") from None
    if path is not None:
        retire(path, local_date(now()))
    say(f"{count} entries were sealed with the key in use.")
    say(
        f"The retired keys are kept in {path}; keep a copy beside your backups, which need them."
        if path is not None
        else "Now take the old keys out of SIGHTLINE_VAULT_KEYS and keep them beside your backups."
    )
    return 0
