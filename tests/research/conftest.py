"""The Moreno family's questions to agencies, and whoever answers them."""

import pytest
from django.contrib.auth.hashers import make_password

from sightline.access.commands import add_user
from sightline.research.answering import Giver, Says
from sightline.research.models import How, ResearchRequest
from tests.world import NOW, notification

KNOWN = Says(
    known="known", worker="Ann Lowe, health visitor", telephone="01632 960044", since="spring 2024",
    last_seen=None, concern=True, matters="Daniel Crowe answered for Maria at every visit.",
    may_share="helping", basis="safeguarding",
)  # fmt: skip


class Research:
    """Short ways to the questions of the family in Brook Lane."""

    def __init__(self, world):
        self.world = world

    def request(self, service, **more):
        found = ResearchRequest.objects.filter(service=service, withdrawn_at=None, **more)
        return found.latest("pk")

    def contact(self, agency, local="contact", roles=("agency_contact",)):
        """Return somebody of an agency who answers for it."""
        return add_user(
            email=f"{local}.{agency}@castlebrook.example", name=f"{local.title()} of {agency}",
            agency=self.world.cast.agencies[agency], roles=list(roles),
            password_hash=make_password(None), by=None, now=NOW,
        )  # fmt: skip

    def says(self, service, **by_name):
        """Return what is said of everybody a question is about: nothing unless said by name."""
        asked = self.request(service).about.filter(withdrawn_at=None).select_related("mention")
        return {
            one.pk: by_name.get(one.mention.given_name or "unborn", Says(known="nothing"))
            for one in asked
        }

    def own(self, user):
        return Giver(How.OWN, by=user)


@pytest.fixture
def research(world):
    world.notify(notification())
    return Research(world)
