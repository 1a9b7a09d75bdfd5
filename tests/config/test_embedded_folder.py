"""What may be in the data folder, who may enter it, and what is said when it cannot be used."""

import os
import pwd
import shutil
import stat
import subprocess

import psycopg
import pytest

from sightline.config import database, embedded
from sightline.config.postgres import cluster, folder, launch
from sightline.config.postgres.problems import FolderProblem, StartFailed, WrongVersion

AS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root starts the server as another user")


def mode(path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def setting(url: str, name: str) -> str:
    with psycopg.connect(url) as connection:
        return connection.execute(f"SHOW {name}").fetchone()[0]


def test_only_the_servers_user_can_reach_the_database(new):
    database.connections(new, durable=False)
    place = cluster.Place(new)
    assert mode(new) == (0o710 if AS_ROOT else 0o700)
    assert mode(place.cluster) == 0o700
    assert mode(place.socket / ".s.PGSQL.5432") == 0o700
    assert mode(place.log) == 0o600


def test_the_server_listens_on_no_network_and_writes_durably_in_utc(new):
    url = database.connections(new).app
    expected = {
        "listen_addresses": "",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "TimeZone": "UTC",
        "max_connections": "100",
    }
    assert {name: setting(url, name) for name in expected} == expected


def test_tests_may_ask_for_speed_instead_of_durability(data):
    url = database.connections(data, durable=False).app
    assert setting(url, "fsync") == "off"


def test_the_servers_log_holds_no_values_of_failed_statements(data):
    with psycopg.connect(database.connections(data, durable=False).owner) as connection:
        connection.execute("CREATE TABLE children (nhs_number text PRIMARY KEY)")
        connection.execute("INSERT INTO children VALUES ('999 000 0001')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO children VALUES ('999 000 0001')")
    assert "999 000 0001" not in cluster.Place(data).log.read_text()


@needs_root
def test_under_root_the_server_runs_as_a_user_without_rights(data):
    database.connections(data, durable=False)
    server = cluster.Place(data).cluster.stat().st_uid
    assert pwd.getpwuid(server).pw_name == folder.SERVER_ACCOUNT
    with open(f"/proc/{database.status(data).pid}/status") as lines:
        assert any(line.split() == ["Uid:", *[str(server)] * 4] for line in lines)


@needs_root
def test_under_root_closed_parents_are_opened_for_passing_through_only(place):
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    database.connections(closed / "data", durable=False)
    assert mode(closed) == 0o701
    assert mode(place) == 0o701


@needs_root
def test_under_root_programs_in_a_closed_folder_are_copied_and_the_folder_stays_closed(
    place, new, monkeypatch
):
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    original = embedded._package()
    shutil.copytree(original / "pginstall", closed / embedded.PACKAGE / "pginstall")
    shutil.copytree(original.parent / embedded.LIBRARIES, closed / embedded.LIBRARIES)
    monkeypatch.setattr(embedded, "_package", lambda: closed / embedded.PACKAGE)
    database.connections(new, durable=False)
    program = os.readlink(f"/proc/{database.status(new).pid}/exe")
    assert program.startswith(str(new))
    assert mode(closed) == 0o700


@needs_root
def test_a_user_other_than_root_starts_and_stops_a_server_of_their_own(place, user):
    nobody = pwd.getpwnam("nobody")
    programs = embedded.Programs(embedded._package() / embedded.PROGRAMS, nobody)
    if not embedded._runs(programs):
        pytest.skip("this virtual environment lies in a folder that the user nobody cannot enter")
    place.chmod(0o755)
    home = place / "home"
    home.mkdir(mode=0o700)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    theirs = home / "data"
    one = user(theirs, str(nobody.pw_uid))
    assert one.said()["app"].startswith("postgresql://sightline_app@")
    assert {path.stat().st_uid for path in theirs.rglob("*")} == {nobody.pw_uid}
    assert mode(theirs) == 0o700
    one.leave()
    assert not database.status(theirs).running


@needs_root
def test_root_runs_the_server_of_a_users_folder_as_that_user_and_locks_nobody_out(place):
    nobody = pwd.getpwnam("nobody")
    place.chmod(0o755)
    theirs = place / "data"
    theirs.mkdir(mode=0o700)
    os.chown(theirs, nobody.pw_uid, nobody.pw_gid)
    database.connections(theirs, durable=False)
    assert {path.lstat().st_uid for path in theirs.rglob("*")} == {nobody.pw_uid}


@needs_root
def test_a_folder_of_another_user_is_refused_by_name(place, user):
    place.chmod(0o755)
    (place / "data").mkdir()
    said = user(place / "data", str(pwd.getpwnam("nobody").pw_uid)).said()
    assert said["problem"] == "FolderProblem"
    assert "belongs to the user root" in said["text"]


def test_another_version_is_named_with_the_ways_out_and_nothing_is_changed(data):
    place = cluster.Place(data)
    (place.cluster / "PG_VERSION").write_text("15\n")
    before = sorted(place.cluster.iterdir())
    with pytest.raises(WrongVersion) as told:
        database.connections(data)
    for words in (str(place.cluster), "PostgreSQL 15", embedded.version(), "dump", "--data"):
        assert words in str(told.value)
    assert sorted(place.cluster.iterdir()) == before
    assert database.status(data).folder_version == "15"


def test_a_stale_process_id_of_nobody_does_not_hinder_a_start(data):
    ended = subprocess.Popen(["true"])
    ended.wait()
    assert start_over_stale_id(data, ended.pid)


def test_a_stale_process_id_that_another_program_has_now_does_not_hinder_a_start(data):
    place = cluster.Place(data)
    as_server = place.cluster.stat().st_uid if AS_ROOT else None
    other = subprocess.Popen(["sleep", "60"], user=as_server)
    try:
        assert start_over_stale_id(data, other.pid)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_an_empty_process_id_file_does_not_hinder_a_start(data):
    assert start_over_stale_id(data, "")


def start_over_stale_id(data, written) -> bool:
    place = cluster.Place(data)
    for file in (place.cluster / "postmaster.pid", place.cluster / ".s.PGSQL.5432.lock"):
        file.write_text(f"{written}\n{place.cluster}\n1\n5432\n" if written else "")
        os.chown(file, place.cluster.stat().st_uid, -1)
    database.connections(data, durable=False)
    return database.status(data).running


def test_a_first_start_killed_half_way_is_begun_anew(new):
    new.mkdir()
    unfinished = new / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    database.connections(new, durable=False)
    assert not unfinished.exists()


def test_a_long_path_gets_a_short_folder_for_its_socket(place):
    data = place / ("d" * 100) / "data"
    url = database.connections(data, durable=False).app
    socket = cluster.Place(data).socket
    assert setting(url, "listen_addresses") == ""
    assert len(str(socket)) < 40
    assert mode(socket) == 0o700


def test_a_short_socket_folder_that_others_may_enter_is_refused(place):
    data = place / ("d" * 100) / "data"
    socket = cluster.Place(data).socket
    socket.mkdir(mode=0o755)
    with pytest.raises(FolderProblem, match="not a folder of our own"):
        database.connections(data, durable=False)


def test_a_folder_with_other_things_in_the_databases_place_is_left_alone(new):
    (new / "postgres").mkdir(parents=True)
    (new / "postgres" / "letter.txt").write_text("not ours")
    with pytest.raises(FolderProblem, match="holds no PostgreSQL database"):
        database.connections(new)
    assert (new / "postgres" / "letter.txt").exists()


def test_a_folder_that_everybody_may_write_to_is_refused(new):
    new.mkdir()
    new.chmod(0o777)
    with pytest.raises(FolderProblem, match="Everybody may write"):
        database.connections(new)
    assert mode(new) == 0o777


def test_a_folder_that_cannot_be_made_is_named_with_the_way_out(place):
    (place / "file").write_text("")
    with pytest.raises(FolderProblem, match="SIGHTLINE_DATA"):
        database.connections(place / "file" / "data")


def test_a_name_that_a_shell_would_read_as_a_command_is_refused(place):
    with pytest.raises(FolderProblem, match="in its name"):
        database.connections(place / "$(id)")


def test_a_server_that_fails_to_start_is_reported_with_the_end_of_its_log(data):
    place = cluster.Place(data)
    with (place.cluster / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(StartFailed, match="no_such_setting"):
        database.connections(data)


def test_a_name_with_blanks_and_quotes_is_a_folder_like_any_other(place):
    data = place / "it's a folder, ünd"
    url = database.connections(data, durable=False).app
    assert setting(url, "listen_addresses") == ""


def test_paths_and_options_reach_the_server_unharmed(new):
    words = launch._options(cluster.Place(new), durable=True)
    assert "listen_addresses=" in words
    assert "fsync" not in words


def test_an_explicit_data_folder_wins_over_the_environment_over_the_usual_place(place, monkeypatch):
    usual = database.data_folder()
    assert usual.name == "sightline"
    assert str(usual).startswith("/var/lib/" if AS_ROOT else str(usual.home()))
    monkeypatch.setenv("SIGHTLINE_DATA", str(place / "a"))
    assert database.data_folder() == (place / "a").resolve()
    assert database.data_folder(str(place / "b")) == (place / "b").resolve()
