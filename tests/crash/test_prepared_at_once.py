"""Processes started together on one machine: one of them brings the tables up to date."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sightline.config import database

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
TIMES = 2
PREPARE = """
import sys
from tests.crash import preload
from sightline.config import schema
print("ready", flush=True)
sys.stdin.readline()
schema.prepare(sys.argv[1])
"""


def start(found):
    """Start a process that waits for a word and then brings the tables up to date."""
    return subprocess.Popen(
        [sys.executable, "-c", PREPARE, found.owner],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "sightline.config.settings",
            "SIGHTLINE_APP_DATABASE": found.app,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ends(processes):
    """Say the word to all at once, and return how each ended."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("now\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=120)
    return [process.returncode for process in processes]


def test_an_empty_database_gets_its_tables_and_rights_once_at_a_time(data):
    found = database.connections(data, "prepared")
    assert ends([start(found) for _ in range(TIMES)]) == [0] * TIMES
