import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sightline.config import database
from sightline.config.postgres import cluster

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
UNSET = {"DATABASE_URL", "DATABASE_OWNER_URL", "SIGHTLINE_DATA"}


class User:
    """A process of its own that uses the database of `data`; see user_process.py."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, HERE / "user_process.py", data, *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> dict:
        return json.loads(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.communicate(timeout=30)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=30)


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch):
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def made():
    """A data folder with a database in it, at rest; making one takes longer than copying it."""
    folder = Path(tempfile.mkdtemp(prefix="sl-", dir="/tmp"))
    with pytest.MonkeyPatch.context() as surroundings:
        for name in UNSET:
            surroundings.delenv(name, raising=False)
        database.connections(folder / "data", durable=False)
    cluster.leave(folder / "data")
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def place():
    """A short, empty folder; what runs in `data` below it is stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="sl-", dir="/tmp"))
    yield folder
    for data in [found.parent for found in folder.rglob("postgres.start.lock")]:
        cluster.leave(data)
        cluster.stop(data)
        shutil.rmtree(cluster.Place(data).socket)
    shutil.rmtree(folder)


@pytest.fixture
def new(place):
    """A data folder that does not exist yet."""
    return place / "data"


@pytest.fixture
def data(place, made):
    """A data folder that was used before: the database is there, the server at rest."""
    subprocess.run(["cp", "-a", made, place / "data"], check=True)
    return place / "data"


@pytest.fixture
def user():
    """Start a process that uses a data folder; all are ended with the test."""
    started: list[User] = []

    def start(of: Path, *arguments: str) -> User:
        started.append(User(of, *arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.kill()
