"""The supervisor starts its children, starts them again when they die, and never outlives them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sightline.config import supervisor

HERE = Path(__file__).parent
SECONDS = 20  # the longest any of this may take on a busy machine


@pytest.fixture
def supervise(tmp_path):
    """Start a supervisor of shell commands, in which $LOG is a file to write lines to."""
    started: list[subprocess.Popen] = []

    def start(**commands: str) -> subprocess.Popen:
        words = [f"{name}={command}" for name, command in commands.items()]
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(HERE.parent.parent)}
        process = subprocess.Popen(
            [sys.executable, HERE / "supervised.py", *words],
            env={**env, "LOG": str(tmp_path / "log")},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=heeding_all,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for pid in [int(line) for line in lines(tmp_path) if line.isdigit()]:
        assert until(lambda pid=pid: ended(pid)), f"child {pid} outlived its supervisor"


def heeding_all() -> None:
    """Ignore no signal, though the tests may run in the background, where some are ignored."""
    for number in supervisor.STOPPING:
        signal.signal(number, signal.SIG_DFL)


def lines(folder: Path) -> list[str]:
    log = folder / "log"
    return log.read_text().splitlines() if log.exists() else []


def until(true) -> bool:
    deadline = time.monotonic() + SECONDS
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def ended(pid: int) -> bool:
    """Gone, or dead and waiting for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


LASTING = 'echo $$ >> "$LOG"; exec sleep 60'
STUBBORN = "trap '' TERM INT; " + 'echo $$ >> "$LOG"; while :; do sleep 0.1; done'


def test_all_children_are_started_with_the_given_environment_and_then_it_is_ready(
    supervise, tmp_path
):
    process = supervise(web='echo "$GREETING" >> "$LOG"; exec sleep 60', worker=LASTING)
    assert process.stdout.readline() == "ready\n"
    assert until(lambda: len(lines(tmp_path)) == 2)
    assert "from the supervisor" in lines(tmp_path)


def test_a_child_killed_with_nine_is_started_again_and_the_other_left_alone(supervise, tmp_path):
    supervise(web=LASTING, worker="exec sleep 60")
    assert until(lambda: len(lines(tmp_path)) == 1)
    os.kill(int(lines(tmp_path)[0]), signal.SIGKILL)
    assert until(lambda: len(lines(tmp_path)) == 2)


def test_a_child_that_was_killed_is_started_again_however_often(supervise, tmp_path):
    supervise(web=LASTING)
    for count in range(1, supervisor.TRIES + 3):
        assert until(lambda count=count: len(lines(tmp_path)) == count)
        os.kill(int(lines(tmp_path)[-1]), signal.SIGKILL)


def test_what_a_killed_child_started_ends_with_it(supervise, tmp_path):
    supervise(web='sleep 60 & echo $! >> "$LOG"; echo $$ >> "$LOG"; wait')
    assert until(lambda: len(lines(tmp_path)) >= 2)
    grandchild, child = map(int, lines(tmp_path)[:2])
    os.kill(child, signal.SIGKILL)
    assert until(lambda: ended(grandchild))


@pytest.mark.parametrize(
    ("number", "name"),
    [(signal.SIGTERM, "TERM"), (signal.SIGINT, "INT"), (signal.SIGHUP, "TERM")],
)
def test_told_to_stop_it_tells_its_children_and_ends_clean(supervise, tmp_path, number, name):
    trap = f"trap 'echo {name} >> \"$LOG\"; exit 0' {name}; "
    process = supervise(web=trap + 'sleep 60 & echo $! >> "$LOG"; wait')
    assert until(lambda: len(lines(tmp_path)) == 1)
    process.send_signal(number)
    assert process.wait(SECONDS) == 0
    grandchild, heard = lines(tmp_path)
    assert heard == name
    assert until(lambda: ended(int(grandchild)))


def test_a_child_that_will_not_end_is_killed_after_a_grace(supervise, tmp_path):
    process = supervise(web=STUBBORN)
    assert until(lambda: len(lines(tmp_path)) == 1)
    process.terminate()
    assert process.wait(SECONDS) == 1


def test_a_second_signal_ends_the_grace(supervise, tmp_path):
    process = supervise(web=STUBBORN)
    assert until(lambda: len(lines(tmp_path)) == 1)
    asked = time.monotonic()
    process.terminate()
    while process.poll() is None and time.monotonic() - asked < 1.5:
        time.sleep(0.1)
        process.terminate()
    assert process.wait(SECONDS) == 1
    assert time.monotonic() - asked < 2.0  # the grace in supervised.py


def test_when_the_supervisor_is_killed_with_nine_its_children_end(supervise, tmp_path):
    process = supervise(web=LASTING, worker=LASTING)
    assert until(lambda: len(lines(tmp_path)) == 2)
    process.kill()
    assert until(lambda: all(ended(int(pid)) for pid in lines(tmp_path)))


def test_a_child_that_never_comes_up_ends_everything_with_its_exit_code(supervise, tmp_path):
    process = supervise(web='echo tried >> "$LOG"; exit 7', worker=LASTING)
    assert process.wait(SECONDS) == 7
    assert lines(tmp_path).count("tried") == supervisor.TRIES


def test_what_looks_after_the_database_is_called_again_and_its_failures_survived(supervise):
    process = supervise(web="exec sleep 60")
    assert [process.stdout.readline() for _ in range(3)] == ["ready\n", "tended\n", "tended\n"]


def test_a_command_that_does_not_exist_stops_what_was_started_before_it(tmp_path):
    started = ["sh", "-c", f"echo $$ > {tmp_path}/log; exec sleep 60"]
    with pytest.raises(FileNotFoundError):
        supervisor.run({"web": started, "worker": ["/no/such"]}, os.environ, lambda: None)
    assert all(ended(int(pid)) for pid in lines(tmp_path))


def test_the_callers_own_signal_handlers_come_back(tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(FileNotFoundError):
        supervisor.run({"web": ["/no/such"]}, os.environ, lambda: None)
    assert signal.getsignal(signal.SIGTERM) is before
