"""A sender whose machine sends the same twenty times at once, to the web server of `serve`."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from sightline.cli.serve_command import web_command, worker_command
from tests.crash.bodies import body
from tests.crash.house import House
from tests.crash.post import post

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
TIMES = 20
PREPARE = """
import sys
from tests.crash import preload, roles
print(roles.prepare(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def house(data):
    return House(data, "at_once")


@pytest.fixture(scope="module")
def environment(house):
    return {**os.environ, **house.environment, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def token(house, environment):
    command = [sys.executable, "-c", PREPARE, house.found.owner]
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return said.stdout.strip()


@contextlib.contextmanager
def running(command, environment):
    """Run a process of `sightline serve` meanwhile, and stop it as the supervisor does."""
    process = subprocess.Popen(command, env=environment)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def listens(path):
    """The socket's file is there a moment before anybody listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one, contextlib.suppress(OSError):
        one.connect(str(path))
        return True
    return False


def wait_until(done, seconds=60.0):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def answers(house, environment, token, data):
    """What the web server said to each of the twenty: status, and what it said."""
    path = data / "web.sock"
    together = Barrier(TIMES)

    def send(_):
        together.wait()
        status, answer = post(path, token, body("ONCE", 1))
        return status, json.loads(answer)

    with running(web_command(f"unix:{path}"), environment):
        wait_until(lambda: listens(path))
        with ThreadPoolExecutor(TIMES) as pool:
            return list(pool.map(send, range(TIMES)))


@pytest.fixture(scope="module")
def drained(house, environment, answers):
    """The house once a worker has done everything that there was to do."""
    with running(worker_command(), environment):
        wait_until(lambda: house.one("select count(*) = 0 from procrastinate_jobs"))
    return house


def test_one_is_kept_and_all_are_told_the_same_receipt(answers):
    assert sorted(status for status, _ in answers) == [200] * (TIMES - 1) + [201]
    assert len({told["receipt"] for _, told in answers}) == 1


def test_they_are_one_record(drained, answers):
    [(receipt, opened)] = drained.rows("select receipt, opened_at from intake_notification")
    assert receipt == answers[0][1]["receipt"]
    assert opened is not None
    assert drained.one("select count(*) from people_source") == 1


def test_the_school_has_one_notice_and_one_mail(drained):
    [(notice, sent)] = drained.rows("select id::text, sent_at from encompass_notice")
    assert sent is not None
    [(name, times)] = drained.mailed().items()  # the notice, and to whom
    assert (name.partition("-")[0], times) == (notice, 1)
