"""A child's file is drawn, audited theme by theme, and an audit made by mistake is withdrawn."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.assurance.commands import record_audit, withdraw_audit
from sightline.assurance.models import FileAudit
from sightline.assurance.queries import drawn_by_chance
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.commands import decide
from sightline.screening.commands import set_scale
from tests.world import notification

pytestmark = pytest.mark.django_db
KEY = UUID("5b1c7a52-6a52-4c6f-9d3e-0f3f5a7f0001")
FOUND = {
    "risk": ("yes", ""), "impact": ("yes", ""), "agencies": ("n_a", ""),
    "perpetrator": ("no", "Nobody spoke to him."), "voice": ("partly", "Not seen alone."),
}  # fmt: skip


@pytest.fixture
def leila(world):
    """Leila's file after one night, decided on."""
    world.notify(notification())
    screening, chair = world.screening("Leila"), world.user("chair")
    set_scale(
        screening=screening, scale=3, because="She heard it all.",
        second_agency=world.cast.agencies["health"], by=chair, now=world.now,
    )  # fmt: skip
    decide(
        screening=screening, outcome="CFA", rationale="He hurt their mother.", by=chair,
        now=world.now,
    )  # fmt: skip
    return screening


@pytest.fixture
def audited(world, leila):
    """Return a function that records an audit of Leila's file."""

    def audit(found=FOUND, key=KEY, by="chair"):
        return record_audit(
            key=key, screening=leila, council=world.cast.agencies["care"], found=found,
            learning="Ask for the child's words.", by=world.user(by), now=world.now,
        )  # fmt: skip

    return audit


def test_an_audit_sent_twice_is_one(audited):
    assert audited() == audited()
    (kept,) = FileAudit.objects.all()
    assert {one.theme: one.met for one in kept.found.all()} == {
        theme: met for theme, (met, _) in FOUND.items()
    }


def test_everything_that_is_missing_is_said_at_once(audited):
    found = FOUND | {"voice": ("no", " "), "risk": ("", "")}
    with pytest.raises(NotUnderstood) as refused:
        audited(found)
    assert list(refused.value.reasons) == [
        "Risk understood and assessed: say how far the file holds up.",
        "The child’s voice: say what is missing.",
    ]


def test_a_child_whom_a_correction_took_out_has_no_file(world, audited, leila):
    leila.withdrawn_at = world.now
    with pytest.raises(WrongMoment):
        audited()


def test_whoever_may_not_audit_does_not(audited):
    with pytest.raises(PermissionDenied):
        audited(by="police")


def test_only_the_agency_that_recorded_it_withdraws_it_once_and_with_a_reason(world, audited):
    audit, run = audited(), {"now": world.now}
    with pytest.raises(WrongMoment):
        withdraw_audit(audit=audit, because="x", by=world.user("health"), **run)
    with pytest.raises(NotUnderstood):
        withdraw_audit(audit=audit, because=" ", by=world.user("chair"), **run)
    first = withdraw_audit(audit=audit, because="Wrong child.", by=world.user("chair"), **run)
    again = withdraw_audit(audit=audit, because="Else.", by=world.user("chair"), **run)
    assert first.withdrawn_because == again.withdrawn_because == "Wrong child."


def test_a_file_is_drawn_once_and_again_when_its_audit_was_withdrawn(world, audited, leila):
    chair = world.user("chair")
    assert drawn_by_chance(chair, world.now) == leila  # the others are not decided on
    audit = audited()
    assert drawn_by_chance(chair, world.now) is None
    withdraw_audit(audit=audit, because="Wrong child.", by=chair, now=world.now)
    assert drawn_by_chance(chair, world.now) == leila


def test_from_the_list_to_a_recorded_audit_and_back(client, world, leila, monkeypatch):
    monkeypatch.setattr("sightline.assurance.views.audits.now", lambda: world.now)
    client.force_login(world.user("chair"))
    assert "No file has been audited yet" in client.get(reverse("file-audits")).text
    decided = client.get(reverse("decide", args=[leila.pk])).text
    assert f'href="{reverse("file-audit-new", args=[leila.pk])}">Audit this file' in decided
    form = client.post(reverse("file-audit-draw"), follow=True)
    assert "Leila Moreno" in form.text
    assert "The child’s voice" in form.text
    answers = {"key": KEY, "council": world.cast.agencies["care"].pk, "learning": ""}
    refused = client.post(form.redirect_chain[-1][0], answers)
    assert "say how far the file holds up" in refused.text
    for theme, (met, evidence) in FOUND.items():
        answers |= {theme: met, f"{theme}_evidence": evidence}
    kept = client.post(form.redirect_chain[-1][0], answers, follow=True)
    assert "The audit is recorded" in kept.text
    assert "Nobody spoke to him." in kept.text
    listed = client.get(reverse("file-audits")).text
    assert "The perpetrator, and fathers" in listed
    assert "Leila" not in listed
    withdrawn = client.post(kept.redirect_chain[-1][0], {"because": "Wrong child."}, follow=True)
    assert "counts for nothing" in withdrawn.text


def test_whoever_may_not_see_the_child_learns_of_no_audit(client, world, audited, leila):
    audit = audited()
    client.force_login(world.user("outsider"))
    for name, pk in (("file-audit", audit.pk), ("file-audit-new", leila.pk)):
        assert client.get(reverse(name, args=[pk])).status_code in (403, 404)


def test_the_list_asks_no_more_for_more_audits(client, world, audited, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.user("chair"))
    counts = []
    for many in (2, 9):
        for number in range(many):
            audited(key=UUID(int=many * 100 + number))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("file-audits"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
