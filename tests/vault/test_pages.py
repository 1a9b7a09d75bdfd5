"""The vault's pages: written by hand, valid, with as few queries however many alarms there are."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.sharing.models import Item
from sightline.vault.alarms import raise_alarm
from sightline.vault.entries import Address
from sightline.vault.keeping import end, open_to_agency
from sightline.vault.models import Alarm, SafeAddress, SafeContact, What
from sightline.vault.outgoing import leaks
from tests.html import problems
from tests.vault.safe import HAVEN, REASON, keep_haven, keep_reach
from tests.world import HOME, NOW, notification


@pytest.fixture
def family(world):
    world.notify(notification())
    return world


def test_a_safe_way_is_written_down_shown_and_opened_to_an_agency_by_hand(family, client):
    person = family.person("Maria").pk
    client.force_login(family.user("chair"))
    assert "can be reached safely" in client.get(f"/people/{person}/").content.decode()
    pages = {name: client.get(f"/people/{person}/safe/{name}/") for name in ("contact", "address")}
    sent = {"how": "Text first", "never_leave_message": "on", "key": uuid4()}
    for _ in range(2):  # a double click
        client.post(f"/people/{person}/safe/contact/", sent)
    wrong = client.post(f"/people/{person}/safe/address/", {"lines": "", "key": uuid4()})
    sent = {"lines": HAVEN.lines, "postcode": HAVEN.postcode, "old_stays_secret": "yes"}
    client.post(f"/people/{person}/safe/address/", sent | {"key": uuid4()})
    assert (SafeContact.objects.count(), SafeAddress.objects.count()) == (1, 1)
    pages["reason"] = client.get(f"/people/{person}/safe/")
    items = {"items": [Item.SAFE_CONTACT, Item.SAFE_ADDRESS]}
    pages["safe"] = client.post(f"/people/{person}/safe/", items | {"reason": REASON})
    pages["agency"] = client.get(f"/people/{person}/safe/agency/")
    refuge = family.cast.agencies["refuge"].pk
    refused = client.post(f"/people/{person}/safe/agency/", items | {"agency": refuge})
    assert "Confirm that they need it" in refused.content.decode()
    client.post(f"/people/{person}/safe/agency/", items | {"agency": refuge, "confirmed": "on"})
    pages["end"] = client.get(f"/people/{person}/safe/end/")
    alarm = raise_alarm(What.HELD_BACK, NOW, way="page", place="family", kind="postcode")
    client.force_login(family.user("ig"))
    pages |= {"alarms": client.get("/alarms/"), "alarm": client.get(f"/alarms/{alarm.pk}/")}
    pages["looks"] = client.get("/alarms/looks/")
    assert REASON in pages["looks"].content.decode()
    assert {name for name, page in pages.items() if page.status_code != 200} == set()
    whole = {name: page.content.decode() for name, page in (pages | {"wrong": wrong}).items()}
    assert problems(whole) == ""
    client.force_login(family.user("idva"))
    assert client.get(f"/people/{person}/safe/").status_code == 200


@pytest.mark.parametrize("path", ["safe/agency/", "safe/contact/", "safe/address/"])
def test_whoever_may_not_keep_it_finds_no_such_page(family, client, path):
    keep_haven(family)
    keep_reach(family)
    for local, status in (("idva", 404), ("health", 403)):
        client.force_login(family.user(local))
        page = client.get(f"/people/{family.person('Daniel').pk}/{path}")
        assert page.status_code == status, local


@pytest.mark.parametrize(("local", "told"), [("socialworker", True), ("health", False)])
def test_the_family_page_says_that_there_is_a_safe_way_to_whom_it_is_open(
    family, client, local, told
):
    keep_reach(family)
    family.user("socialworker").roles = ["agency_researcher"]
    family.user("socialworker").save()
    client.force_login(family.user(local))
    page = client.get(f"/families/{family.screening('Leila').incident_id}/")
    assert page.status_code == 200
    assert ("There is a safe way to reach them" in page.content.decode()) == told


def test_a_door_of_the_vault_alone_opens_no_family_page(family, client):
    contact, person = keep_reach(family), family.person("Maria").pk
    refuge, chair = family.cast.agencies["refuge"], family.user("chair")
    open_to_agency(entry=contact, person=person, agency=refuge, by=chair, now=NOW)
    client.force_login(family.user("idva"))
    assert client.get(f"/people/{person}/safe/").status_code == 200
    assert client.get(f"/families/{family.screening('Leila').incident_id}/").status_code == 404


def test_the_list_of_alarms_costs_the_same_with_more_in_it(family, client):
    client.force_login(family.user("ig"))
    asked = []
    for number in range(2):
        for place in range(10 * number + 1):
            raise_alarm(
                What.HELD_BACK, NOW, way="page", place=f"{number}-{place}", kind="house",
                reader=str(family.user("chair").pk),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/alarms/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert Alarm.objects.count() == 12


def test_what_holds_no_more_is_ended_and_the_family_page_comes_back(family, client):
    haven = keep_haven(family, Address(HOME["lines"], HOME["postcode"]))
    incident, chair = family.screening("Leila").incident_id, family.user("chair")
    client.force_login(chair)
    assert client.get(f"/families/{incident}/").status_code == 403
    page = f"/people/{family.person('Maria').pk}/safe/end/"
    client.post(page, {"items": [Item.SAFE_ADDRESS], "stays_secret": "yes"})
    assert client.get(f"/families/{incident}/").status_code == 403
    haven.refresh_from_db()
    assert haven.ended_by == chair
    other = keep_haven(family, Address("9 Otter Rise"))
    client.post(page, {"items": [Item.SAFE_ADDRESS], "stays_secret": "no"})
    assert not leaks("9 Otter Rise")
    end(entry=other, stays_secret=True, by=chair, now=NOW)
    assert client.get(page).status_code == 404
