"""What agencies answered and what a MARAC heard answers questions about history."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.meetings.arranging import arrange_meeting
from sightline.meetings.lists import build_list, publish_list
from sightline.meetings.marac.hearing import hear
from sightline.meetings.marac.referring import refer_to_marac
from sightline.meetings.models import MeetingItem
from sightline.pathway.on_record import facts_on_record
from sightline.pathway.stages import ask, read_record_again
from sightline.people.models import Incident, Link
from sightline.research.answering import Giver, Says, answer
from sightline.research.models import How, ResearchRequest
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.commands import answer_items
from sightline.screening.models import Answer
from tests.world import notification

pytestmark = pytest.mark.django_db
NOTHING = Says(known="nothing")
WORRIED = Says(
    known="known", worker="Ros Lane", telephone="01632 960123", since="spring 2025", concern=True,
    matters="She is quiet since June.", may_share="team", basis="safeguarding",
)  # fmt: skip


@pytest.fixture
def family(world):
    received = world.notify(notification())
    ask([received.notification.source_id], world.now)
    return world


def leila(family, item):
    return Answer.objects.filter(screening=family.screening("Leila"), item=item).first()


def requests(family):
    return list(ResearchRequest.objects.filter(withdrawn_at=None, agency__isnull=False))


def say(family, request, says):
    """Have an agency answer on paper, of everybody it is asked about."""
    about = request.about.filter(withdrawn_at=None)
    answer(
        request=request, says=dict.fromkeys(about.values_list("pk", flat=True), says),
        giver=Giver(How.PAPER, by=family.user("administrator"), told_by="Ros Lane"), now=family.now,
    )  # fmt: skip
    read_record_again(request.incident_id, family.now)


def about_leila(family):
    person = Link.objects.get(mention=family.mention("Leila"), ended_at=None).person_id
    asked = {"mention__links__person": person, "withdrawn_at": None}
    return [request for request in requests(family) if request.about.filter(**asked).exists()]


def test_two_agencies_with_a_concern_about_the_child_answer_yes(family):
    first, second, *_ = about_leila(family)
    say(family, first, WORRIED)
    assert leila(family, "R3") is None, "others have not answered"
    say(family, second, WORRIED)
    assert leila(family, "R3").value == Value.YES
    assert f"Concern raised by {first.agency.name}" in leila(family, "R3").because
    assert family.screening("Leila").suggested >= 2


def test_that_all_know_nothing_is_an_answer_only_when_all_have_answered(family):
    *most, last = requests(family)
    for request in most:
        say(family, request, NOTHING)
    assert leila(family, "P1").value == Value.NOT_KNOWN
    ResearchRequest.objects.filter(agency=None).update(withdrawn_at=family.now)
    say(family, last, NOTHING)
    assert (leila(family, "P1").value, leila(family, "R3").value) == (Value.YES, Value.NO)


def test_a_concern_of_one_agency_ends_the_first_known_incident(family):
    say(family, requests(family)[0], WORRIED)
    assert leila(family, "P1").value == Value.NO


def test_a_person_may_disagree_and_their_answer_counts(family):
    for request in about_leila(family)[:2]:
        say(family, request, WORRIED)
    answer_items(
        screening=family.screening("Leila"), answers={"R3": Value.NO},
        notes={"R3": "Both speak of her brother."}, by=family.user("chair"), now=family.now,
    )  # fmt: skip
    read_record_again(Incident.objects.get().pk, family.now)
    assert (leila(family, "R3").value, leila(family, "R3").record_value) == (Value.NO, Value.YES)


def test_a_hearing_of_the_same_two_within_twelve_months_answers_the_next_time(family):
    _heard(family)
    at = family.now + timedelta(days=40)
    body = notification("NM-2", notified_at=at.isoformat())
    body["incident"] |= {"started_at": at.isoformat(), "log_number": "LOG-2"}
    family.notify(body, now=at)
    assert leila(family, "P8").value == Value.YES
    assert "Heard at MARAC" in leila(family, "P8").because
    assert family.screening("Leila").suggested == 4


def _heard(family):
    chair, administrator = family.user("chair"), family.user("administrator")
    pair = (family.person("Maria").pk, family.person("Daniel").pk)
    refer_to_marac(
        incident=Incident.objects.get(), pair=pair, judgement="She says he will kill her.",
        by=family.user("idva"), now=family.now,
    )  # fmt: skip
    meeting = arrange_meeting(
        kind="marac", starts=family.now + timedelta(days=9), place="Room 4", by=administrator,
        now=family.now,
    )  # fmt: skip
    build_list(meeting=meeting, by=administrator, now=family.now)
    publish_list(meeting=meeting, by=administrator, now=family.now)
    hear(
        item=MeetingItem.objects.get(meeting=meeting), summary="Sanctuary measures.",
        by=chair, now=family.now + timedelta(days=9),
    )  # fmt: skip


def test_it_costs_the_same_however_many_incidents(family, django_assert_num_queries):
    first = Incident.objects.get().pk
    for number in range(2, 5):
        family.notify(notification(f"NM-{number}"))
    every = list(Incident.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as one:
        facts_on_record([first], now=family.now)
    with django_assert_num_queries(len(one)):
        facts_on_record(every, now=family.now)
