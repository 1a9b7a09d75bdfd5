"""The back-history comes in by the file door, and the figures are those of its making."""

from datetime import UTC, datetime

import pytest

from sightline.demo import back_history
from sightline.demo.dudley import REDUCED, build
from sightline.encompass.models import Notice
from sightline.insight.catalogue import BY_ID
from sightline.insight.engine.live import Live
from sightline.insight.engine.spark import OnSpark
from sightline.insight.figures.base import Row
from sightline.insight.periods import Period
from sightline.insight.printing import written
from sightline.intake.models import ImportFile, Notification
from sightline.screening.models import Screening
from tests.insight.engines import snapshot
from tests.insight.spark import MISSING
from tests.world import NOW, notification

pytestmark = pytest.mark.django_db
SEED = 2
EVER_AFTER = datetime(2100, 1, 1, tzinfo=UTC)  # files come in at the time of the clock


class Killed(Exception):
    """The import is killed between two chunks."""


def bar(what):
    del what
    return lambda done, total: None


def kill_after_a_chunk(what):
    del what

    def progress(done, total):
        assert 0 < done < total
        raise Killed

    return progress


def as_printed(rows: list[Row]) -> list[tuple[str, ...]]:
    return [tuple(map(written, row)) for row in rows]


def without_sizes_of_nobody(rows):
    """A thinned history keeps the sizes of the whole one, also those beyond its largest."""
    while len(rows) > 1 and rows[-2][1] == "0":
        rows = [*rows[:-2], rows[-1]]
    return rows


@pytest.fixture
def engines(tmp_path, request):
    """Return a function that gives every engine there is, each with all that is known."""

    def everyone():
        held = snapshot(tmp_path, EVER_AFTER)
        yield from (Live(), held)
        if not MISSING:
            yield OnSpark(tmp_path, request.getfixturevalue("spark"))

    return everyone


def test_a_history_whose_import_was_killed_counts_to_its_own_five_tables(db, engines):
    with pytest.raises(Killed):
        back_history.load(kill_after_a_chunk, now=NOW, seed=SEED, fraction=REDUCED)
    begun = Notification.objects.count()
    assert back_history.has_begun()
    for _ in range(2):
        back_history.load(bar, now=NOW, seed=SEED, fraction=REDUCED)

    history = build(SEED, REDUCED)
    assert 0 < begun < Notification.objects.count()
    assert Notification.objects.count() == len({row.reference for row in history.notifications})
    assert ImportFile.objects.count() == 3
    for engine in engines():
        for number, expected in history.expected.items():
            found = as_printed(BY_ID[f"s0.table{number}"].rows(Period(), engine))
            assert found == without_sizes_of_nobody(list(expected.rows)), (number, engine)
    assert not Notice.objects.exists()
    assert not Screening.objects.filter(imported=False).exists()


def test_a_history_is_not_mixed_with_other_notifications(world):
    world.notify(notification())
    assert not back_history.has_begun()
    with pytest.raises(back_history.NotEmptyError):
        back_history.load(bar, now=NOW, seed=SEED, fraction=REDUCED)
    assert Notification.objects.count() == 1
