"""A child who has a social worker already goes to that worker, the same day."""

import pytest
from django.urls import reverse

from sightline.audit.models import Event
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood
from sightline.screening.routing import send_to_worker, sent_to
from sightline.sharing.models import Disclosure
from tests.world import notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(world):
    world.notify(notification(), now=now())
    return world


def send(world, by="administrator"):
    return send_to_worker(
        screening=world.screening("Leila"), worker=world.user("socialworker"),
        by=world.user(by), now=now(),
    )  # fmt: skip


def test_the_page_sends_it_and_says_so(family, client):
    client.force_login(family.user("administrator"))
    url = reverse("screening-worker", args=[family.screening("Leila").pk])
    assert "selected" not in client.get(url).content.decode()
    worker = family.user("socialworker")
    response = client.post(url, {"worker": worker.pk}, follow=True)
    assert "Sent to Tom Bright" in response.content.decode()
    assert family.screening("Leila").routed_to == worker


def test_nobody_is_chosen_beforehand(family, client):
    client.force_login(family.user("administrator"))
    url = reverse("screening-worker", args=[family.screening("Leila").pk])
    assert "Choose the social worker." in client.post(url, {}).content.decode()


def test_the_worker_sees_the_family_and_that_it_was_read_is_kept(family, client):
    client.force_login(family.user("socialworker"))
    page = reverse("family", args=[family.screening("Leila").incident_id])
    assert client.get(page).status_code == 404
    send(family)
    listed = client.get(reverse("actions")).content.decode()
    assert "Brook Lane" in listed
    assert "Leila" not in listed
    assert "Leila Moreno" in client.get(page).content.decode()
    assert family.screening("Leila").read_by == family.user("socialworker")


def test_the_worklist_says_to_whom_and_whether_it_was_read(family, client):
    send(family)
    client.force_login(family.user("chair"))
    text = client.get(reverse("worklist") + "?show=open").content.decode()
    assert "Tom Bright" in text
    assert "not yet read" in text


def test_sending_twice_is_sending_once(family):
    send(family)
    doors = Disclosure.objects.filter(origin="open_case").count()
    send(family)
    assert Disclosure.objects.filter(origin="open_case").count() == doors
    assert Event.objects.filter(what="screening.sent_to_worker").count() == 1
    assert list(sent_to(family.user("socialworker"))) == [family.screening("Leila")]


def test_only_a_social_worker_may_be_chosen(family):
    with pytest.raises(NotUnderstood):
        send_to_worker(
            screening=family.screening("Leila"), worker=family.user("idva"),
            by=family.user("chair"), now=now(),
        )  # fmt: skip
