"""Everybody who looked at, searched for, or was told of one person, for whoever answers for it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.audit.models import Event, Read
from sightline.people.changes import join
from sightline.rules.sharing.parts import Matter, Recipient
from sightline.sharing.access_history import everybody_like, keys_of
from sightline.sharing.queries import person_or_404
from sightline.sharing.telling import Wondering, decide_telling
from tests.world import DANIEL, IVY, NOAH, NOW, notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(world):
    world.notify(notification())
    person_or_404(world.user("chair"), world.person("Leila").pk, page="person", now=NOW)
    decide_telling(
        wondering=Wondering(world.mention("Leila"), Matter.INCIDENT, Recipient.HEALTH_VISITOR),
        told=True, agency=world.cast.agencies["health"], because="", key=uuid4(),
        by=world.user("chair"), now=NOW,
    )  # fmt: skip
    return world


def test_looks_tellings_and_doors_stand_in_one_list_without_a_name_of_the_family(looked, client):
    client.force_login(looked.user("ig"))
    page = reverse("access-history", args=[looked.person("Leila").pk])
    shown = client.get(page).content.decode()
    for words in ("Looked: person", "Ruth Adeyemi", "Told to Castlebrook Community Health Trust",
                  "Disclosed until", "core member of the screening team"):  # fmt: skip
        assert words in shown
    assert "Moreno" not in shown
    assert "Looked: access-history" in client.get(page).content.decode()  # the look itself
    assert client.get(reverse("access-history", args=[999_999])).status_code == 404


def test_it_is_taken_out_as_a_file_which_is_written_down(looked, client):
    client.force_login(looked.user("ig"))
    leila = looked.person("Leila").pk
    file = client.get(reverse("access-history-csv", args=[leila]))
    assert file["Content-Disposition"].endswith('.csv"')
    assert (
        file.content.decode().count("\n") == keys_of(leila).count()
    )  # headings, and one look less
    assert Event.objects.get(what="access_history.exported").subject_id == str(leila)
    session = client.session
    session["shown"] = (NOW - timedelta(days=900)).isoformat()
    session.save()
    assert client.get(reverse("access-history-csv", args=[leila])).status_code == 302


def test_who_was_joined_brings_their_history_along(looked):
    looked.earlier(400, "NM-0", IVY, DANIEL, NOAH)
    leila, noah = looked.person("Leila"), looked.person("Noah")
    join(gone=noah, stays=leila, because="one child", by=looked.user("chair"), now=NOW)
    one = looked.person("Leila").pk
    assert set(everybody_like(one)) == {leila.pk, noah.pk}
    persons = {str(leila.pk), str(noah.pk)}
    assert keys_of(one).count() >= Read.objects.filter(person__in=persons).count() + 2


def test_queries_do_not_grow_with_the_list(looked, client, django_assert_max_num_queries):
    leila, chair = looked.person("Leila").pk, looked.user("chair")
    client.force_login(looked.user("ig"))
    page = reverse("access-history", args=[leila])
    client.get(page)
    with django_assert_max_num_queries(40) as few:
        client.get(page)
    for _ in range(30):
        person_or_404(chair, leila, page="person", now=NOW)
    with django_assert_max_num_queries(len(few)):
        client.get(page)
