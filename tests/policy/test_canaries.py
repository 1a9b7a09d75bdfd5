"""Every safe address, safe number and restricted name of a small world is a canary: nobody sings.

Every page is asked for by every role, with the ids of what there is, and without the door that
searches what leaves (tests/vault proves that one by itself). The two walls are tried one by one:
the pages' own filters without the policies of the database, and the policies with every filter of
the pages off, as if each had been forgotten.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core import mail
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sightline.access import tokens
from sightline.common.wall import Actor, Purpose
from sightline.encompass.models import Notice
from sightline.encompass.sending import send_notice
from sightline.intake.models import Notification
from sightline.people.models import Person
from sightline.research.models import ResearchRequest
from sightline.rules.vault.contact import Contact
from sightline.sharing import middleware
from sightline.sharing.models import CASE_ITEMS
from sightline.sharing.queries import Answer, visible_persons
from sightline.vault.entries import Address
from sightline.vault.keeping import keep_address, keep_contact
from sightline.vault.outgoing import leaks
from tests.world import DANIEL, IVY, LEILA, MARIA, NOW, SAM, notification

ROLES = (
    "chair", "health", "socialworker", "carelead", "idva", "keyadult1", "keyadult4", "police", "ig",
    "outsider",
)  # fmt: skip
LESS = ("chair", "idva", "keyadult1", "outsider")
# They read relatives within the transaction that writes their looks down, and so as a command does:
# an address is held back because of somebody hidden who lives there (docs/adr/0024).
AS_COMMANDS = {"person", "person-family"}
NOT_CRAWLED = {"sign-out", "lock"}  # they end the crawl
SAFE = re.compile(r"(?i)canary quay|zz8 ?7cn|900731|lanternfish|canary sister|900732")
RESTRICTED = re.compile(r"(?i)zephyrine|canarsie")
FROM_POLICE = {
    "safe_contact": {"method": "Text her canary sister, 07700 900732", "when": "after ten"},
    "safe_address": {"lines": "732 Canary Quay, Farholt", "postcode": "ZZ8 7CN"},
}
ZEPHYRINE = {
    "id": "z", "role": "child", "given_name": "Zephyrine", "surname": "Canarsie",
    "birth_date": "2014-02-03", "sex": "F",
    "child": {"presence": "in_the_room", "school_name": "Castlebrook High School"},
}  # fmt: skip


@pytest.fixture
def canaries(world):
    """Maria has a safe way from the police and one from social care; a child is restricted."""
    world.notify(notification("NM-1", MARIA | FROM_POLICE, DANIEL, LEILA, SAM))
    second = notification("NM-2", IVY, DANIEL, ZEPHYRINE)
    second["incident"] |= {"address": {"lines": "3 Tanner's Row", "postcode": "ZZ9 7BD"},
                           "summary": "Daniel Crowe broke the door."}  # fmt: skip
    world.notify(second)
    child = world.person("Zephyrine")
    child.restricted_at, child.restricted_by = NOW, world.user("ig")
    child.save()
    maria, by = world.person("Maria").pk, world.user("chair")
    keep_contact(
        person=maria, contact=Contact(number="07700 900731", code_word="lanternfish"),
        key=uuid4(), by=by, now=NOW,
    )  # fmt: skip
    keep_address(
        person=maria, address=Address("731 Canary Quay", "ZZ8 7CN"), key=uuid4(),
        old_stays_secret=True, by=by, now=NOW,
    )  # fmt: skip
    return world


def addresses(world) -> Iterator[tuple[object, str, str]]:
    """Yield each view, its name and an address of it for every one of the ids worth asking for."""
    who = [world.person(name).pk for name in ("Maria", "Zephyrine")]
    children = [world.screening(name) for name in ("Leila", "Zephyrine")]
    asked = ResearchRequest.objects.order_by("pk").values_list("pk", flat=True)
    ids = {
        "people/": who, "families/": [child.incident_id for child in children],
        "screenings/": [child.pk for child in children], "research/": list(asked[:2]),
        "notifications/": list(Notification.objects.values_list("pk", flat=True)),
        "school/": [Notice.objects.get(mention=child.mention_id).pk for child in children],
    }  # fmt: skip
    for view, name, route in _routes(get_resolver().url_patterns):
        begins = next((start for start in ids if route.startswith(start)), "")
        for pk in ids[begins] if begins and "<int:" in route else [1]:
            yield view, name, "/" + _filled(route, pk)


def _routes(patterns: list, prefix: str = "") -> Iterator[tuple[object, str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern) and pattern.name not in NOT_CRAWLED:
            yield pattern.callback, pattern.name or "", prefix + str(pattern.pattern)


def _filled(route: str, pk: int) -> str:
    some = {"int": str(pk), "uuid": str(uuid4()), "code": "1", "str": "s0.table1", "slug": "csv"}
    filled = re.sub(r"<(\w+):\w+>", lambda hole: some.get(hole[1], "x"), route)
    return re.sub(r"<\w+>", "x", filled)


def _sung(answer, restricted: bool) -> list[str]:
    body = b"".join(answer) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace") + str(answer.headers)
    return SAFE.findall(text) + (RESTRICTED.findall(text) if restricted else [])


def _without_policies(monkeypatch):
    """The pages' filters alone: the database shows everybody everything."""
    monkeypatch.setattr(middleware, "reader", lambda user: Actor(Purpose.CONSOLE, user.pk))


