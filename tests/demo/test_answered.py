"""Past questions of the demo are answered by its reviewers, who are right in the end."""

from datetime import timedelta

import pytest

from sightline.demo import answered
from sightline.people.models import Incident, LinkAnswer, LinkReview
from tests.people.asking import asked

pytestmark = pytest.mark.django_db
AGO = 40  # days: a Sunday night, answered on the Monday


@pytest.fixture
def question(world, monkeypatch):
    """A question of long ago, read by two; returns what says of which families both were."""
    monkeypatch.setattr(answered, "SHARE", 1)
    monkeypatch.setattr(answered, "UNSURE", 0)
    monkeypatch.setattr(answered, "WRONG", 1)
    review = asked(world, days=AGO, new={"given_name": "Ada"}, two_to_answer=True)

    def of(known, new):
        for reference, drawn in (("LOG-OLD-0", known), ("LOG-NEW-0", new)):
            Incident.objects.filter(reference=reference).update(reference=drawn)
        for _ in range(2):  # twice is once
            answered.answer_some(world.cast, at=review.asked_at, now=world.now)
        return LinkReview.objects.get(pk=review.pk)

    return of


def sayings():
    return list(LinkAnswer.objects.order_by("pk").values_list("decision", flat=True))


def test_namesakes_of_two_families_are_kept_apart_whoever_is_wrong_first(question):
    review = question("L00001-1", "L00002-1")
    assert (review.decision, review.change.kind) == ("not_same", "not_same")
    assert sayings() == ["same", "not_same", "not_same"]
    assert timedelta(0) < review.decided_at - review.asked_at < timedelta(days=2)
    assert all(answer.shown_at < answer.answered_at for answer in LinkAnswer.objects.all())


def test_one_child_of_one_family_is_joined(question):
    review = question("L00001-1", "L00001-2")
    assert (review.decision, review.change.kind) == ("same", "join")
    assert sayings() == ["not_same", "same", "same"]


def test_nobody_answers_what_nobody_knows(question):
    assert question("L00001-1", "LBL-1").decision == ""
    assert sayings() == []
