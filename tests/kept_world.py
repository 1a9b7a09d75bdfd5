"""The cast of tests/world.py, built once in a run and put back as rows for every test.

Building it through the commands takes half a second and 500 queries; putting it back takes ten.
What triggers write (the history of changes) they write again.
"""

import pickle

from django.apps import apps
from django.db import transaction

from tests.policy.walk import models
from tests.world import World, build_world

_built: list[bytes] = []


def build() -> None:
    """Build it in the empty database of a run, remember it, and leave the database empty."""
    assert apps.ready
    with transaction.atomic():
        world = build_world()
        rows = [list(model._base_manager.all()) for model in models() if model._meta.managed]
        _built[:] = [pickle.dumps((world, [one for one in rows if one]))]
        transaction.set_rollback(True)


def put_back() -> World:
    """Write the rows into the database, and return the world as it was built."""
    world, rows = pickle.loads(_built[0])  # noqa: S301 - what we wrote ourselves
    for found in rows:
        type(found[0])._base_manager.bulk_create(found)
    return world
