"""sightline returned: an e-mail that a mail server sent back, from an alias that pipes it here."""

import argparse
import sys
from typing import Any

from sightline.cli.boot import boot, say

HELP = "read an e-mail that came back, and have somebody else told"
BIGGEST = 1024 * 1024  # bytes; what came back holds no more than one of our e-mails


def add_to(parser: argparse.ArgumentParser) -> None:
    """Nothing but the e-mail, which comes in on standard input."""


def run(options: Any) -> int:
    """0 whatever it is: a mail server must not send the return of a return back to us."""
    boot(options.data, prepare=False)
    from sightline.common.clock import now
    from sightline.encompass.receipts import take_in
    from sightline.encompass.returned import read_returned

    receipt = read_returned(sys.stdin.buffer.read(BIGGEST))
    known = receipt is not None and take_in(receipt, now=now())
    say("Somebody else is told." if known else "This is no e-mail of ours that came back.")
    return 0
