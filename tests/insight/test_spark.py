"""Every figure counts on Spark what it counts on PostgreSQL and on DuckDB."""

from datetime import timedelta

import pytest

from sightline.insight.catalogue import ALL
from sightline.insight.engine.snapshot import Snapshot
from sightline.insight.engine.spark import OnSpark
from sightline.insight.periods import Period
from tests.insight.engines import agreed, snapshot
from tests.insight.story import told
from tests.insight.work import worked

pytestmark = pytest.mark.django_db
A_WHILE = timedelta(minutes=1)


@pytest.mark.parametrize("happens", [told, worked])
def test_every_figure_counts_alike_on_three_engines_and_as_at_a_moment_before(
    world, tmp_path, spark, happens
):
    moments = [at + A_WHILE for _, at in happens(world)]
    before, last = moments[len(moments) // 2], moments[-1]
    for moment in (before, last):
        snapshot(tmp_path, moment)
    for figure in ALL:
        agreed(figure, Period(), Snapshot(tmp_path), OnSpark(tmp_path, spark))
        if figure.id.startswith("s0."):
            agreed(figure, Period(), OnSpark(tmp_path, spark, before))
