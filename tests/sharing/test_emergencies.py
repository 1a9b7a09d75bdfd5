"""Opening a record in an emergency, and its review by somebody else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from sightline.audit.models import Read, Search
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import KeptFrom
from sightline.sharing.emergencies import (
    NOBODY,
    OpenAlready,
    count_for,
    looks_under,
    open_in_emergency,
    review,
    reviewable,
)
from sightline.sharing.exactly import Exactly
from sightline.sharing.models import CASE_ITEMS, VAULT_ITEMS, Caution, Emergency, Item
from sightline.sharing.queries import may_see, person_or_404, what_they_may_see
from sightline.sharing.sending import mail_emergency
from tests.world import NOW, notification

pytestmark = pytest.mark.django_db
LEILA = Exactly(name="Leila Moreno", birth_date=date(2017, 5, 9))
REASON = "Her grandmother rang: he is at the door now"


@pytest.fixture
def told(world):
    world.notify(notification())
    return world


def opened(world, *, who=LEILA, local="idva", now=NOW, key=None):
    return open_in_emergency(
        who=who, reason=REASON, key=key or uuid4(), by=world.user(local), now=now
    )


def test_one_person_is_open_to_one_user_for_three_hours_and_then_shut_by_itself(told):
    leila, idva = told.person("Leila"), told.user("idva")
    assert not may_see(idva, leila, Item.IDENTITY, NOW).allowed
    made = opened(told)
    answer = what_they_may_see(idva, [leila.pk], NOW)[leila.pk]
    assert answer.items == frozenset(CASE_ITEMS)
    assert not answer.items & VAULT_ITEMS
    assert "opened in an emergency" in answer.because
    assert made.until_at == NOW + timedelta(hours=3)
    assert not may_see(idva, leila, Item.IDENTITY, made.until_at).allowed
    assert not may_see(idva, told.person("Sam"), Item.IDENTITY, NOW).allowed
    idva.email, idva.pk = "another@castlebrook.example", None  # a colleague of the same agency
    idva.save()
    assert not may_see(idva, leila, Item.IDENTITY, NOW).allowed


def test_twice_is_once_and_every_look_under_it_is_logged_as_such(told):
    key = uuid4()
    first = opened(told, key=key)
    assert opened(told, key=key) == opened(told) == first
    assert Emergency.objects.count() == 1
    person_or_404(told.user("idva"), first.person_id, page="person", now=NOW)
    assert [look.page for look in looks_under(first)] == ["person"]
    assert Search.objects.filter(page="emergency").count() == 3
    with pytest.raises(WrongMoment):
        opened(told, who=Exactly(number="999 000 0018"), key=key)


def test_a_number_is_enough_and_what_is_only_like_it_finds_nobody(told):
    assert opened(told, who=Exactly(number="999 000 0026")).person_id == told.person("Leila").pk
    for who in (
        Exactly(name="Leyla Moreno", birth_date=date(2017, 5, 9)),
        Exactly(name="Leila Moreno", birth_date=date(2017, 5, 8)),
        Exactly(name="Leila", birth_date=date(2017, 5, 9)), Exactly(),
    ):  # fmt: skip
        with pytest.raises(NotUnderstood, match="Nobody is on record"):
            opened(told, who=who)


def test_whom_a_record_is_kept_from_finds_nobody_and_that_is_noticed(told):
    leila, ig = told.person("Leila"), told.user("ig")
    KeptFrom.objects.create(person=leila, user=told.user("idva"), kept_at=NOW, kept_by=ig)
    with pytest.raises(NotUnderstood, match=NOBODY[:30]):
        opened(told)
    assert Caution.objects.get().what == "kept_away"
    assert not Emergency.objects.exists()
    assert opened(told, local="socialworker").person_id == leila.pk


def test_what_is_open_already_needs_no_emergency_and_without_the_role_there_is_none(told):
    assert opened(told, local="chair") == OpenAlready(told.person("Leila").pk)
    with pytest.raises(PermissionDenied):
        opened(told, local="ig")
    with pytest.raises(NotUnderstood, match="why it cannot wait"):
        open_in_emergency(who=LEILA, reason="now", key=uuid4(), by=told.user("idva"), now=NOW)


def test_somebody_else_reviews_it_once_and_what_is_not_justified_shuts_at_once(told):
    made, ig = opened(told), told.user("ig")
    assert count_for(ig) == count_for(told.user("chair")) == 1
    assert count_for(told.user("carelead")) == 0  # of another agency
    with pytest.raises(NotUnderstood):
        review(emergency=made, justified=False, follows=" ", by=ig, now=NOW)
    said = {"emergency": made, "justified": False, "follows": "Spoke to her manager", "now": NOW}
    review(by=ig, **said)
    assert review(by=ig, **said).reviewed_by == ig
    with pytest.raises(WrongMoment, match="already"):
        review(by=told.user("chair"), **said | {"justified": True})
    assert not may_see(told.user("idva"), made.person_id, Item.IDENTITY, NOW).allowed
    assert count_for(ig) == 0


def test_nobody_reviews_their_own(told):
    told.user("chair").agency.save()
    made = opened(told, who=LEILA, local="socialworker")
    chair = told.user("chair")
    Emergency.objects.filter(pk=made.pk).update(opened_by=chair)
    assert not reviewable(chair).exists()
    with pytest.raises(WrongMoment, match="Somebody else"):
        review(emergency=made, justified=True, follows="", by=chair, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.filter(pk=made.pk).update(
            reviewed_at=NOW, reviewed_by=chair, justified=True
        )


def test_whoever_may_review_it_is_told_by_a_mail_without_content_once(told):
    made = opened(told)
    assert mail_emergency(made.pk, now=NOW)
    assert not mail_emergency(made.pk, now=NOW)
    assert {to for one in mail.outbox for to in one.to} >= {
        told.user("ig").email, told.user("chair").email,
    }  # fmt: skip
    assert not any("Leila" in one.body or REASON in one.body for one in mail.outbox)


def test_from_the_page_to_the_review(told, client, monkeypatch):
    for module in ("emergencies", "people"):
        monkeypatch.setattr(f"sightline.sharing.views.{module}.now", lambda: NOW)
    monkeypatch.setattr("sightline.pathway.views.person.now", lambda: NOW)
    monkeypatch.setattr("sightline.common.wall.now", lambda: NOW)
    client.force_login(told.user("idva"))
    new = reverse("emergency-new")
    assert client.get(new).status_code == 200
    sent = {
        "name": "leila moreno", "birth_date_0": "9", "birth_date_1": "5", "birth_date_2": "2017",
        "birth_date-day": "9", "birth_date-month": "5", "birth_date-year": "2017",
        "reason": REASON, "key": str(uuid4()),
    }  # fmt: skip
    page = client.post(new, sent, follow=True)
    assert "Leila Moreno" in page.content.decode()
    assert "somebody else reviews it" in page.content.decode()
    assert "Nobody is on record" in client.post(new, sent | {"name": "No One"}).content.decode()
    made = Emergency.objects.get()
    assert client.get(reverse("emergency", args=[made.pk])).status_code == 403
    client.force_login(told.user("ig"))
    assert REASON in client.get(reverse("emergencies")).content.decode()
    shown = client.get(reverse("emergency", args=[made.pk])).content.decode()
    assert "What was looked at" in shown
    assert "Moreno" not in shown
    client.post(reverse("emergency", args=[made.pk]), {"justified": "yes"})
    made.refresh_from_db()
    assert (made.justified, made.reviewed_by) == (True, told.user("ig"))
    assert Read.objects.filter(because__contains="opened in an emergency").exists()


def test_the_list_asks_as_often_for_thirty_as_for_three(
    told, client, django_assert_max_num_queries
):
    def make(many):
        Emergency.objects.bulk_create(
            Emergency(
                key=uuid4(), person=told.person("Sam"), agency=told.user("idva").agency,
                reason=REASON, opened_at=NOW, opened_by=told.user("idva"),
                until_at=NOW + timedelta(hours=3), review_by=NOW.date(),
            )
            for _ in range(many)
        )  # fmt: skip

    client.force_login(told.user("ig"))
    make(3)
    with django_assert_max_num_queries(30) as few:
        client.get(reverse("emergencies"))
    make(27)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("emergencies"))
