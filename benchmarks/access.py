"""What it costs to ask the ledger, to have the database ask it too, and to write looks down.

Asks for pages and lists of a busy borough, 70,000 notifications and a million disclosures, as they
are and without each of the three: without the ledger every person is open to everybody, without the
second wall the policies are off, without the read log nothing is written. The answer is how many
times as long a page takes with it, and with all three.

    python benchmarks/access.py [--data DIR to keep what was built]
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.machine import header, in_a_folder
from benchmarks.pages import _count, _grow, _pages

SIZE = 70_000
DISCLOSURES = 1_000_000
ROUNDS = 15
WANTED = (
    "worklist", "family", "person", "search, a name", "who is this", "actions",
    "questions to an agency", "agencies to chase", "meeting",
)  # fmt: skip
# Doors of earlier years: of other agencies and over, as most are.
EARLIER = """
    insert into sharing_disclosure (agency_id, person_id, items, level, purpose, basis, reason,
        origin, origin_id, from_at, until_at, decided_at)
    select agency_id, person_id, items, level, purpose, basis, reason, origin,
        left(origin_id, 30) || '/' || n, from_at - interval '1 year', from_at - interval '9 months',
        decided_at
    from sharing_disclosure, generate_series(1, %s) n limit %s
"""


def main(folder: str) -> None:
    from sightline.cli.boot import boot

    os.environ["SIGHTLINE_DEMO"] = "1"
    found = boot(folder)
    import psycopg

    from sightline.access.models import User
    from sightline.common.clock import now
    from sightline.demo import world

    print(header())
    if not User.objects.exists():
        world.build(now=now(), progress=lambda done, total: None)
    with psycopg.connect(found.owner, autocommit=True) as owner:
        if _count(owner) < SIZE:
            _grow(owner, SIZE)
        _disclose(owner)
        print(f"{_count(owner):,} notifications, {_doors(owner):,} disclosures\n")
        print("| page | all three | ledger | second wall | read log | together |")
        print("|---|---|---|---|---|---|")
        for name, user, address, *form in _pages():
            if name in WANTED:
                _measure(owner, name, user, address, form)


def _doors(owner) -> int:
    return owner.execute("select count(*) from sharing_disclosure").fetchone()[0]


def _disclose(owner) -> None:
    missing = DISCLOSURES - _doors(owner)
    if missing > 0:
        owner.execute(EARLIER, [missing // _doors(owner) + 1, missing])
        owner.execute("analyze")


def _measure(owner, name, user, address, form) -> None:
    """Ask in turns, so that a busy moment of the machine meets all of them alike."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    ask = partial(client.post, address, *form) if form else partial(client.get, address)
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way, without in WAYS.items():
            with without(owner):
                began = time.perf_counter()
                answer = ask()
                taken[way].append(time.perf_counter() - began)
                assert answer.status_code == 200, (address, answer.status_code)
    least = {way: statistics.median(some) for way, some in taken.items()}
    ratios = [f"{least['all'] / least[way]:.2f}" for way in list(WAYS)[1:]]
    print(f"| {name} | {least['all'] * 1000:.0f} ms | {' | '.join(ratios)} |", flush=True)


@contextmanager
def _as_it_is(owner) -> Iterator[None]:
    yield


@contextmanager
def _without_ledger(owner) -> Iterator[None]:
    """Everybody may see everything of everybody; nobody asks why."""
    from sightline.people.models import Person
    from sightline.sharing.models import Item
    from sightline.sharing.queries import Answer

    everything = Answer(True, "not asked", frozenset(Item.values))

    def open_to_all(user, persons, now):
        return dict.fromkeys(persons, everything)

    with ExitStack() as stack:
        for module in _modules():
            for name, stand_in in (
                ("what_they_may_see", open_to_all),
                ("visible_persons", lambda user, now, item=None: Person.objects.all()),
            ):
                if hasattr(module, name):
                    stack.enter_context(patch.object(module, name, stand_in))
        yield


@contextmanager
def _without_wall(owner) -> Iterator[None]:
    _every_wall(owner, "disable")
    try:
        yield
    finally:
        _every_wall(owner, "enable")


@contextmanager
def _without_log(owner) -> Iterator[None]:
    with ExitStack() as stack:
        for module in _modules():
            if hasattr(module, "record_reads"):
                stack.enter_context(patch.object(module, "record_reads", lambda *a, **k: None))
        yield


@contextmanager
def _without_any(owner) -> Iterator[None]:
    with _without_ledger(owner), _without_wall(owner), _without_log(owner):
        yield


WAYS = {
    "all": _as_it_is, "ledger": _without_ledger, "wall": _without_wall, "log": _without_log,
    "together": _without_any,
}  # fmt: skip


def _modules() -> list:
    return [module for name, module in sys.modules.items() if name.startswith("sightline.")]


def _every_wall(owner, what: str) -> None:
    from sightline.config.wall.building import WALLED

    for table in WALLED:
        owner.execute(f"alter table {table} {what} row level security")


if __name__ == "__main__":
    in_a_folder(main)
