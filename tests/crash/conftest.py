"""One embedded server for the folder; a database of its own for each module."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sightline.config import database
from sightline.config.postgres import cluster


@pytest.fixture(scope="package")
def data() -> Iterator[Path]:
    """A data folder whose server runs, and is this time as durable as in earnest."""
    folder = Path(tempfile.mkdtemp(prefix="sl-", dir="/tmp"))
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.delenv("DATABASE_URL", raising=False)
        database.keep_running(folder)
        yield folder
        cluster.leave(folder)
    shutil.rmtree(folder)
