"""Every page for every role, of what is disclosed, restricted, ended and never disclosed.

A page without a row in `who_opens_what.csv` breaks the build. Machines, bulk actions and files for
download are asked for too.
"""

import json
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.template.backends.jinja2 import Template
from django.test import Client
from django.urls import reverse

from sightline.access.models import TokenUse
from sightline.access.tokens import issue
from sightline.research.models import ResearchRequest
from tests.policy.opened import one_of_everything, readers
from tests.policy.walk import ROOT
from tests.policy.who_opens_what import (
    ELSEWHERE,
    NOBODYS,
    as_row,
    expected,
    guarded,
    openers,
    table,
)
from tests.world import NOW, World

PAGES = guarded()
# What dresses an answer and decides nothing about it.
DRESS = ("whitenoise", "csp", "sightline.vault", "django_structlog", "pghistory", "NoStore")
HELP = "\n\nIf that is right, the table (tests/policy/who_opens_what.csv) must say:\n"


def test_every_page_has_a_row_and_every_row_a_page():
    named = {page.name for page in PAGES}
    missing, gone = named - table().keys(), table().keys() - named
    assert not missing, f"say in tests/policy/who_opens_what.csv who opens {sorted(missing)}"
    assert not gone, f"no page is called {sorted(gone)}"


def test_what_is_asked_for_elsewhere_is_asked_for_there():
    routes = {page.name: page.route for page in PAGES}
    for row in table().values():
        if row["about"].startswith(ELSEWHERE):
            text = (ROOT / row["about"].split()[-1]).read_text("utf-8")
            begins = "/" + routes.get(row["page"], "?").split("<")[0]
            assert f'"{row["page"]}"' in text or begins in text, row


@pytest.fixture
def opened(world: World, monkeypatch, settings) -> Iterator[tuple[World, dict[str, object]]]:
    """One of everything, at the world's time; what answers are drawn with is left out."""
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if not any(d in m for d in DRESS)]
    logging.disable(logging.CRITICAL)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    ids = one_of_everything(world)
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    monkeypatch.setattr(
        "sightline.config.urls.handler404", lambda request, exception: HttpResponse(status=404)
    )
    yield world, ids
    logging.disable(logging.NOTSET)


def _signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_page_opens_to_whom_the_table_says_in_every_state(opened):
    world, ids = opened
    who = {code: (user, _signed_in(user)) for code, user in readers(world).items()}
    wrong = []
    for page in PAGES:
        row = table()[page.name]
        if row["about"].startswith(ELSEWHERE):
            continue
        assert row["about"] == NOBODYS or row["about"] in ids, row
        found = openers(page, row["about"], ids, who)
        if found != expected(row):
            wrong.append(as_row(page, row["about"], found))
    assert not wrong, HELP + "\n".join(wrong)


def test_a_page_says_only_403_to_a_role_that_does_not_open_it(opened):
    world, ids = opened
    for code, user in readers(world).items():
        client = _signed_in(user)
        shut = [page for page in PAGES if not user.perms & page.perms]
        statuses = {client.get(page.address("", ids)).status_code for page in shut[::7]}
        assert statuses == {403}, code


def test_machines_see_what_is_of_their_own_agency_and_nothing_else(opened, client):
    world, ids = opened
    question = ResearchRequest.objects.get(pk=ids["question"])
    receipt = world.received[-1].notification.receipt
    for agency in ("police", "health", "gp"):
        _, secret = issue(
            agency=world.cast.agencies[agency], label="x", uses=list(TokenUse),
            by=world.user("ig"), now=NOW,
        )  # fmt: skip
        machine = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
        progress = client.get(reverse("api:see_progress", args=[receipt]), **machine)
        assert progress.status_code == (200 if agency == "police" else 404), agency
        listed = json.loads(client.get(reverse("api:list_questions"), **machine).content)
        there = question.pk in {one["id"] for one in listed["questions"]}
        assert there is (agency == "health")
        answer = reverse("api:answer_question", args=[question.pk])
        body = json.dumps({"people": []})
        sent = client.post(
            answer, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="k-1", **machine
        )
        assert sent.status_code == (422 if agency == "health" else 404), agency


def test_what_is_ticked_in_a_list_of_others_is_left_alone(opened):
    world, ids = opened
    for local in ("gp", "housing", "keyadult1", "outsider"):
        client = _signed_in(world.user(local))
        client.post(reverse("research-nothing"), {"request": [ids["question"]], "sure": "1"})
    assert not ResearchRequest.objects.get(pk=ids["question"]).answers.exists()
