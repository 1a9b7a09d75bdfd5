"""Two people write of the same thing at the same time: the second sees what the first wrote."""

import pytest

from sightline.common.errors import ChangedMeanwhile
from sightline.research.answering import Giver, Says, answer
from sightline.research.models import How, ResearchAnswer, ResearchRequest
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.commands import AnsweredMeanwhile, answer_items
from tests.pathway.test_at_the_same_time import meanwhile
from tests.world import LEILA, MARIA, NOW, build_world, notification

pytestmark = pytest.mark.django_db(transaction=True)


def refused(kind, write):
    """Return a function that writes, and a list of what it was refused with."""
    found = []

    def try_it():
        try:
            write()
        except kind as refusal:
            found.append(refusal)

    return try_it, found


def test_of_two_at_one_screening_and_one_question_the_second_overwrites_nothing_unseen():
    world = build_world()
    world.notify(notification("NM-1", MARIA, LEILA))
    child = world.screening("Leila")

    def say(by, value, note, seen):
        answer_items(
            screening=child, answers={"V5": value}, notes={"V5": note}, seen={"V5": seen},
            by=world.user(by), now=NOW,
        )  # fmt: skip

    second, why = refused(AnsweredMeanwhile, lambda: say("chair", Value.YES, "Mine.", ("", "")))
    meanwhile(lambda: say("health", Value.NO, "Asked her alone.", ("", "")), second)
    [refusal] = why
    [theirs] = refusal.answers
    assert (theirs.answered_by.name, theirs.note) == ("Sunita Rao", "Asked her alone.")
    assert child.answers.get(item="V5").value == "no"
    say("chair", Value.YES, "Mine.", ("no", "Asked her alone."))  # seen, and sent again
    assert child.answers.get(item="V5").value == "yes"

    health = world.user("health")
    request = ResearchRequest.objects.filter(agency=health.agency_id).latest("pk")
    giver = Giver(How.OWN, by=health)

    def tell(known, seen):
        says = {one.pk: Says(known=known, matters="Why.") for one in request.about.all()}
        answer(request=request, says=says, giver=giver, seen=seen, now=NOW)

    second, why = refused(ChangedMeanwhile, lambda: tell("not_checked", 0))
    meanwhile(lambda: tell("nothing", 0), second)
    assert str(why[0]).startswith("Sunita Rao answered while this page was open.")
    [stands] = ResearchAnswer.objects.all()
    tell("not_checked", stands.pk)
    assert ResearchAnswer.objects.filter(superseded_at__isnull=True).exclude(pk=stands.pk).exists()
