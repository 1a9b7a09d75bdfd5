"""Nothing leaves with a safe address in it but the page that answers under its door."""

import base64
import json
import logging.config

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from sightline.common.mail import HeldBack, hand_over
from sightline.common.spreadsheets import csv_response, xlsx_response
from sightline.config.logs import LOGGING
from sightline.sharing.models import Item
from sightline.vault.middleware import OutgoingMiddleware
from sightline.vault.models import Alarm, Look, Print
from sightline.vault.outgoing import leaks
from tests.vault.safe import HAVEN, REASON, SPELLED, keep_haven, keep_reach
from tests.world import notification


@pytest.fixture
def family(world):
    world.notify(notification())
    keep_haven(world)
    keep_reach(world)
    return world


ANSWERS = {
    "page": lambda said: HttpResponse(f"<p>Last seen at <b>{said}</b></p>"),
    "attribute": lambda said: HttpResponse(f'<input value="{said}">'),
    "csv": lambda said: csv_response("x", ["Where"], [[said]]),
    "xlsx": lambda said: xlsx_response("x", ["Where"], [[said]]),
    "json": lambda said: JsonResponse({"people": [{"where": said}]}),
    "calendar": lambda said: HttpResponse(
        f"LOCATION:{said[:9]}\r\n {said[9:]}", content_type="text/calendar"
    ),
    "stream": lambda said: StreamingHttpResponse([said[:3].encode(), said[3:].encode()]),
    "redirect": lambda said: HttpResponse(status=302, headers={"Location": f"/?q={said}"}),
    "error": lambda said: HttpResponse(f"<h1>{said}</h1>", status=500),
    "unknown": lambda said: HttpResponse(said.encode(), content_type="application/x-anything"),
}  # fmt: skip


def leaving(answer, path="/people/1/", **sent):
    request = RequestFactory().post(path, sent) if sent else RequestFactory().get(path)
    request.resolver_match = None
    request.POST  # noqa: B018  as the CSRF middleware reads it
    return OutgoingMiddleware(lambda _: answer)(request)


def said_in(answer):
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + str(answer.headers)


@pytest.mark.parametrize("kind", ANSWERS)
def test_whatever_the_kind_of_answer_it_is_held_back_and_somebody_is_told(family, kind):
    for said in SPELLED:
        answer = leaving(ANSWERS[kind](said))
        assert answer.status_code == 403
        assert not leaks(said_in(answer))
        assert said not in said_in(answer)
    assert Alarm.objects.filter(what="held_back").exists()


@pytest.mark.parametrize("kind", [kind for kind in ANSWERS if kind != "unknown"])
def test_what_holds_none_leaves_unchanged(family, kind):
    for said in ("12 Brook Lane, ZZ9 4QT", "48 Heron Quay", "07700 900472"):
        made, left = ANSWERS[kind](said), leaving(ANSWERS[kind](said))
        assert left.status_code == made.status_code
        assert said_in(left)[:40] == said_in(made)[:40]
    assert not Alarm.objects.exists()


def test_it_is_one_alarm_until_somebody_has_seen_it_and_holds_no_address(family):
    for _ in range(3):
        leaving(ANSWERS["page"](SPELLED[0]))
    alarm = Alarm.objects.get()
    assert (alarm.times, alarm.way, alarm.kind) == (3, "page", "house")


def test_what_the_reader_wrote_is_told_back_once_and_not_with_more_beside_it(family):
    echo = ANSWERS["attribute"](SPELLED[0])
    assert leaving(echo, q=SPELLED[1]).status_code == 200
    found = HttpResponse(f'<input value="{SPELLED[0]}"><li>Maria, {SPELLED[0]}</li>')
    assert leaving(found, q=SPELLED[0]).status_code == 403


def test_a_machine_is_told_in_json(family):
    answer = leaving(ANSWERS["json"](SPELLED[0]), path="/api/notifications")
    assert answer.status_code == 403
    assert json.loads(answer.content)["reasons"]
    assert Alarm.objects.get().way == "api"


@pytest.mark.parametrize("said", SPELLED)
def test_no_e_mail_goes_with_it(family, said):
    failed = hand_over(name="notice-1", subject="A message", body=said, to="a@school.example")
    assert isinstance(failed, HeldBack)
    assert not mail.outbox
    assert Alarm.objects.get().way == "mail"


def test_a_vault_without_entries_costs_a_page_one_query_and_a_page_without_numbers_none(world):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        leaks("12 Brook Lane and 14 Brook Lane, 07700 900123, ZZ9 4QT")
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        leaks("Nothing of the kind")
    assert not asked


