"""Snapshots: whole or not at all, without names, written on by what changed."""

import base64
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.insight.catalogue import BY_ID
from sightline.insight.engine import choosing
from sightline.insight.engine.choosing import engine_for
from sightline.insight.engine.live import Live
from sightline.insight.engine.snapshot import Snapshot
from sightline.insight.periods import Period
from sightline.insight.snapshots import keeping
from sightline.insight.snapshots.keeping import keep_snapshot, write_on
from sightline.insight.snapshots.manifest import Damaged, read, verify
from sightline.insight.snapshots.merging import AT_ONCE
from sightline.insight.snapshots.pseudonyms import NoKeyError, Pseudonyms, pseudonyms
from sightline.people.models import Person
from tests.insight.engines import NAMES, snapshot
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db
TABLE1 = BY_ID["s0.table1"]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def kept(settings, tmp_path):
    """A folder for snapshots, and a key for them."""
    settings.SNAPSHOTS = tmp_path / "snapshots"
    settings.PSEUDONYM_KEY = base64.urlsafe_b64encode(bytes(32)).decode()
    return settings.SNAPSHOTS


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*/*.parquet"))


def test_a_writer_who_dies_leaves_the_last_whole_snapshot(world, tmp_path, monkeypatch):
    world.earlier(40, "NM-0", MARIA, LEILA)
    before = snapshot(tmp_path, world.now - MINUTE)
    counted = TABLE1.rows(Period(), before)
    world.notify(notification("NM-1", MARIA, LEILA, SAM))

    def die(folder, manifest):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "publish", die)
        with pytest.raises(KeyboardInterrupt):
            write_on(tmp_path, world.now + MINUTE, NAMES)
    assert len(files(tmp_path)) > len(list(read(tmp_path).parts))
    assert TABLE1.rows(Period(), Snapshot(tmp_path)) == counted
    after = snapshot(tmp_path, world.now + 2 * MINUTE)
    assert TABLE1.rows(Period(), after) == TABLE1.rows(Period()) != counted
    assert files(tmp_path) == sorted(part.file for part in after.manifest.parts)


def test_no_name_and_no_id_of_ours_is_in_it(world, tmp_path):
    world.notify(notification())
    held = snapshot(tmp_path, world.now + MINUTE)
    written, numbers = set(), set()
    for part in held.manifest.parts:
        for row in pq.read_table(tmp_path / part.file).to_pylist():
            written |= {cell for cell in row.values() if isinstance(cell, str)}
            numbers |= {row[name] for name in ("child", "household") if row.get(name)}
    said = " ".join(written).lower()
    for secret in (
        "leila",
        "moreno",
        "maria",
        "crowe",
        "daniel",
        "brook lane",
        "zz9",
        "9990000026",
    ):
        assert secret not in said.replace("brook lane primary school", "")
    assert numbers
    assert not numbers & set(Person.objects.values_list("pk", flat=True))


def test_pseudonyms_are_the_same_for_the_same_thing_under_the_same_key_only():
    one, other = Pseudonyms(bytes(32)), Pseudonyms(bytes([1]) * 32)
    assert one.of("person", 7) == Pseudonyms(bytes(32)).of("person", 7)
    all_different = {
        one.of("person", 7), one.of("person", 8), one.of("household", 7), other.of("person", 7),
    }  # fmt: skip
    assert len(all_different) == 4
    assert one.fingerprint != other.fingerprint


def test_there_are_none_without_a_key(settings):
    settings.PSEUDONYM_KEY, settings.PSEUDONYM_KEY_FILE = "", None
    with pytest.raises(NoKeyError):
        pseudonyms()


def test_with_another_key_it_is_written_anew(world, tmp_path):
    world.notify(notification())
    one = write_on(tmp_path, world.now + MINUTE, NAMES)
    other = write_on(tmp_path, world.now + 2 * MINUTE, Pseudonyms(bytes([1]) * 32))
    assert other.moments == (world.now + 2 * MINUTE,)
    assert not {part.file for part in one.parts} & set(files(tmp_path))


def test_a_part_that_was_altered_is_noticed(world, tmp_path):
    world.notify(notification())
    held = snapshot(tmp_path, world.now + MINUTE)
    verify(tmp_path, held.manifest)
    altered = tmp_path / next(held.manifest.parts).file
    altered.write_bytes(altered.read_bytes() + b"x")
    with pytest.raises(Damaged, match="something else"):
        verify(tmp_path, held.manifest)


def test_a_new_day_writes_what_changed_and_asks_no_more_when_there_is_more(world, tmp_path):
    """The same two children again, beside few and beside many others."""
    asked, written = [], []
    for before in (1, 6):
        for number in range(before):
            world.earlier(30 + number, f"NM-{before}-{number}", MARIA, LEILA | {"id": "x"})
        first = snapshot(tmp_path / str(before), world.now)
        world.now += timedelta(hours=1)
        body = notification(f"NEW-{before}", DANIEL, SAM, notified_at=world.now.isoformat())
        world.notify(body)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            then = snapshot(tmp_path / str(before), world.now + MINUTE)
        asked.append(len(queries))
        written.append(then.manifest.rows("contact") - first.manifest.rows("contact"))
    assert asked[0] == asked[1]
    assert written == [1, 1]


def test_many_small_parts_become_one_and_count_the_same(world, tmp_path):
    for day in range(AT_ONCE + 1):
        world.notify(
            notification(f"NM-{day}", MARIA, SAM, notified_at=world.now.isoformat()),
            now=world.now,
        )
        held = snapshot(tmp_path, world.now + MINUTE)
        world.now += timedelta(hours=1)
    assert len(held.manifest.facts["contact"].rows) < AT_ONCE
    assert held.manifest.rows("contact") == AT_ONCE + 1
    assert TABLE1.rows(Period(), held) == TABLE1.rows(Period())
    earliest = Snapshot(tmp_path, held.manifest.moments[0])
    assert TABLE1.rows(Period(), earliest) == [(1, 1, 1), ("total", 1, 1)]


def test_it_is_kept_as_at_the_beginning_of_each_month_too(world, kept):
    first = keep_snapshot(datetime(2026, 11, 10, 12, tzinfo=UTC))
    assert first.moments == (
        datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 10, 11, 59, tzinfo=UTC),
    )  # fmt: skip
    later = keep_snapshot(datetime(2027, 1, 2, 12, tzinfo=UTC))
    assert later.moments[2:] == (
        datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC),
        datetime(2027, 1, 2, 11, 59, tzinfo=UTC),
    )  # fmt: skip
    assert keep_snapshot(datetime(2027, 1, 2, 12, tzinfo=UTC)) == later


def test_a_fresh_snapshot_of_many_is_asked_and_else_the_records(world, kept, monkeypatch):
    now = world.now + timedelta(hours=2)
    assert isinstance(engine_for(None, now), Live)
    world.notify(notification())
    held = keep_snapshot(now)
    assert isinstance(engine_for(None, now), Live)  # so few are counted to the minute
    monkeypatch.setattr(choosing, "SMALL", 1)
    assert engine_for(None, now).as_at == held.as_at == now - keeping.SETTLED
    assert isinstance(engine_for(None, now + timedelta(hours=2)), Live)  # it is not fresh
    assert engine_for(held.moments[0], now + timedelta(hours=2)).as_at == held.moments[0]
    between = engine_for(held.moments[0] + MINUTE, now)
    assert isinstance(between, Live)
    assert between.as_at == held.moments[0] + MINUTE
