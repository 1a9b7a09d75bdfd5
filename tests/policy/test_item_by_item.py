"""A page shows a section only if its item is disclosed: each in turn is taken out of all doors.

What the item alone says of the Moreno family is asked for on every page of a person, a family, a
child's screening, a decision, an action and a meeting, for a chair and a practitioner.
"""

import re
from html import unescape

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Func, Value
from django.test import Client
from django.urls import reverse

from sightline.access import tokens
from sightline.access.models import TokenUse
from sightline.sharing.models import Disclosure, Item
from tests.policy.opened import one_of_everything
from tests.world import NOW

SAYS = {
    Item.VOICE: "I told Sam to hide under my bed",
    Item.INCIDENT: "pushed Maria Moreno against a door",
    Item.HOUSEHOLD: "12 Brook Lane",
    Item.SCALE: "Heard it on the stairs",
    Item.DECISION: "A rationale of its own",
    Item.ACTIONS: "Visit the family on Monday",
}
PAGES = {
    "person": ("person", "person-family", "may-i-tell", "safe-contact-keep"),
    "incident": ("family", "assessments", "marac-refer", "research-ask"),
    "screening": ("screening-scale", "screening-worker", "decide", "outcomes", "settle"),
    "decision": ("decision-letter", "decision-dissent"), "item": ("meeting-family",),
    "meeting": ("meeting", "meeting-minutes", "meeting-list"), "referral": ("marac-referral",),
    "assessment": ("assessment",), "question": ("research-chase-one",),
    "escalation": ("escalation",),
}  # fmt: skip
WITHOUT_ARGUMENT = ("worklist", "actions", "meetings", "escalations", "to-settle", "research-chase")
# What an agency agreed to do is its own: its lists say it, whatever is disclosed of the child.
OWN_WORK = ("/actions/", "/escalations/")


class Without(Func):
    function = "array_remove"
    output_field = ArrayField(models.CharField(max_length=20))


def addresses(ids):
    for kind, names in PAGES.items():
        yield from (reverse(name, args=[ids[kind]]) for name in names)
    yield from map(reverse, WITHOUT_ARGUMENT)


def read_all(client, ids):
    """What every page says, by its address; one that does not open says nothing."""
    pages = {address: client.get(address) for address in addresses(ids)}
    return {a: p.content.decode() if p.status_code == 200 else "" for a, p in pages.items()}


def take_out(*items):
    for item in items:
        Disclosure.objects.update(items=Without(F("items"), Value(str(item))))


@pytest.mark.django_db
def test_what_is_not_disclosed_is_on_no_page(world, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    ids = one_of_everything(world)
    chair, worker = Client(), Client()
    chair.force_login(world.user("chair"))
    worker.force_login(world.user("socialworker"))
    everything = "".join(read_all(chair, ids).values())
    assert [words for words in SAYS.values() if words not in everything] == []
    for client, without in [*((chair, [item]) for item in SAYS), (worker, list(SAYS))]:
        with transaction.atomic():
            take_out(*without)
            said = read_all(client, ids)
            transaction.set_rollback(True)
        leaked = [
            (str(item), address)
            for item in without
            for address, text in said.items()
            if SAYS[item] in text and not (item is Item.ACTIONS and address.startswith(OWN_WORK))
        ]
        assert leaked == []


@pytest.mark.django_db
def test_a_message_to_a_school_and_an_answer_to_a_machine_say_what_is_disclosed(world, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    ids = one_of_everything(world)
    school = Client()
    school.force_login(world.user("keyadult1"))
    notice, listed = reverse("notice", args=[ids["notice"]]), reverse("notices")
    _, token = tokens.issue(
        agency=world.user("health").agency, label="x", uses=list(TokenUse), by=world.user("ig"),
        now=NOW,
    )  # fmt: skip
    machine = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    assert SAYS[Item.VOICE] in school.get(notice).content.decode()
    assert b"Moreno" in Client().get(reverse("api:list_questions"), **machine).content
    take_out(Item.VOICE)
    said = school.get(notice).content.decode()
    assert SAYS[Item.VOICE] not in said
    assert "Not shared with your agency: the child&#39;s words and demeanour." in said
    assert b"Pupil L. M." in school.get(listed).content
    take_out(Item.INCIDENT, Item.IDENTITY)
    assert school.get(notice).status_code == 404
    assert b"Pupil L. M." not in school.get(listed).content
    assert b"Moreno" not in Client().get(reverse("api:list_questions"), **machine).content


@pytest.mark.django_db
def test_a_page_with_sections_names_those_that_are_held_back(world, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    ids = one_of_everything(world)
    for user, item, pages in (
        ("chair", Item.VOICE, ("person", "family", "decide")),
        ("chair", Item.ACTIONS, ("decision-letter",)),
        ("chair", Item.HOUSEHOLD, ("meeting",)),
        ("chair", Item.DECISION, ("meeting",)),
        ("socialworker", Item.HOUSEHOLD, ("action",)),
        ("health", Item.HISTORY, ("research-request",)),
    ):
        client = Client()
        client.force_login(world.user(user))
        kinds = {name: kind for kind, names in PAGES.items() for name in names} | {
            "action": "action", "research-request": "question"
        }  # fmt: skip
        addresses = [reverse(page, args=[ids[kinds[page]]]) for page in pages]
        words = item.label.lower()
        assert [a for a in addresses if words in _held_back(client, a)] == []
        with transaction.atomic():
            take_out(item)
            for address in addresses:
                assert words in _held_back(client, address), address
            transaction.set_rollback(True)


def _held_back(client, address):
    said = unescape(client.get(address).content.decode())
    return ", ".join(re.findall(r"Not shared with your agency: ([^.]*)\.", said)).split(", ")
