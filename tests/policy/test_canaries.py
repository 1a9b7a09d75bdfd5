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
from datetime import timedelta
from io import BytesIO
from itertools import product
from zipfile import ZipFile

import pytest
from django.core import mail
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import reverse

from sightline.access import tokens
from sightline.access.models import TokenUse
from sightline.common.wall import Actor, Purpose
from sightline.encompass.models import Notice
from sightline.encompass.sending import send_notice
from sightline.insight.catalogue import ALL
from sightline.insight.periods import Period
from sightline.letters.models import SenderLetter
from sightline.letters.sending import mail_letter
from sightline.meetings.arranging import arrange_meeting
from sightline.meetings.inviting import send_invitation
from sightline.meetings.lists import build_list, publish_list, standing_items
from sightline.meetings.marac.hearing import hear
from sightline.meetings.models import Invitation
from sightline.people.models import Person
from sightline.sharing import middleware
from sightline.sharing.models import CASE_ITEMS
from sightline.sharing.queries import Answer, visible_persons
from sightline.vault.outgoing import leaks
from tests.policy.canaries import FROM_POLICE, RESTRICTED, SAFE, canaries
from tests.policy.opened import readers
from tests.policy.who_opens_what import guarded, table
from tests.world import DANIEL, LEILA, MARIA, NOW, SAM, notification

COUNTED = middleware.FOR_ONE_PURPOSE[0][0]  # pages for these alone count
OF = {  # what pages are of that the table of who opens what leaves to other tests
    "file-audit-new": "screening", "file-audit": "audit", "letter": "letter",
    "safe-contact": "person", "marac-hearing": "referral",
    "published-figure": "", "import-file": "import",
}  # fmt: skip
ANYBODY = re.compile("Leila|Moreno|Daniel|Crowe|Penrose|Noah|9990000018|Brook Lane,")
LATER = NOW + timedelta(hours=11)
ONE_OF_EACH = {"chair", "auditor"}  # of the team, and not


@pytest.fixture
def sung(world, settings, caplog, monkeypatch):
    """Return the world and its ids, at its time, without the door that searches what leaves."""
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if not m.startswith("sightline.vault")]
    caplog.set_level(logging.INFO)
    ids = canaries(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return world, ids


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
        "open_person": lambda user, pk, now: (get_object_or_404(Person, pk=pk), everything),
    }
    for name, module in list(sys.modules.items()):
        for function, stand_in in stand_ins.items() if name.startswith("sightline.") else ():
            if hasattr(module, function):
                monkeypatch.setattr(module, function, stand_in)


def test_no_page_sings(sung, caplog, monkeypatch):
    world, ids = sung
    child = world.person("Zephyrine").pk
    who = readers(world) | {"her school": world.user("keyadult4")}
    may = {
        code for code, user in who.items()
        if visible_persons(user, LATER).filter(pk=child).exists()
    }  # fmt: skip
    assert may <= {"her school"}
    for off, least in ((_without_policies, 350), (_without_filters, 330)):
        counts = off is _without_policies  # whoever counts is shown everything by the policies
        opened, songs = 0, []
        with monkeypatch.context() as without, transaction.atomic():
            off(without)
            for code, user in who.items():
                wanted = list(_addresses(ids, user, counts))
                found, sings = _crawled(user, wanted, code == "her school")
                opened += found
                songs += [(off.__name__, code, *song) for song in sings]
            transaction.set_rollback(True)
        assert not songs
        assert opened > least, opened  # not so few that it says nothing
    assert not SAFE.search(caplog.text)
    assert not RESTRICTED.search(caplog.text)


def _addresses(ids, user, counts: bool) -> Iterator[tuple[str, str]]:
    """Yield the name of each page that is open to a role, and an address for each of its ids.

    A page that counts says the same to all who are not of the team, so one of each is enough.
    """
    counting = counts and user.roles[0] in ONE_OF_EACH
    for page in guarded():
        if not user.perms & page.perms or (page.perms <= COUNTED and not counting):
            continue  # tests/policy/test_pages_refuse: it says nothing but that
        about = OF.get(page.name, table()[page.name]["about"])
        for pk in ids.get(about, [1]) if "<int:pk>" in page.route else [1]:
            yield page.name, page.address("this", {"this": pk})


