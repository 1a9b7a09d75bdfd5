"""When the keys are other ones, those of everybody held already are written anew."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from sightline.people.models import LinkKey
from tests.people.mentioned import documents, record


@pytest.mark.django_db
def test_keys_of_mentions_held_already_are_as_if_they_came_today():
    record(documents(1, 4))
    written = set(LinkKey.objects.values_list("key", "mention_id"))
    assert written
    LinkKey.objects.filter(key=min(written)[0]).delete()
    LinkKey.objects.create(key=1, mention_id=min(written)[1])
    anew = import_module("sightline.people.migrations.0009_keys_anew")
    anew.write_keys_anew(apps, SimpleNamespace(connection=connection))
    assert set(LinkKey.objects.values_list("key", "mention_id")) == written
