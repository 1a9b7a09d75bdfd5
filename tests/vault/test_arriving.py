"""What police say of safe contact goes into the vault; what is kept in the open is without it."""

import json

import pytest
from django.db import connection

from sightline.intake.models import Notification, Refusal
from sightline.sharing.models import Item
from sightline.vault.alarms import alarms_for
from sightline.vault.arriving import parts_of, redacted
from sightline.vault.looking import look, may_be_opened
from sightline.vault.models import Alarm, Print, SafeAddress, SafeContact, SealedBody, What
from sightline.vault.outgoing import leaks
from tests.vault.safe import HAVEN, REASON, keep_haven
from tests.world import DANIEL, HOME, LEILA, MARIA, NOW, notification

SAFE = {
    "safe_contact": {
        "method": "Text her sister on 07700 900471", "when": "Weekdays after ten",
        "no_messages": True, "perpetrator_reads_post_or_phone": "yes",
    },
    "safe_address": {"lines": "47 Heron Quay, Farholt", "postcode": "ZZ8 3WP"},
}  # fmt: skip


def with_safe(**changes):
    return notification("NM-1", {**MARIA, **SAFE, **changes}, DANIEL, LEILA)


def opened(world, local="socialworker"):
    return look(
        person=world.person("Maria").pk, items=[Item.SAFE_CONTACT, Item.SAFE_ADDRESS],
        reason=REASON, by=world.user(local), now=NOW,
    )  # fmt: skip


def test_it_is_sealed_at_receipt_and_nothing_of_it_is_kept_in_the_open(world):
    world.notify(with_safe())
    kept = Notification.objects.get()
    raw = json.loads(bytes(kept.raw))
    assert raw["people"][0]["safe_address"] == "[in the vault]"
    assert raw["people"][0]["safe_contact"]["no_messages"] is True
    assert raw["incident"] == notification()["incident"]
    assert kept.content["people"][0]["safe_contact"] == {
        "no_messages": True, "perpetrator_reads_post_or_phone": "yes",
    }  # fmt: skip
    with connection.cursor() as cursor:
        for table in ("intake_notification", "people_mention", "people_household",
                      "vault_sealedbody", "vault_safeaddress", "vault_safecontact"):  # fmt: skip
            cursor.execute(f"select count(*) from {table} t where t::text ~* 'heron|900471'")  # noqa: S608
            assert cursor.fetchone() == (0,), table
        cursor.execute(
            "select count(*) from intake_notification where encode(raw, 'escape') ~* 'heron|900471'"
        )
        assert cursor.fetchone() == (0,)
    assert parts_of([kept.receipt])[kept.receipt]["0"]["safe_address"]["postcode"] == "ZZ8 3WP"


def test_whatever_else_a_machine_wrote_is_kept_half_characters_too():
    body = b'{"people": [{"safe_address": {"lines": "9 Otter Rise"}}], "unit": "\\ud800"}'
    kept = redacted(body, {"0": {"safe_address": {"lines": "9 Otter Rise"}}})
    assert json.loads(kept) == {"people": [{"safe_address": "[in the vault]"}], "unit": "\ud800"}


def test_it_is_open_to_social_care_of_the_team_and_protected_from_then_on(world):
    world.notify(with_safe())
    seen = opened(world)
    assert [address.lines for _, address in seen.addresses] == ["47 Heron Quay, Farholt"]
    contact = seen.contacts[0][1]
    assert contact.when == "Weekdays after ten"
    assert contact.never_leave_message
    assert may_be_opened(world.user("health"), world.person("Maria").pk, NOW) == []
    assert leaks("47 Heron Quay")
    assert leaks("07700 900471")


def test_the_same_again_is_a_replay_and_another_safe_address_under_its_version_is_not(world):
    world.notify(with_safe())
    assert world.receive(with_safe()).replayed
    assert not Refusal.objects.exists()
    other = with_safe(safe_address={"lines": "9 Otter Rise"})
    assert world.receive(other).differs
    assert (SafeAddress.objects.count(), SealedBody.objects.count()) == (1, 1)


def test_a_correction_takes_the_place_of_what_it_corrects(world):
    world.notify(with_safe())
    corrected = with_safe(safe_address={"lines": "9 Otter Rise"}) | {"version": 2}
    world.notify(corrected)
    assert [address.lines for _, address in opened(world).addresses] == ["9 Otter Rise"]


def test_the_number_by_which_everybody_reaches_her_is_no_secret(world):
    usual = {"method": "Her own phone, 07700 900123", "when": "in the morning"}
    world.notify(with_safe(safe_contact=usual))
    assert not leaks("07700 900123")
    assert not Print.objects.filter(contact__isnull=False).exists()
    assert SafeContact.objects.count() == 1


def test_a_safe_address_at_which_it_happened_is_not_safe_and_the_leads_are_told(world):
    world.notify(with_safe(safe_address=HOME))
    assert not leaks("12 Brook Lane")
    assert alarms_for(world.user("chair")).get().what == What.INCIDENT


@pytest.mark.parametrize("first", ["kept", "happened"])
def test_an_incident_at_a_safe_address_alarms_the_leads_and_is_held_back(world, client, first):
    world.notify(notification())
    second = notification("NM-2", MARIA, DANIEL, LEILA)
    second["incident"] |= {
        "started_at": "2026-11-20T23:00:00+00:00",
        "address": {"lines": HAVEN.lines, "postcode": HAVEN.postcode},
    }
    steps = [lambda: keep_haven(world), lambda: world.notify(second)]
    for step in steps if first == "kept" else reversed(steps):
        step()
    alarm = Alarm.objects.get(what=What.INCIDENT)
    assert alarm.incident_id == world.screening("Leila").incident_id
    client.force_login(world.user("chair"))
    assert client.get(f"/families/{alarm.incident_id}/").status_code == 403
    page = client.get("/alarms/").content.decode()
    assert "has become the address of an incident" in page
    assert not leaks(page)
    assert client.get("/worklist/").status_code == 200