def _crawled(user, wanted, is_told):
    """Return how many pages opened, and what was sung on which. `is_told`: the child's school."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    opened, sung = 0, []
    for name, address in wanted:
        with transaction.atomic():
            answer = client.get(address)
            opened += answer.status_code == 200
            sung += [(name, canary) for canary in _heard(answer, not is_told)]
            transaction.set_rollback(True)
    for line in ("canarsie", "07700 900731"):
        answer = client.post("/people/", {"q": line})
        found = [canary for canary in _heard(answer, not is_told) if canary.lower() not in line]
        sung += [("people-search", canary) for canary in found]
    return opened, sung


def _heard(answer, restricted: bool) -> list[str]:
    """What it sings; of a file that is kept, the name of anybody (tests/policy/test_exports)."""
    text = _inside(answer) + str(answer.headers)
    found = SAFE.findall(text) + (RESTRICTED.findall(text) if restricted else [])
    return found + (ANYBODY.findall(text) if "Content-Disposition" in answer.headers else [])


def _inside(answer) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with ZipFile(BytesIO(body)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_no_e_mail_calendar_entry_or_answer_to_a_machine_sings(sung):
    world, _ = sung
    for notice in Notice.objects.all():
        send_notice(notice.pk, now=NOW)
    for invitation in Invitation.objects.all():
        send_invitation(invitation.pk, now=NOW)
    for letter in SenderLetter.objects.all():
        mail_letter(letter.pk, now=NOW)
    said = [_written(sent.message()) for sent in mail.outbox]
    assert sum("BEGIN:VCALENDAR" in one for one in said) > 2
    assert len(said) > sum("BEGIN:VCALENDAR" in one for one in said) + 2  # to schools, to senders
    for one in said:
        assert not SAFE.search(one)
        assert not RESTRICTED.search(one)
    wrong = notification("NM-3", MARIA | FROM_POLICE | {"birth_date": "canary quay"})
    machine = {code: _machine(world, code) for code in ("police", "health", "gp", "housing")}
    again = notification("NM-1", MARIA | FROM_POLICE, DANIEL, LEILA, SAM)
    for body in (wrong, again, "canary quay"):
        answer = Client().post(
            "/api/notifications", json.dumps(body), content_type="application/json",
            headers=machine["police"],
        )  # fmt: skip
        assert not _heard(answer, restricted=True), answer.content
    receipts = [one.notification.receipt for one in world.received]
    asked = [reverse("api:see_progress", args=[receipt]) for receipt in receipts]
    asked.append(reverse("api:list_questions"))
    for address, headers in product(asked, machine.values()):
        answer = Client().get(address, headers=headers)
        assert not _heard(answer, restricted=True), (address, answer.content)


def test_no_figure_sings_and_every_canary_is_protected(sung):
    """Files and pages of figures show these cells and fixed words: so the MARAC's return is among
    them once a pair was heard, whichever figure the crawl above happens to open."""
    world, _ = sung
    clerk = {"by": world.user("administrator"), "now": NOW}
    marac = arrange_meeting(kind="marac", starts=NOW + timedelta(days=12), place="Hall", **clerk)
    build_list(meeting=marac, **clerk)
    publish_list(meeting=marac, **clerk)
    [item] = standing_items(marac)
    hear(item=item, summary="731 Canary Quay", by=world.user("chair"), now=marac.starts)
    rows = {figure.id: list(figure.rows(Period())) for figure in ALL}
    [quarter] = rows["marac.return"]
    assert 1 in quarter
    assert sum(map(bool, rows.values())) > 20
    said = str(rows)
    assert not [found for sings in (SAFE, RESTRICTED, ANYBODY) for found in sings.findall(said)]
    assert SAFE.search("731 Canary Quay")
    assert RESTRICTED.search("Zephyrine")
    for canary in ("731 Canary Quay", "732 Canary Quay", "zz87cn", "07700900731", "+447700900732"):
        assert leaks(canary), canary


def _written(message) -> str:
    """Everything of an e-mail as its reader has it: parts travel encoded."""
    parts = [part.get_payload(decode=True) or b"" for part in message.walk()]
    return str(message.items()) + b"\n".join(parts).decode()


def _machine(world, agency: str) -> dict[str, str]:
    _, token = tokens.issue(
        agency=world.cast.agencies[agency], label="canary", uses=list(TokenUse),
        by=world.user("ig"), now=NOW,
    )  # fmt: skip
    return {"Authorization": f"Bearer {token}"}
