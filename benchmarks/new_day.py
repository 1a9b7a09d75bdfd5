"""What it takes to find what a day added, for the snapshot that figures are counted over.

Builds the demo's world and multiplies it by 4 and by 16, and each time asks every fact for what
changed lately: since so long ago that as many notifications came in as in a busy day. The moments
of copies are those of the world they were made of, so that the time gets shorter as the history
grows and the work stays the same: the seconds should too.

    python benchmarks/new_day.py [--data DIR to keep what was built]
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.fill import STEP, multiply
from benchmarks.machine import header, in_a_folder

TIMES = (1, 4, 16)
A_DAY = 100  # notifications
ROUNDS = 3
# The geography is taken in when the demo is made; a day on which it is, every place may have moved.
LONG_KNOWN = """
update geography_edition set finished_at = now() - interval '5 years', holds_from = '2020-01-01'
"""
COUNTED = "select count(*) filter (where id < %s), count(*) from intake_notification"
SINCE = "select received_at from intake_notification order by received_at desc offset %s limit 1"


def main(folder: str) -> None:
    from sightline.cli.boot import boot

    os.environ["SIGHTLINE_DEMO"] = "1"
    found = boot(folder)
    import psycopg

    from sightline.common.clock import now
    from sightline.common.wall import Purpose, acting_for
    from sightline.demo import world

    print(header())
    world.build(now=now(), progress=lambda done, total: None)
    print("| notifications | things | rows, new and ended | seconds to find | to read | slowest |")
    print("|---|---|---|---|---|---|")
    with psycopg.connect(found.owner, autocommit=True) as owner:
        owner.execute(LONG_KNOWN)
        for times in TIMES:
            one, many = owner.execute(COUNTED, [STEP]).fetchone()
            made = many // one
            multiply(owner, times - made, begin=made)
            owner.execute("analyze")
            with acting_for(Purpose.WORKING):
                print(f"| {one * times:,} | {_measured(owner)} |", flush=True)


def _measured(owner) -> str:
    """Return how many things and rows there were, and the medians of what they took."""
    from sightline.common.clock import now
    from sightline.insight.facts import ALL

    [since] = owner.execute(SINCE, [A_DAY]).fetchone()
    rounds = [{fact.name: _asked(fact, since, now()) for fact in ALL} for _ in range(ROUNDS)]
    medians = {
        name: [statistics.median(each[name][part] for each in rounds) for part in range(4)]
        for name in rounds[0]
    }
    things, rows, finding, reading = map(sum, zip(*medians.values(), strict=True))
    slowest = max(medians, key=lambda name: sum(medians[name][2:]))
    took = sum(medians[slowest][2:])
    return f"{things:,} | {rows:,} | {finding:.2f} | {reading:.2f} | {slowest}, {took:.2f}"


def _asked(fact, since, until) -> tuple[int, int, float, float]:
    """Return how many things may have changed, how many rows did, and the seconds of each."""
    from sightline.insight.snapshots.changes import difference, touched

    began = time.perf_counter()
    things = sum(len(some or ()) for some in touched(fact, since, until))
    found = time.perf_counter()
    made, ended = difference(fact, since, until)
    finding = found - began
    return things, len(made) + len(ended), finding, time.perf_counter() - found - finding


if __name__ == "__main__":
    in_a_folder(main)
