"""An import that is killed goes on where it was: nothing twice, nothing left out."""

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected

from sightline.intake.files import running
from sightline.intake.models import ImportFile, ImportKind, Notification
from sightline.pathway.stages import take_through
from sightline.people.models import Mention
from tests.intake.files.sending import LEILA, MARIA, csv_of, rows_of

pytestmark = pytest.mark.django_db

NOTIFICATIONS, A_CHUNK = 10, 3
CHUNKS = 4


class Killed(BaseException):
    """What a process does not outlive."""


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setitem(running.CHUNK, ImportKind.NOTIFICATIONS, A_CHUNK)


def content() -> bytes:
    """Ten notifications; of the fourth one row is bad, of the seventh the rows are scattered."""
    rows = [row for n in range(NOTIFICATIONS) for row in rows_of(f"NM-{n}", MARIA, LEILA)]
    rows[7]["sex"] = "?"
    rows.append(rows.pop(12))
    return csv_of(rows)


def arrived(file: ImportFile) -> None:
    """Every row is accounted for once, and everybody is mentioned once."""
    file.refresh_from_db()
    assert file.finished_at is not None
    assert (file.accepted, file.replayed, file.refused.count()) == (18, 0, 2)
    assert sorted(file.refused.values_list("number", flat=True)) == [8, 9]
    assert file.rows_done == file.rows_total == 20
    assert sorted(n.reference for n in Notification.objects.all()) == [
        f"NM-{n}" for n in range(NOTIFICATIONS) if n != 3
    ]
    assert Mention.objects.count() == 18
    assert not Notification.objects.filter(opened_at=None).exists()


@pytest.mark.parametrize("chunk", range(1, CHUNKS + 1))
def test_killed_after_a_chunk_it_goes_on_with_the_next(door, chunk):
    done = []

    def progress(rows, total):
        done.append(rows)
        if len(done) == chunk:
            raise Killed

    file = door.start(door.choose(door.upload(content())))
    with pytest.raises(Killed):
        door.run(file, progress=progress)
    file.refresh_from_db()
    assert file.rows_done == done[-1] == Mention.objects.count() + file.refused.count()
    assert file.finished_at is None
    arrived(door.run(file))


@pytest.mark.parametrize("chunk", range(1, CHUNKS + 1))
@pytest.mark.parametrize("before", [True, False], ids=["before the stages", "after the stages"])
def test_killed_within_a_chunk_that_chunk_is_as_if_it_had_not_begun(door, chunk, before):
    calls = []

    def then(ids, now):
        calls.append(ids)
        if len(calls) == chunk and before:
            raise Killed
        take_through(ids, now)
        if len(calls) == chunk:
            raise Killed

    file = door.start(door.choose(door.upload(content())))
    with pytest.raises(Killed):
        door.run(file, then)
    file.refresh_from_db()
    assert file.rows_done == Mention.objects.count() + file.refused.count()
    arrived(door.run(file))


def test_killed_at_every_moment_it_still_arrives(door):
    file = door.start(door.choose(door.upload(content())))
    for moment in range(40):
        with pytest.raises(Killed) if moment < CHUNKS * 2 else _nothing():
            door.run(file, _killed_at(moment), progress=_killed_after(moment))
    arrived(file)


def _nothing():
    from contextlib import nullcontext

    return nullcontext()


def _killed_at(moment):
    def then(ids, now):
        if moment % 2 == 0 and moment < CHUNKS * 2:
            raise Killed
        take_through(ids, now)

    return then


def _killed_after(moment):
    def progress(rows, total):
        if moment % 2 and moment < CHUNKS * 2:
            raise Killed

    return progress


def test_running_a_finished_import_again_changes_nothing(door):
    file = door.send(content())
    arrived(file)
    arrived(door.run(file))


def test_of_two_processes_at_one_file_one_gives_way(door):
    file = door.start(door.choose(door.upload(content())))
    calls = []

    def progress(rows, total):
        calls.append(rows)
        if len(calls) == 1:
            arrived(door.run(file))  # the other process takes all the rest in meanwhile

    given_way = door.run(file, progress=progress)
    assert calls == [6]
    assert given_way.finished_at is None
    arrived(file)


def test_a_chunk_that_stood_in_somebodys_way_is_tried_again(door):
    calls = []

    def then(ids, now):
        calls.append(ids)
        if len(calls) in (1, 3):
            raise OperationalError("deadlock") from DeadlockDetected()
        take_through(ids, now)

    arrived(door.run(door.start(door.choose(door.upload(content()))), then))


def test_when_the_database_goes_away_the_task_fails_and_can_be_run_again(door):
    file = door.start(door.choose(door.upload(content())))

    def then(ids, now):
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        door.run(file, then)
    arrived(door.run(file))
