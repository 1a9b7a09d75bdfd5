"""The embedded server starts with its first user, survives accidents, and stops with its last."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from sightline.config import database
from sightline.config.postgres import cluster, leftovers, locks
from sightline.config.postgres.problems import StartFailed


def rows(url: str) -> list:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT line FROM notes").fetchall()


def write_note(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE notes (line text)")
        connection.execute("INSERT INTO notes VALUES ('kept')")


def kill_server(data) -> int:
    pid = database.status(data).pid
    os.kill(pid, signal.SIGKILL)
    return pid


def test_a_second_process_joins_and_the_last_one_out_stops_the_server(user, data):
    first = user(data)
    pid = first.said()["pid"]
    second = user(data)
    assert second.said()["pid"] == pid
    first.leave()
    assert database.status(data).pid == pid
    second.leave()
    assert not database.status(data).running
    assert "database system is shut down" in database.status(data).log.read_text()


def test_processes_that_start_at_once_on_an_empty_folder_share_one_server(user, new):
    together = [user(new) for _ in range(4)]
    assert len({one.said()["pid"] for one in together}) == 1


def test_a_server_whose_only_user_was_killed_is_joined_and_then_stopped(user, data):
    killed = user(data)
    pid = killed.said()["pid"]
    killed.kill()
    assert database.status(data).pid == pid
    heir = user(data)
    assert heir.said()["pid"] == pid
    heir.leave()
    assert not database.status(data).running


def test_a_killed_server_is_started_again_with_everything_committed(data):
    reached = database.connections(data)
    write_note(reached.owner)
    killed = kill_server(data)
    assert database.connections(data) == reached
    assert rows(reached.owner) == [("kept",)]
    assert database.status(data).pid != killed


@pytest.mark.slow
def test_a_killed_server_is_started_again_though_a_query_of_it_still_runs(data):
    reached = database.connections(data, durable=False)
    busy = psycopg.connect(reached.owner, autocommit=True)
    endless = "SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000) b"

    def ask() -> None:
        with pytest.raises(psycopg.OperationalError):
            busy.execute(endless)

    asking = threading.Thread(target=ask)
    asking.start()
    with psycopg.connect(reached.owner, autocommit=True) as watch:
        while not watch.execute(
            "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid = %s",
            [busy.info.backend_pid],
        ).fetchone():
            time.sleep(0.05)
    kill_server(data)
    assert locks.is_held(cluster.Place(data).server_lock)  # the query's process lives on
    database.connections(data, durable=False)
    asking.join()
    busy.close()


def test_keep_running_starts_a_killed_server_again(data, monkeypatch):
    monkeypatch.setenv("SIGHTLINE_DATA", str(data))
    database.connections(durable=False)
    killed = kill_server(data)
    database.keep_running()
    assert database.status(data).pid not in {None, killed}


def test_a_server_killed_while_it_is_set_up_is_started_again(data, monkeypatch):
    really = database._ensure_database
    killed = []

    def first_killed(url: str, name: str) -> None:
        if not killed:
            killed.append(kill_server(data))
        really(url, name)

    monkeypatch.setattr(database, "_ensure_database", first_killed)
    reached = database.connections(data, durable=False)
    with psycopg.connect(reached.app) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("sightline_app",)
    assert database.status(data).pid not in {None, *killed}


def test_threads_of_one_process_may_start_it_at_once(data):
    with ThreadPoolExecutor(4) as pool:
        reached = set(pool.map(lambda _: database.connections(data, durable=False), range(4)))
    assert len(reached) == 1


def test_a_forked_child_that_ends_leaves_the_server_to_its_parent(data):
    database.connections(data, durable=False)
    child = os.fork()
    if child == 0:
        cluster.leave(data)  # what the child does at its exit
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert database.status(data).running


def test_a_forked_child_that_outlives_its_parent_keeps_the_server(data):
    database.connections(data, durable=False)
    inside, outside = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(outside)
        os.read(inside, 1)  # until the parent has left
        cluster.leave(data)
        os._exit(0)
    os.close(inside)
    while not _two_users(data):
        time.sleep(0.01)
    cluster.leave(data)
    assert database.status(data).running
    os.close(outside)
    os.waitpid(child, 0)
    assert not database.status(data).running


def _two_users(data) -> bool:
    """Whether the kernel lists two shared locks on the file of users (proc_locks(5))."""
    inode = f":{cluster.Place(data).users_lock.stat().st_ino} "
    with open("/proc/locks") as held:
        return sum("FLOCK" in line and "READ" in line and inode in line for line in held) == 2


def test_stop_stops_the_server_under_its_users_and_says_whether_one_ran(data):
    database.connections(data, durable=False)
    assert database.stop(data) is True
    assert database.stop(data) is False
    assert not database.status(data).running


def test_looking_at_the_status_of_an_unused_folder_creates_nothing(new):
    found = database.status(new)
    assert (found.exists, found.running, found.pid, found.folder_version) == (
        False,
        False,
        None,
        None,
    )
    assert not new.exists()


def test_a_start_that_cannot_get_its_turn_says_so(data, monkeypatch):
    database.connections(data, durable=False)
    monkeypatch.setattr(cluster, "PATIENCE", 0.1)
    with (
        cluster._start_lock(cluster.Place(data), 1),
        ThreadPoolExecutor(1) as other,
        pytest.raises(StartFailed, match="Another process"),
    ):
        other.submit(database.connections, data).result()


def test_only_processes_of_postgresql_that_work_in_the_folder_count_as_its_server(data):
    database.connections(data, durable=False)
    found = leftovers.server_processes(cluster.Place(data).cluster)
    assert database.status(data).pid in found
    assert os.getpid() not in found
