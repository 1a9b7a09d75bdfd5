"""Server time and number of queries of the pages that are used all day, as the data grows.

Builds the demo's world, multiplies it to 7,000 and to 70,000 notifications, and asks for each page
twenty times in one process: the time is that of the whole request, without the network.

    python benchmarks/pages.py [--data DIR to keep what was built]
"""

import os
import sys
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.fill import ask_many, multiply
from benchmarks.machine import header, in_a_folder, times

SIZES = (7_000, 70_000)
ROUNDS = 20
FORTY = 40  # open questions about each family of a meeting


def main(folder: str) -> None:
    from sightline.cli.boot import boot

    os.environ["SIGHTLINE_DEMO"] = "1"
    found = boot(folder)
    import psycopg

    from sightline.common.clock import now
    from sightline.demo import world

    print(header())
    world.build(now=now(), progress=lambda done, total: None)
    print("| page | notifications | queries | time |\n|---|---|---|---|")
    with psycopg.connect(found.owner, autocommit=True) as owner:
        for size in SIZES:
            there = _count(owner)
            if there < size:
                _grow(owner, size)
            ask_many(owner, FORTY)
            _measure(_count(owner))


def _count(owner) -> int:
    return owner.execute("select count(*) from intake_notification").fetchone()[0]


def _grow(owner, size: int) -> None:
    from benchmarks.fill import STEP

    one = owner.execute(
        "select count(*) from intake_notification where id < %s", [STEP]
    ).fetchone()[0]
    have = _count(owner) // one
    multiply(owner, size // one - have + 1, begin=have)


def _measure(size: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    for name, user, address, *form in _pages():
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        ask = partial(client.post, address, *form) if form else partial(client.get, address)
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        asked = len(queries)  # counted now: the next request forgets them
        assert answer.status_code == 200, (address, answer.status_code)
        taken = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            ask()
            taken.append(time.perf_counter() - began)
        print(f"| {name} | {size:,} | {asked} | {times(taken)} |", flush=True)


def _pages():
    from sightline.access.models import User
    from sightline.common.clock import now
    from sightline.people.models import Incident, Link
    from sightline.sharing.review_queue import next_for

    chair = User.objects.get(email="chair@castlebrook.example")
    manager = User.objects.get(email="manager@castlebrook.example")
    family = Incident.objects.filter(household__address__startswith="12 Brook Lane").latest(
        "started_at"
    )
    person = Link.objects.filter(
        mention__source__incident=family, mention__role="perpetrator", ended_at=None
    ).first()
    yield "worklist", chair, "/worklist/"
    yield "family", chair, f"/families/{family.pk}/"
    yield "person", chair, f"/people/{person.person_id}/"
    yield "family picture", chair, f"/people/{person.person_id}/family/"
    yield "search, a name", chair, "/people/", {"q": "moreno"}
    yield "search, name and date", chair, "/people/", {"q": "leyla moreno 9.5.17"}
    yield "who is this", chair, "/people/reviews/"
    if question := next_for(chair, now()):
        yield "who is this, one question", chair, f"/people/reviews/{question.pk}/"
    yield "actions", chair, "/actions/"
    yield from _of_the_meeting(chair)
    yield "recommended and done", manager, "/figures/recommended-and-done/"
    for number in range(1, 6):
        yield f"figure s0.table{number}", manager, f"/figures/s0.table{number}/"


def _of_the_meeting(chair):
    """Today's meeting, the family on its list that most was asked about, and what agencies owe."""
    from django.db.models import Count

    from sightline.access.models import User
    from sightline.meetings.models import MeetingItem

    listed = MeetingItem.objects.filter(incident__isnull=False, removed_at=None)
    asked = Count("incident__research")
    item = listed.annotate(asked=asked).order_by("-asked", "-pk").first()
    health = User.objects.get(email="health@castlebrook.example")
    yield "meeting", chair, f"/meetings/{item.meeting_id}/"
    yield f"family of a meeting, {item.asked} asked", chair, f"/meetings/families/{item.pk}/"
    yield "questions to an agency", health, "/research/"
    yield "agencies to chase", chair, "/research/chase/"
    yield "escalated to you", chair, "/escalations/"


if __name__ == "__main__":
    in_a_folder(main)
