"""What it costs to search everything that leaves, as a ratio to the page without it.

Builds the demo's world, protects 100 and then 10,000 invented addresses with a telephone each, and
asks for each page in turn with the outgoing door and without it, so that both see the same load.

    python benchmarks/scanning.py [--data DIR to keep what was built]
"""

import os
import statistics
import sys
import time
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.machine import header, in_a_folder
from benchmarks.pages import _pages

PROTECTED = (100, 10_000)
PAGES = ("worklist", "family", "person", "actions", "figure s0.table1")
ROUNDS = 20
DOOR = "sightline.vault.middleware.OutgoingMiddleware"


def main(folder: str) -> None:
    from sightline.cli.boot import boot

    os.environ["SIGHTLINE_DEMO"] = "1"
    boot(folder)
    from sightline.common.clock import now
    from sightline.demo import world

    print(header())
    world.build(now=now(), years=0.05, progress=lambda done, total: None)
    print("| page | size | protected | without | with | ratio |\n|---|---|---|---|---|---|")
    for number in PROTECTED:
        _protect(number)
        for name, user, address, *form in _pages():
            if name in PAGES and not form:
                _measure(name, user, address, number)


def _protect(number: int) -> None:
    from django.db import transaction

    from sightline.common.clock import now
    from sightline.people.models import Mention
    from sightline.rules.vault.contact import Contact
    from sightline.vault.entries import Address, make
    from sightline.vault.models import SafeAddress

    mention = Mention.objects.earliest("pk")
    with transaction.atomic():
        for one in range(SafeAddress.objects.count(), number):
            address = Address(f"{one} Invented Quay", f"ZY{one % 90 + 1} {one % 10}AB")
            contact = Contact(number=f"07700 9{one:05}")
            for clear in (address, contact):
                make(clear, mention=mention, key=uuid4(), by=None, now=now())


def _measure(name, user, address, protected: int) -> None:
    """Take turns, so that what else runs on the machine slows both alike."""
    from django.conf import settings
    from django.test import Client

    every = list(settings.MIDDLEWARE)
    clients = []
    for door in (False, True):
        settings.MIDDLEWARE = [m for m in every if door or m != DOOR]
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        answer = client.get(address)  # loads its middleware
        assert answer.status_code == 200, (address, answer.status_code)
        clients.append(client)
    settings.MIDDLEWARE = every
    taken = ([], [])
    for _ in range(ROUNDS):
        for client, times in zip(clients, taken, strict=True):
            began = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - began) * 1000)
    without, scanned = (statistics.median(times) for times in taken)
    size = len(answer.content) / 1024
    print(
        f"| {name} | {size:.0f} KiB | {protected:,} | {without:.1f} ms | {scanned:.1f} ms "
        f"| {scanned / without:.2f} |",
        flush=True,
    )


if __name__ == "__main__":
    in_a_folder(main)
