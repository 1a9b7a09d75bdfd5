"""Whatever state a family is in, every page of it opens and says where it stands."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.doing import decline
from sightline.actions.models import Action
from sightline.meetings.arranging import arrange_meeting
from sightline.meetings.commands import screen_again
from sightline.meetings.lists import build_list, publish_list
from sightline.meetings.marac.hearing import hear
from sightline.meetings.marac.referring import refer_to_marac
from sightline.people.models import Incident
from sightline.screening.commands import set_scale
from sightline.screening.models import Screening
from sightline.screening.routing import send_to_worker
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db
OF_CHILD = ("screening-scale", "decide", "settle", "outcomes")


def words(response):
    return " ".join(response.content.decode().split())


class Family:
    """The Moreno family, what happens to it next, and what the chair sees of it then."""

    def __init__(self, world, client):
        self.world, self.client = world, client
        world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
        client.force_login(world.user("chair"))

    def by(self, who="chair"):
        return {"by": self.world.user(who), "now": self.world.now}

    def child(self, name="Leila"):
        return self.world.screening(name)

    def shown(self):
        """The words of the family page; every page of every child opens, too."""
        for child in Screening.objects.all():
            for name in OF_CHILD:
                found = self.client.get(reverse(name, args=[child.pk]))
                gone = child.withdrawn_at is not None
                assert found.status_code == (410 if gone else 200), (name, child.mention.given_name)
                assert not gone or "A correction took this child out" in words(found)
        return words(self.client.get(reverse("family", args=[Incident.objects.get().pk])))

    def decide(self, outcome, *agreed, seen=None):
        return decide_with_actions(
            screening=self.child(), outcome=outcome, rationale=f"{outcome}, for a reason.",
            actions=agreed, seen=seen, **self.by(),
        )  # fmt: skip


def test_every_state_of_a_family_has_its_pages(world, client):
    family = Family(world, client)
    cast = world.cast.agencies
    assert "Not decided" in family.shown()
    set_scale(
        screening=family.child(), scale=3, because="Heard it.", second_agency=None, **family.by()
    )
    assert "Not decided" in family.shown()
    plan = AgreedAction(cast["refuge"], "Safety plan", kind="safety_plan")
    first = family.decide("CFA", plan)
    assert "Child and family assessment" in family.shown()
    decline(action=Action.objects.get(), because="Full.", **family.by("idva"))
    assert "back with the team" in family.shown()
    family.decide("CONSENT_REFUSED", seen=first.pk)
    assert "consent refused" in family.shown().lower()
    screen_again(screening=family.child(), **family.by())
    assert "Not decided" in family.shown()
    kept = words(client.get(reverse("decide", args=[family.child().pk])))
    assert "consent refused" in kept.lower()  # what was decided before stays in the record
    send_to_worker(screening=family.child("Sam"), worker=world.user("socialworker"), **family.by())
    assert "Tom Bright" in family.shown()
    pair = (world.person("Maria").pk, world.person("Daniel").pk)
    refer_to_marac(
        incident=Incident.objects.get(), pair=pair, judgement="He will kill her.", **family.by()
    )
    assert "1 referral to MARAC, not heard yet" in family.shown()
    marac = arrange_meeting(
        kind="marac", starts=world.now + timedelta(days=9), place="Hall", **family.by()
    )
    build_list(meeting=marac, **family.by())
    publish_list(meeting=marac, **family.by())
    hear(item=marac.items.get(), summary="High risk.", **family.by())
    assert "MARAC flag until" in family.shown()
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    assert "Leila Moreno" in family.shown()