def test_the_page_asks_why_shows_it_and_no_other_page_does(family, client):
    person, worker = family.person("Maria").pk, family.user("socialworker")
    client.force_login(worker)
    page = client.get(f"/people/{person}/")
    assert "There is a safe way to reach this person" in page.content.decode()
    asked = client.get(f"/people/{person}/safe/")
    assert asked.status_code == 200
    assert not leaks(asked.content.decode())
    for sent in (
        {},
        {"items": [Item.SAFE_ADDRESS]},
        {"items": [Item.SAFE_ADDRESS], "reason": "why"},
    ):
        refused = client.post(f"/people/{person}/safe/", sent)
        assert "There is a problem" in refused.content.decode()
    assert not Look.objects.exists()
    shown = client.post(f"/people/{person}/safe/", {"items": [Item.SAFE_ADDRESS], "reason": REASON})
    assert HAVEN.lines in shown.content.decode()
    assert "900471" not in shown.content.decode()  # only what was asked for
    assert "no-store" in shown.headers["Cache-Control"]
    assert not Alarm.objects.exists()


@pytest.mark.parametrize("local", ["health", "helplead", "idva"])
def test_whoever_has_no_door_learns_nothing_not_even_that_there_is_something(family, client, local):
    person = family.person("Maria").pk
    client.force_login(family.user(local))
    page = client.get(f"/people/{person}/").content.decode()
    assert "safe way to reach" not in page
    assert "safe address" not in page.lower()
    assert client.get(f"/people/{person}/safe/").status_code == 404
    assert client.post(f"/people/{person}/safe/", {"reason": REASON}).status_code == 404


def test_a_page_that_shows_one_safe_address_may_not_show_another(family):
    other = keep_haven(family, type(HAVEN)("9 Otter Rise", "ZZ8 1AA"), person="Leila")
    answer = ANSWERS["page"]("47 Heron Quay and 9 Otter Rise")
    answer.vault_shows = {("address", other.pk)}
    assert leaving(answer).status_code == 403


def test_the_lead_sees_the_alarm_and_lets_a_postcode_go_where_other_families_live(family, client):
    leaving(ANSWERS["page"]("ZZ8 3WP"))
    client.force_login(family.user("ig"))
    assert "Safety alarms (1)" in client.get("/alarms/").content.decode()
    alarm = Alarm.objects.get()
    client.post(f"/alarms/{alarm.pk}/", {"done": "Two other families live there", "release": "on"})
    assert leaving(ANSWERS["page"]("ZZ8 3WP")).status_code == 200
    assert leaving(ANSWERS["page"]("47 Heron Quay, ZZ8 3WP")).status_code == 403
    assert Print.objects.filter(released_at__isnull=False).count() == 1
    client.force_login(family.user("chair"))
    assert client.get(f"/alarms/{alarm.pk}/").status_code == 404  # the lead's alone


def test_an_address_that_was_left_may_be_shown_again_if_whoever_changes_it_says_so(family):
    keep_haven(family, type(HAVEN)("9 Otter Rise", "ZZ8 1AA"), old_stays_secret=False)
    assert leaving(ANSWERS["page"]("47 Heron Quay")).status_code == 200
    assert leaving(ANSWERS["page"]("9 Otter Rise")).status_code == 403


def test_without_the_key_it_stays_shut(family, settings, client):
    settings.VAULT_KEYS = f"other:{base64.urlsafe_b64encode(bytes(range(32))).decode()}"
    client.force_login(family.user("socialworker"))
    person = family.person("Maria").pk
    answer = client.post(
        f"/people/{person}/safe/", {"items": [Item.SAFE_ADDRESS], "reason": REASON}, follow=True
    )
    assert "It cannot be opened" in answer.content.decode()


def test_no_log_line_holds_an_address_or_a_number():
    formatter = logging.config.DictConfigurator(LOGGING).configure_formatter(
        LOGGING["formatters"]["json"]
    )
    said = {"event": "letter to 47 Heron Quay Road", "to": ["07700 900471"], "at": "ZZ8 3WP"}
    ours = logging.LogRecord("ours", logging.INFO, "", 1, said, None, None)
    ours._logger, ours._name = None, "info"  # as structlog hands it over
    theirs = logging.LogRecord("theirs", logging.INFO, "", 1, "At 47 Heron Quay Road", None, None)
    for record in (ours, theirs):
        line = json.loads(formatter.format(record))
        assert "[held back]" in line["event"]
        assert not any(word in str(line) for word in ("Heron", "900471", "3WP"))
