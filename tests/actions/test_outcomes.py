"""What really happened is written down by hand: once, filled in later, and only what can be so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.actions.clocks import clock_words
from sightline.actions.models import SocialCareEvent
from sightline.actions.outcomes import record_outcome
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.rules.clocks.child import Running
from sightline.rules.clocks.clock import clock_on
from sightline.rules.due import DueDay
from sightline.rules.social_care import Said
from tests.html import problems

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def record(family):
    """Return a function that writes down what the social worker says was done for Leila."""

    def say(kind, days=0, ended=None, who="socialworker", **more):
        on = family.now.date() + timedelta(days)
        ended_on = family.now.date() + timedelta(ended) if ended is not None else None
        return record_outcome(
            screening=family.screening("Leila"), said=Said(kind, on, ended_on, **more),
            by=family.user(who), now=family.now + timedelta(days=90),
        )  # fmt: skip

    return say


def test_it_is_written_down_once_and_its_end_filled_in(record):
    first = record("family_assessment", 5)
    assert record("family_assessment", 5) == first
    ended = record("family_assessment", 5, 40, outcome="plan", factors=("3B",))
    assert ended == first
    again = SocialCareEvent.objects.get()
    assert (again.outcome, again.factors) == ("plan", ["3B"])
    record("family_assessment", 5)  # what is not said now stays
    assert SocialCareEvent.objects.get().outcome == "plan"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": "tea"}, "Choose what social care did"),
        ({"kind": "family_assessment", "ended": -3}, "ends before it begins"),
        ({"kind": "family_assessment", "days": 91}, "after today"),
        ({"kind": "referral", "primary_category": "EMO"}, "Only a child protection plan"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(record, said, wrong):
    with pytest.raises(NotUnderstood, match=wrong):
        record(**said)
    assert not SocialCareEvent.objects.exists()


def test_of_a_child_whom_a_correction_took_out_nothing_is_recorded(record, family):
    screening = family.screening("Leila")
    screening.withdrawn_at = family.now
    screening.save()
    with pytest.raises(WrongMoment, match="took this child out"):
        record("referral")


def test_not_everybody_records(record):
    with pytest.raises(PermissionDenied):
        record("referral", who="health")


def test_the_page_shows_the_clocks_and_takes_what_was_done(client, family, agreed, monkeypatch):
    family_now = family.now + timedelta(days=3)
    for module in ("views.outcomes", "outcome_forms"):
        monkeypatch.setattr(f"sightline.actions.{module}.now", lambda: family_now)
    agreed("care", "Assessment")
    client.force_login(family.user("socialworker"))
    address = reverse("outcomes", args=[family.screening("Leila").pk])
    pages = {"empty": client.get(address)}
    assert "Nothing is recorded for this child." in text(pages["empty"])
    assert (
        "45 working days after the referral on Friday 20 November 2026: by Wednesday 27 January"
        in text(pages["empty"])
    )
    day = {"on-day": "23", "on-month": "11", "on-year": "2026"}
    pages["wrong"] = client.post(address, {"kind": "family_assessment", **day, "factors": "3B"})
    assert "Factors belong to an assessment that has ended" in text(pages["wrong"])
    kept = client.post(address, {"kind": "strategy_discussion", **day}, follow=True)
    assert "Recorded what was done." in text(kept)
    assert "23 Nov 2026" in text(kept)
    pages["kept"] = kept
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""


def test_to_whom_the_child_is_not_shared_there_is_no_page(client, family):
    address = reverse("outcomes", args=[family.screening("Leila").pk])
    for who, status in (("provider", 404), ("outsider", 404), ("police", 403), ("chair", 200)):
        client.force_login(family.user(who))
        assert client.get(address).status_code == status, who


def test_the_chronology_tells_of_the_plan_its_categories_and_its_end(client, family, record):
    record("child_protection_plan", 5, 60, primary_category="EMO", domestic_abuse=True)
    record("looked_after", 6)
    client.force_login(family.user("chair"))
    leila = family.person("Leila")
    told = {
        "family": client.get(reverse("family", args=[family.screening("Leila").incident_id])),
        "person": client.get(reverse("person", args=[leila.pk])),
    }
    for name, page in told.items():
        for words in (
            "Primary category: emotional abuse.", "Secondary category domestic abuse: yes.",
            "Until 19 Jan 2027.", "Ended: Child protection plan", "No end recorded.",
        ):  # fmt: skip
            assert words in text(page), (name, words)


def test_of_a_limit_that_nobody_confirmed_the_page_says_so(family):
    clock, on = clock_on("assessment", family.now.date()), family.now.date()
    said = [
        clock_words([Running(one, on, DueDay(on, "By today."))], on)[0].because
        for one in (clock, replace(clock, confirmed=False))
    ]
    assert said == ["By today.", "By today. Nobody has confirmed this limit yet."]
