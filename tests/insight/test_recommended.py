"""Recommended is not done: four counts side by side, by outcome and agency, and whose cases."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.actions.commands import AgreedAction, agree_actions
from sightline.actions.doing import accept, complete, decline, start
from sightline.actions.models import Action, EventKind, SocialCareEvent
from sightline.actions.settling import withdraw
from sightline.common.announce import quietly
from sightline.escalation.commands import acknowledge
from sightline.escalation.models import Escalation
from sightline.escalation.raising import escalate
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from tests.html import problems
from tests.world import notification

pytestmark = pytest.mark.django_db
PAGE, CASES = "/figures/recommended-and-done/", "/figures/recommended-and-done/cases/"
CFA = "Child and family assessment (section 17)"


def rows(figure, period=None):
    return BY_ID[figure].rows(period or Period())


@pytest.fixture
def agreed(world, decided):
    """Leila is to be assessed; three agencies agreed to something, each got a different way."""
    world.notify(notification())
    decision = decided("Leila", 3, "CFA")
    agencies = world.cast.agencies
    due = world.now.date() + timedelta(days=3)
    agree_actions(
        decision=decision, by=world.user("chair"), now=world.now,
        actions=[
            AgreedAction(agencies[key], what, due)
            for key, what in (("care", "Assessment"), ("refuge", "Plan"), ("refuge", "Mistake"),
                              ("early_help", "Offer"))
        ],
    )  # fmt: skip
    return {action.what: action for action in Action.objects.all()}


def test_each_step_counts_once_for_a_decision(world, agreed):
    assert rows("done.outcomes") == [
        (CFA, 1, 1, 0, 0, 0, Decimal("0.0"), 0, Decimal("0.0"), 0)
    ]  # fmt: skip
    worker, helper = world.user("socialworker"), world.user("provider")
    start(action=agreed["Assessment"], by=worker, now=world.now)
    accept(action=agreed["Offer"], by=helper, now=world.now)
    assert rows("done.outcomes")[0][1:6] == (1, 1, 1, 1, 0)
    complete(action=agreed["Assessment"], note="Done.", by=worker, now=world.now)
    assert rows("done.outcomes")[0][1:7] == (1, 1, 1, 1, 1, Decimal("100.0"))


@pytest.mark.parametrize(
    ("kind", "days", "ended", "began"),
    [
        (EventKind.FAMILY_ASSESSMENT, 20, None, (1, 0)),
        (EventKind.FAMILY_ASSESSMENT, 20, 60, (1, 1)),
        (EventKind.FAMILY_ASSESSMENT, 181, None, (0, 0)),  # no answer to this decision any more
        (EventKind.FAMILY_ASSESSMENT, -1, None, (0, 0)),  # began before it
        (EventKind.EARLY_HELP, 20, None, (0, 0)),  # not what was recommended
    ],
)
def test_what_social_care_recorded_stands_beside_it(world, agreed, kind, days, ended, began):
    on = world.now.date() + timedelta(days)
    SocialCareEvent.objects.create(
        mention=world.mention("Leila"), kind=kind, on=on, recorded_at=world.now,
        ended_on=world.now.date() + timedelta(ended) if ended else None,
    )  # fmt: skip
    [row] = rows("done.outcomes")
    assert (row[7], row[9]) == began


def test_who_is_behind_is_seen_by_agency_and_what_was_withdrawn_is_not_counted(world, agreed):
    chair, idva = world.user("chair"), world.user("idva")
    withdraw(action=agreed["Mistake"], because="Not theirs.", by=chair, now=world.now)
    decline(action=agreed["Plan"], because="Full.", by=idva, now=world.now)
    Action.objects.filter(what="Assessment").update(due_on="2020-01-01")
    Action.objects.filter(what="Offer").update(due_on="2999-01-01")
    found = {row[0]: row[2:] for row in rows("done.agencies")}
    none = Decimal("0.0")
    assert found == {
        "Castlebrook Children's Social Care": (1, 0, 0, 0, none, 0, 1),
        "Castlebrook Early Help": (1, 0, 0, 0, none, 0, 0),
        "Haven Domestic Abuse Service": (1, 0, 0, 0, none, 1, 0),
    }


def test_only_what_was_decided_in_the_days_asked_for_counts(world, agreed):
    day = world.now.date()
    assert rows("done.outcomes", Period(day, day))
    assert rows("done.outcomes", Period(day + timedelta(1))) == []
    assert rows("done.agencies", Period(None, day - timedelta(1))) == []


def test_escalations_are_counted_by_agency_and_tier_with_the_time_until_somebody_knew(
    world, agreed
):
    at = world.now + timedelta(days=4)
    with quietly("escalations.raised"):
        escalate(at)
    one = Escalation.objects.get(action=agreed["Assessment"])
    acknowledge(escalation=one, by=world.user("carelead"), now=at + timedelta(hours=5))
    found = {row[:3]: row[3:] for row in rows("late.escalations")}
    care = "Castlebrook Children's Social Care"
    assert found[care, "Action", "worker"] == (1, 1, 1, Decimal("5.0"), 0, 0)
    assert found["The screening team", "Statutory clock", "agency"][0] == 2  # Sam, unborn


def text(response):
    return " ".join(response.content.decode().split())


def test_the_discrepancy_is_seen_at_one_look_and_holds_no_child(client, world, agreed):
    client.force_login(world.user("chair"))
    empty = client.get(f"{PAGE}?first-day=1&first-month=1&first-year=2030")
    assert "Nothing was decided in these days." in text(empty)
    shown = client.get(PAGE)
    assert (
        f"{CFA}: 1 recommended, 0 started, 0 completed; 0 recorded as begun and 0 as ended."
        in text(shown)
    )
    assert not [name for name in ("Leila", "Moreno", "Brook") if name in text(shown)]
    assert problems({"page": shown.content.decode(), "empty": empty.content.decode()}) == ""


def test_cases_are_for_those_with_whom_each_is_shared(client, world, agreed):
    def seen(who, **query):
        client.force_login(world.user(who))
        return text(client.get(CASES, query))

    assert "4 actions" in seen("chair")
    assert "Brook Lane" in seen("chair")
    assert "Leila" not in seen("chair")
    help_team = world.cast.agencies["early_help"].pk
    assert "1 action<" in seen("chair", agency=help_team)
    assert "No action of these days" in seen("chair", outcome="STRATEGY")
    assert "1 action<" in seen("provider", agency=help_team)
    assert "is shared with you" in seen("outsider")
    client.force_login(world.user("chair"))
    assert problems({"cases": client.get(CASES).content.decode()}) == ""


def test_neither_page_needs_more_queries_for_more(client, world, agreed):
    def queries(path):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    client.force_login(world.user("chair"))
    queries(PAGE)
    few = [queries(PAGE), queries(CASES)]
    first = Action.objects.first()
    for number in range(20):
        Action.objects.create(
            decision=first.decision, agency=first.agency, what=f"More {number}",
            due_on=first.due_on, agreed_at=world.now,
        )  # fmt: skip
    assert [queries(PAGE), queries(CASES)] == few
