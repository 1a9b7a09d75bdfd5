"""Whoever reported is told what came of it: as far as they may know, on their own page, once."""

import pytest
from django.urls import reverse

from sightline.access.models import AgencyKind
from sightline.actions.feedback import give_feedback
from sightline.actions.models import Feedback
from sightline.audit.models import Event, Read
from sightline.encompass.models import Notice
from sightline.meetings.commands import decide
from sightline.meetings.models import Decision
from sightline.rules.sharing.pack_file import pack_on, with_rows
from sightline.sharing.models import Disclosure
from tests.html import problems

pytestmark = pytest.mark.django_db
CFA = "Child and family assessment (section 17)"


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def decided(family):
    """It is decided that Leila is assessed; nobody has been told of it yet."""
    return decide(
        screening=family.screening("Leila"), outcome="CFA", rationale="She heard it all.",
        by=family.user("chair"), now=family.now,
    )  # fmt: skip


def test_where_no_sharing_row_lets_it_be_told_only_the_fact_is(family, decided, monkeypatch):
    without = with_rows(pack_on(family.now.date()), {"SH-20": None})
    monkeypatch.setattr("sightline.actions.feedback.pack_in_force", lambda _: without)
    [given] = give_feedback(decided.pk, now=family.now)
    assert given.extent == "fact"
    assert not Disclosure.objects.filter(origin="feedback").exists()


@pytest.fixture
def page(client, family, monkeypatch):
    """Return a function that opens what came of the notification as somebody."""
    monkeypatch.setattr("sightline.actions.views.feedback.now", lambda: family.now)

    def open_as(who="police"):
        client.force_login(family.user(who))
        return client.get(reverse("feedback", args=[family.received[0].notification.pk]))

    return open_as


def test_the_police_see_what_was_decided_for_each_child_and_not_why(family, decided, page):
    before = text(page())
    assert "1 of 3 children" in before
    assert CFA not in before
    for _ in range(2):
        give_feedback(decided.pk, now=family.now)
    shown = page()
    assert CFA in text(shown)
    assert "Leila Moreno" in text(shown)
    assert not [
        words for words in ("Sam", "heard it all", "Scale", "Daniel") if words in text(shown)
    ]
    assert Feedback.objects.get().read_by == family.user("police")
    assert Event.objects.filter(what="feedback.read").count() == 1
    assert Read.objects.filter(page="feedback").count() == 1
    assert problems({"after": shown.content.decode()}) == ""


def test_the_receipt_says_which_of_it_is_not_shared_with_the_sender(
    client, family, decided, monkeypatch
):
    monkeypatch.setattr("sightline.intake.views.sent_notifications.now", lambda: family.now)
    client.force_login(family.user("police"))
    receipt = reverse("notification-receipt", args=[family.received[0].notification.pk])
    nothing = "Not shared with your agency: scale and its reasons, decisions, actions."
    assert nothing in text(client.get(receipt))
    give_feedback(decided.pk, now=family.now)
    page = client.get(receipt)
    assert "Not shared with your agency: scale and its reasons, actions." in text(page)
    assert problems({"receipt": page.content.decode()}) == ""


def test_an_agency_of_another_kind_learns_the_fact_and_whom_to_ring(family, decided, page):
    family.cast.police.kind = AgencyKind.HEALTH
    family.cast.police.save()
    give_feedback(decided.pk, now=family.now)
    shown = text(page())
    assert "The family was considered" in shown
    assert not [words for words in (CFA, "Leila") if words in shown]
    assert not Disclosure.objects.filter(origin="feedback").exists()


def test_of_a_restricted_child_nothing_is_said(family, decided, page):
    child = family.person("Leila")
    child.restricted_at, child.restricted_by = family.now, family.user("ig")
    child.save()
    give_feedback(decided.pk, now=family.now)
    assert CFA not in text(page())


def test_the_page_is_the_senders_alone(family, decided, page):
    give_feedback(decided.pk, now=family.now)
    assert page("administrator").status_code == 404
    assert page("idva").status_code == 403


def test_a_decision_that_was_replaced_meanwhile_tells_nobody(family, decided):
    Decision.objects.filter(pk=decided.pk).update(replaced_at=family.now)
    assert give_feedback(decided.pk, now=family.now) == []


def test_the_school_reads_that_it_was_decided_and_nothing_else(
    client, family, decided, monkeypatch
):
    monkeypatch.setattr("sightline.encompass.views.notices.now", lambda: family.now)
    client.force_login(family.user("keyadult1"))
    of = {notice.mention.given_name: notice for notice in Notice.objects.all()}
    shown = text(client.get(reverse("notice", args=[of["Leila"].pk])))
    assert "On Friday 20 November 2026 the screening team decided what follows" in shown
    assert CFA not in shown
    assert "screening team decided" not in text(client.get(reverse("notice", args=[of["Sam"].pk])))
