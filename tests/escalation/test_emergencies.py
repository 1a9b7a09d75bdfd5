"""The review of an emergency that nobody makes is escalated, and counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.common.announce import quietly
from sightline.escalation.models import Escalation
from sightline.escalation.presenters import rows_of
from sightline.escalation.raising import escalate
from sightline.insight.engine.live import Live
from sightline.insight.figures.emergencies import Emergencies
from sightline.insight.periods import Period
from sightline.sharing.emergencies import open_in_emergency, review
from sightline.sharing.exactly import Exactly
from tests.world import notification

pytestmark = pytest.mark.django_db


def raised():
    return Escalation.objects.filter(emergency__isnull=False).order_by("pk")


def run(*moments):
    with quietly("escalations.raised"):
        for moment in moments:
            escalate(moment)


def test_a_review_of_an_emergency_that_nobody_makes_goes_to_the_lead_then_the_partnership(world):
    world.notify(notification())
    made = open_in_emergency(
        who=Exactly(number="999 000 0026"), reason="He is at the door now, she rang",
        key=uuid4(), by=world.user("socialworker"), now=world.now,
    )  # fmt: skip
    late = world.now + timedelta(days=5)
    run(late, late)
    one = raised().get()
    assert (one.emergency, one.to_user) == (made, world.user("carelead"))
    [row] = rows_of(world.user("carelead"), [one], late)
    assert (row.href, row.whose) == (
        reverse("emergency", args=[made.pk]),
        "Opened by Tom Bright, Castlebrook Children's Social Care",
    )
    run(world.now + timedelta(days=7))
    assert [other.tier for other in raised()] == ["agency", "partnership"]
    review(emergency=made, justified=True, follows="", by=world.user("ig"), now=late)
    run(world.now + timedelta(days=8))
    assert not raised().filter(closed_at=None).exists()
    [row] = Emergencies().rows(Period())
    assert row[1:] == (1, 1, 1, 0, 0, 1)
    at_first, before = (world.now + timedelta(hours=1), late - timedelta(hours=1))
    for moment, is_late in ((at_first, 0), (before, 1)):
        [row] = Emergencies().rows(Period(), Live.at(moment))
        assert row[1:] == (1, 1, 0, 0, 1, is_late)
