"""Serve a fresh Sightline with the cast in it, as `sightline serve` does; run as a program.

A program of its own, because the tests' process has its settings and its database already.
Writes the secret of a police machine's token to the file `token` in the data folder.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from sightline.cli.boot import boot
from sightline.cli.serve_command import serve


def prepare(folder: Path) -> None:
    """Build the cast, give the police machine its token, and have a night happen."""
    from sightline.access import tokens
    from sightline.common.clock import now
    from sightline.demo.cast import build_cast
    from tests.journeys import morning, quarters

    cast = build_cast(now=now())
    _, secret = tokens.issue(
        agency=cast.police, label="Records system", by=cast.users["police"], now=now()
    )
    (folder / "token").write_text(secret)
    morning.prepare(cast, now())
    quarters.prepare(cast, now())


def end_with_the_tests() -> None:
    """End when our standard input does: however the tests end, we do not stay behind."""

    def wait() -> None:
        sys.stdin.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def main(folder: str, port: str) -> int:
    end_with_the_tests()
    boot(folder)
    prepare(Path(folder))
    return serve("127.0.0.1", int(port), folder)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
