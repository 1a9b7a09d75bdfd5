"""Where the parts of the embedded server lie in a data folder."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from sightline.config.postgres import folder
from sightline.config.postgres.problems import StartFailed

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # bytes, the smallest limit we know (macOS); Linux has 107
LOG_LINES = 20


@dataclass(frozen=True)
class Place:
    """The files and folders of one embedded server."""

    data: Path

    @property
    def cluster(self) -> Path:
        return (self.data / folder.CLUSTER).resolve()

    @property
    def log(self) -> Path:
        return self.cluster / "server.log"

    @property
    def start_lock(self) -> Path:
        return self.data / "postgres.start.lock"

    @property
    def users_lock(self) -> Path:
        return self.data / "postgres.users.lock"

    @property
    def server_lock(self) -> Path:
        return self.data / "postgres.server.lock"

    @property
    def version(self) -> str | None:
        """Major version of the PostgreSQL that wrote the cluster; None when there is none yet."""
        try:
            return (self.cluster / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return None

    @property
    def socket(self) -> Path:
        """The folder of the socket: the cluster, or a short one when its path is too long."""
        inside = self.cluster
        plain = re.fullmatch(r"[\w/.+-]+", str(inside), re.ASCII)
        if plain and len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return inside
        name = hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]
        return Path("/tmp") / f"sightline-{name}"  # noqa: S108 - made 0700 and checked on start

    def failure(self, what: str) -> StartFailed:
        """A StartFailed that says what, and what the server said last."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        last = "\n".join(lines[-LOG_LINES:]) or "(the log is empty)"
        return StartFailed(
            f"The database in {self.cluster}: {what}\nLast lines of {self.log}:\n{last}"
        )