def _without_filters(monkeypatch):
    """The policies alone: what the pages ask by lets everything through, and nothing is logged."""
    everything = Answer(True, "not asked", frozenset(CASE_ITEMS))
    stand_ins = {
        "what_they_may_see": lambda user, persons, now: dict.fromkeys(persons, everything),
        "visible_persons": lambda user, now, item=None: Person.objects.all(),
        "may_see": lambda user, person, item, now: everything,
        "person_or_404": lambda user, pk, **page: (get_object_or_404(Person, pk=pk), everything),
    }
    for name, module in list(sys.modules.items()):
        for function, stand_in in stand_ins.items() if name.startswith("sightline.") else ():
            if hasattr(module, function):
                monkeypatch.setattr(module, function, stand_in)


@pytest.mark.parametrize(
    ("off", "roles", "least"),
    [(_without_policies, ROLES, 150), (_without_filters, LESS, 80)],
    ids=["filters alone", "policies alone"],
)
def test_no_page_sings(canaries, settings, caplog, monkeypatch, off, roles, least):
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if not m.startswith("sightline.vault")]
    caplog.set_level(logging.INFO)
    wanted, child = list(addresses(canaries)), canaries.person("Zephyrine").pk
    for local in roles:
        may = visible_persons(canaries.user(local), NOW).filter(pk=child).exists()
        assert local.startswith("keyadult") or not may, local
    off(monkeypatch)
    alone = AS_COMMANDS if off is _without_filters else ()
    opened, sung = 0, []
    for local in roles:
        found, sings = _crawled(canaries.user(local), wanted, local.startswith("keyadult"))
        opened += found
        sung += [(local, *song) for song in sings if song[0] not in alone]
    assert not sung
    assert opened > least  # not so few that it says nothing
    assert not SAFE.search(caplog.text)
    assert not RESTRICTED.search(caplog.text)


def _crawled(user, wanted, is_told):
    """Return how many pages opened, and what was sung on which. `is_told`: the child's school."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    opened, sung = 0, []
    for view, name, address in wanted:
        if not user.perms.intersection(getattr(view, "perms", user.perms)):
            continue  # tests/policy/test_pages_refuse: it says nothing but that
        answer = client.get(address)
        opened += answer.status_code == 200
        sung += [(name, canary) for canary in _sung(answer, not is_told)]
    for line in ("canarsie", "07700 900731"):
        answer = client.post("/people/", {"q": line})
        found = [canary for canary in _sung(answer, not is_told) if canary.lower() not in line]
        sung += [("people-search", canary) for canary in found]
    return opened, sung


def test_no_e_mail_and_no_answer_to_a_machine_sings(canaries):
    for notice in Notice.objects.all():
        send_notice(notice.pk, now=NOW)
    assert mail.outbox
    for sent in mail.outbox:
        assert not SAFE.search(str(sent.message()))
        assert not RESTRICTED.search(str(sent.message()))
    _, token = tokens.issue(
        agency=canaries.cast.police, label="canary", by=canaries.user("ig"), now=NOW
    )
    wrong = notification("NM-3", MARIA | FROM_POLICE | {"birth_date": "canary quay"})
    for body in (
        wrong,
        notification("NM-1", MARIA | FROM_POLICE, DANIEL, LEILA, SAM),
        "canary quay",
    ):
        answer = Client().post(
            "/api/notifications", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip
        assert not _sung(answer, restricted=True), answer.content


def test_the_canaries_are_searched_for():
    assert SAFE.search("731 Canary Quay")
    assert RESTRICTED.search("Zephyrine")


def test_every_canary_is_protected(canaries):
    for canary in ("731 Canary Quay", "732 Canary Quay", "zz87cn", "07700900731", "+447700900732"):
        assert leaks(canary), canary
