"""A Sightline of the journeys' own: `sightline serve` on a data folder that is thrown away."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180  # a fresh database, all tables and the cast; a tenth of it on a quiet machine


@dataclass(frozen=True)
class Served:
    """Where it is, and what it left in its folder."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def token(self) -> str:
        """Return the secret with which the police machine sends."""
        return (self.folder / "token").read_text()

    def mails(self) -> list[str]:
        """Return every file of mail that went out, oldest first."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime)
        return [file.read_text() for file in files]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)


def start(folder: Path) -> Served:
    """Serve until stopped; returns once it answers."""
    port = _free_port()
    url = f"http://localhost:{port}"
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.serving", folder, str(port)],
            cwd=ROOT, env=_environment(folder, url), stdin=subprocess.PIPE, stdout=log, stderr=log,
        )  # fmt: skip
    served = Served(url, folder, process)
    _wait(served)
    return served


def _environment(folder: Path, url: str) -> dict[str, str]:
    given = {k: v for k, v in os.environ.items() if not k.startswith(("SIGHTLINE_", "DATABASE_"))}
    return given | {
        "SIGHTLINE_BASE_URL": url,
        "SIGHTLINE_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "SIGHTLINE_EMAIL_FOLDER": str(folder / "mail"),
        "SIGHTLINE_SECOND_FACTOR": "off",
        "SIGHTLINE_STATIC": str(folder / "static"),
        "SIGHTLINE_WEB_WORKERS": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(served: Served) -> None:
    """Wait until it serves, or fail with what it said."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and served.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{served.url}/health/ready"):  # noqa: S310 - our own
                return
        except URLError:
            time.sleep(0.2)
    served.process.kill()
    raise RuntimeError(f"Sightline did not start:\n{(served.folder / 'log').read_text()[-3000:]}")
