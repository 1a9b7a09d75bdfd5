"""The machine door: what a sender gets back, and that nothing is lost or kept twice."""

import json

import pytest
from django.db import connection
from django.test import Client

from sightline.access import tokens
from sightline.access.models import TokenUse
from sightline.intake.models import Notification, Refusal
from tests.intake.conftest import JSON
from tests.world import LEILA, MARIA, NOW, notification

pytestmark = pytest.mark.django_db


def test_a_notification_is_answered_with_its_receipt_and_what_was_missing(send):
    answer = send(notification("NM-7"))
    kept = Notification.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "receipt": kept.receipt,
        "received_at": answer.json()["received_at"],
        "reference": "NM-7",
        "version": 1,
        "replayed": False,
        "completeness": kept.completeness,
        "missing": kept.missing,
        "notes": [],
    }
    assert "child 2: what the child said" in kept.missing


def test_the_body_is_kept_byte_for_byte(send):
    raw = b'\xef\xbb\xbf {"reference" :"NM-7",\r\n "ours": {"a": [1, 2.50]}, "unit":"P\\u00c9"}\t'
    assert send(raw).status_code == 201
    assert bytes(Notification.objects.get().raw) == raw


def test_a_field_without_a_place_is_listed_back_and_its_value_is_not(send):
    answer = send(notification(court={"judge": "Quill"}))
    assert answer.json()["notes"] == ["no field for court; kept in the original"]


def test_the_same_again_gives_the_first_receipt_and_starts_nothing(send):
    first, second = send(), send()
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json() | {"replayed": True}
    assert Notification.objects.count() == 1
    assert jobs_for(Notification.objects.get()) == 1


def test_the_same_version_with_other_content_is_kept_as_a_refusal_that_says_what_to_do(send):
    receipt = send(notification(officer="PC 1")).json()["receipt"]
    answer = send(notification(officer="PC 2"))
    assert answer.status_code == 409
    assert receipt in answer.json()["reasons"][0]
    assert "as version 2" in answer.json()["reasons"][0]
    refusal = Refusal.objects.get(pk=answer.json()["refusal"])
    assert json.loads(bytes(refusal.raw))["officer"] == "PC 2"
    assert Notification.objects.get().content["officer"] == "PC 1"


def test_a_correction_supersedes_and_both_are_kept(send):
    send()
    answer = send(notification(version=2, officer="PC 2"))
    assert answer.status_code == 201
    first, second = Notification.objects.order_by("version")
    assert first.superseded_at == second.received_at
    assert second.superseded_at is None


def test_a_lower_version_that_comes_late_is_kept_as_superseded(send):
    send(notification(version=2))
    assert send(notification(version=1)).status_code == 201
    late, holds = Notification.objects.order_by("version")
    assert late.superseded_at is not None
    assert holds.superseded_at is None


@pytest.mark.parametrize("secret", ["", "wrong", "slt_", "é" * 10, "x" * 5000])
def test_without_a_token_nothing_is_taken(send, secret):
    answer = send(secret=secret)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "slt" not in answer.content.decode()
    assert not Notification.objects.exists()
    assert not Refusal.objects.exists()


def test_a_revoked_token_opens_nothing(send, token, world):
    found = tokens.find(token, TokenUse.NOTIFICATIONS, NOW)
    tokens.revoke(token=found, by=world.user("ig"), now=NOW)
    assert send().status_code == 401


def test_a_token_of_a_closed_agency_opens_nothing(send, world):
    world.cast.police.closed_on = NOW.date()
    world.cast.police.save()
    assert send().status_code == 401


def test_only_a_digest_of_the_token_is_kept(token, world):
    found = tokens.find(token, TokenUse.NOTIFICATIONS, NOW)
    assert token not in str(found.__dict__)
    assert len(found.digest) == 64


def test_signing_in_does_not_replace_the_token(send, world):
    client = Client()
    client.force_login(world.user("police"))
    assert client.post("/api/notifications", "{}", content_type=JSON).status_code == 401


def test_what_is_no_json_is_kept_with_its_reasons(send):
    answer = send(b'{"reference": "NM-7",\n "people": [}')
    assert answer.status_code == 400
    assert answer.json()["reasons"] == ["The body is not JSON: see line 2, column 13."]
    assert bytes(Refusal.objects.get().raw) == b'{"reference": "NM-7",\n "people": [}'


def test_what_is_no_notification_names_each_field_and_quotes_nothing(send):
    person = LEILA | {"birth_date": "Secretday", "age": "Secretage", "role": "Secretrole"}
    answer = send(notification("NM-7", MARIA, person))
    assert answer.status_code == 422
    fields = [reason.split(":")[0] for reason in answer.json()["reasons"]]
    assert fields == ["people.1.role", "people.1.birth_date", "people.1.age"]
    assert "Secret" not in answer.content.decode()
    assert Refusal.objects.get().reasons == answer.json()["reasons"]


def test_a_refusal_sent_again_is_one_refusal(send):
    assert send(b"{").json() == send(b"{").json()
    assert Refusal.objects.count() == 1


def test_a_body_of_another_type_is_kept_and_refused(send):
    answer = send(b"<ppn/>", content_type="application/xml")
    assert answer.status_code == 415
    assert bytes(Refusal.objects.get().raw) == b"<ppn/>"
    assert Refusal.objects.get().raw_type == "application/xml"


def test_a_body_that_is_too_large_is_refused_unread_and_leaves_a_trace(send):
    answer = send(b" " * (2 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert bytes(Refusal.objects.get().raw) == b""
    assert Refusal.objects.get().reasons == answer.json()["reasons"]


def test_a_body_of_unknown_length_is_refused_rather_than_read_as_empty(token):
    answer = Client().post(
        "/api/notifications", b"{}", content_type=JSON, CONTENT_LENGTH="",
        headers={"Authorization": f"Bearer {token}", "Transfer-Encoding": "chunked"},
    )  # fmt: skip
    assert answer.status_code == 411


def test_the_sender_sees_how_far_its_notification_has_come(send, token, world):
    receipt = send().json()["receipt"]
    Notification.objects.update(linked_at=NOW, opened_at=NOW)
    answer = progress(receipt, token)
    assert answer.status_code == 200
    assert answer.json()["opened_at"] == "2026-11-20T23:40:00Z"
    assert answer.json()["superseded_at"] is None


@pytest.mark.parametrize("receipt", ["SL-2222-2222-2222", "x", "SL-%00", "%ff", "a%2Fb", " "])
def test_a_receipt_that_does_not_exist_is_404(token, receipt):
    answer = progress(receipt, token)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith(JSON)


def test_another_agencys_receipt_looks_as_if_it_did_not_exist(send, world):
    receipt = send().json()["receipt"]
    _, theirs = tokens.issue(
        agency=world.cast.agencies["housing"], label="x", by=world.user("ig"), now=NOW
    )
    assert progress(receipt, theirs).content == progress("SL-2222-2222-2222", theirs).content


def test_every_address_under_the_api_answers_in_json(token):
    for answer in (Client().post("/api/nothing"), Client().get("/api/a/b"), progress("", token)):
        assert answer["Content-Type"].startswith(JSON)
        assert answer.status_code == 404


def progress(receipt: str, secret: str):
    return Client().get(
        f"/api/notifications/{receipt}", headers={"Authorization": f"Bearer {secret}"}
    )


def jobs_for(notification: Notification) -> int:
    """Return how many tasks of the first stage are enqueued for this notification."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs where task_name = 'record'"
            " and (args->>'subject')::bigint = %s",
            [notification.pk],
        )
        return cursor.fetchone()[0]
