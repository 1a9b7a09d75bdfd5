"""What was decided before and not done raises the next screening."""

from datetime import timedelta

import pytest

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.doing import complete, decline
from sightline.actions.models import EventKind, SocialCareEvent
from sightline.actions.record import record_facts
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.models import Answer
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db
LATER = timedelta(days=60)


def again(world, *people):
    """The family is notified again, 60 days on."""
    at = world.now + LATER
    body = notification("NM-2", *people, notified_at=at.isoformat())
    body["incident"] = {**body["incident"], "started_at": at.isoformat(), "log_number": "LOG-2"}
    world.notify(body, now=at)
    return {one.item: one for one in Answer.objects.filter(screening=world.screening("Leila"))}


def test_an_action_left_undone_is_an_answer_of_the_next_screening(agreed, family):
    agreed()
    found = again(family)
    assert found["R4"].value == Value.YES
    assert "Haven Domestic Abuse Service, not completed" in found["R4"].because


def test_an_action_done_is_the_answer_no(agreed, family):
    complete(action=agreed(), note="Done.", by=family.user("idva"), now=family.now)
    assert again(family)["R4"].value == Value.NO


def test_where_nothing_was_agreed_nothing_is_answered(family):
    assert "R4" not in again(family)


def test_a_brother_is_not_answered_for_with_what_was_agreed_for_his_sister(agreed, family):
    agreed()
    again(family)
    assert not Answer.objects.filter(screening=family.screening("Sam"), item="R4").exists()


def test_an_enquiry_of_social_care_is_an_answer(family):
    SocialCareEvent.objects.create(
        mention=family.mention("Leila"), kind=EventKind.SECTION_47, on=family.now.date(),
        recorded_at=family.now,
    )  # fmt: skip
    found = again(family)
    assert found["R2"].value == Value.YES
    assert "Section 47 enquiry" in found["R2"].because


def test_that_social_care_sent_nothing_is_no_answer(family):
    assert "R2" not in again(family)


def test_early_help_that_was_agreed_and_is_overdue_was_not_finished(family):
    chair, help_team = family.user("chair"), family.cast.agencies["early_help"]
    action = AgreedAction(help_team, "Early help assessment", family.now.date() + timedelta(10))
    decide_with_actions(
        screening=family.screening("Leila"), outcome="EARLY_HELP", rationale="Support first.",
        actions=[action], by=chair, now=family.now,
    )  # fmt: skip
    assert again(family)["R1"].value == Value.YES


def test_early_help_that_an_agency_declined_was_not_finished(family):
    helper, help_team = family.user("provider"), family.cast.agencies["early_help"]
    decision = decide_with_actions(
        screening=family.screening("Leila"), outcome="EARLY_HELP", rationale="Support first.",
        actions=[AgreedAction(help_team, "Offer early help", kind="early_help_assessment")],
        by=family.user("chair"), now=family.now,
    )  # fmt: skip
    decline(action=decision.actions.get(), because="We are full.", by=helper, now=family.now)
    assert again(family)["R1"].value == Value.YES


def test_what_came_after_the_incident_is_no_history_of_it(agreed, family):
    agreed()
    screening = family.screening("Leila")
    assert record_facts([screening.incident_id], now=family.now + LATER) == {}


def test_a_twin_is_not_answered_for_with_what_was_agreed_for_the_other(agreed, family):
    agreed()
    nora = {**LEILA, "id": "nora", "given_name": "Nora", "nhs_number": "9990000034"}
    again(family, MARIA, DANIEL, LEILA, nora)
    of = {name: family.screening(name) for name in ("Leila", "Nora")}
    assert Answer.objects.get(screening=of["Leila"], item="R4").value == Value.YES
    assert not Answer.objects.filter(screening=of["Nora"], item="R4").exists()
    pattern = {a.value for a in Answer.objects.filter(screening__in=of.values(), item="P2")}
    assert pattern == {Value.YES}  # both live in the family of the earlier incident
