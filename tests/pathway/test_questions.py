"""Questions who somebody is, along the way: on a person's page, their doors, their end."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.pathway.stages import close_question, keep_questions_open
from sightline.people.models import LinkReview
from sightline.people.tidying import CORRECTED, close_reviews
from sightline.sharing.models import Disclosure, Origin
from sightline.sharing.queries import open_reviews
from tests.people.asking import asked, person_of
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

pytestmark = pytest.mark.django_db

ZORA = LEILA | {
    "given_name": "Zora", "surname": "Zed", "birth_date": "2011-02-03", "nhs_number": "9990000034",
}  # fmt: skip


@pytest.fixture
def doubtful(world):
    """A question about Zora, whom notification NEW-0 names."""
    return asked(world, new=ZORA)


def test_a_persons_page_leads_to_the_question_about_them(client, world, monkeypatch):
    monkeypatch.setattr("sightline.pathway.views.person.now", lambda: world.now)
    review = asked(world)
    question = reverse("link-review", args=[review.pk])
    for person in (review.candidate, person_of(review)):
        for local, leads in (("chair", True), ("health", False)):
            client.force_login(world.user(local))
            shown = client.get(reverse("person", args=[person.pk])).content.decode()
            assert (question in shown) is leads, local
    client.force_login(world.user("chair"))
    maria = client.get(reverse("person", args=[world.person("Maria").pk])).content.decode()
    assert "It is not certain who this is" not in maria


def test_a_correction_that_drops_somebody_closes_the_question_and_its_doors(world, doubtful):
    world.notify(notification("NEW-0", MARIA, DANIEL, SAM, version=2))
    doubtful.refresh_from_db()
    assert doubtful.closed_because == CORRECTED
    close_question(doubtful.pk, world.now)
    doors = Disclosure.objects.filter(origin=Origin.REVIEW, origin_id=str(doubtful.pk))
    assert doors.exists()
    assert not doors.filter(until_at__gt=world.now).exists()


def test_a_correction_that_names_them_again_leaves_the_question_open(world, doubtful):
    world.notify(notification("NEW-0", MARIA, DANIEL, ZORA, version=2))
    assert person_of(doubtful) == world.person("Zora")
    assert LinkReview.objects.get(LinkReview.OPEN) == doubtful


def test_a_notification_of_others_closes_nothing(world, doubtful):
    world.notify(notification("NM-2", IVY, DANIEL, NOAH))
    assert open_reviews(world.user("chair"), world.now).count() == 1


def test_another_model_may_close_what_it_would_not_ask(world, doubtful):
    because = "comparison 2 tells them apart"
    assert close_reviews(LinkReview.objects.all(), because=because, now=world.now) == 1
    assert close_reviews(LinkReview.objects.all(), because="again", now=world.now) == 0
    doubtful.refresh_from_db()
    assert (doubtful.closed_at, doubtful.closed_because) == (world.now, because)


def test_an_open_question_can_be_answered_however_old_it_is(world, doubtful):
    chair = world.user("chair")
    for _ in range(4):
        world.now += timedelta(days=50)
        keep_questions_open(world.now)
    assert open_reviews(chair, world.now).get() == doubtful
    assert not open_reviews(chair, world.now + timedelta(days=91)).exists()
