"""What gives nothing away: titles, what health is told to mind, and the way out of a page."""

import re

import pytest

from sightline.common.words import NOT_FOR_ONLINE_VIEW
from sightline.research.models import ResearchRequest
from sightline.research.presenters import RequestShown
from sightline.rules.research.services import Service
from tests.policy.test_pages_are_strict import TEMPLATES

TITLE = re.compile(r"\{% block title %\}(.*?)\{% endblock %\}", re.DOTALL)
GIVES_AWAY = re.compile(
    r"(?i)abuse|violence|victim|perpetrator|safe address|refuge"
    r"|child\s*\}|person\.|entry\.|about\s*\}"
)


@pytest.mark.parametrize(
    ("service", "minds"),
    [(Service.GP, True), (Service.HEALTH_VISITING, True), (Service.SCHOOL, False)],
)
def test_what_reaches_health_says_that_it_is_not_for_online_view(service, minds):
    shown = RequestShown(ResearchRequest(service=service), "", "", "", "", "", (), "")
    assert (shown.mind == NOT_FOR_ONLINE_VIEW) == minds


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_title_says_what_the_page_is_about(template):
    for title in TITLE.findall(template.read_text("utf-8")):
        assert not GIVES_AWAY.search(title), title


def test_whoever_is_signed_in_can_leave_quickly_without_script_and_by_a_key(
    world, client, settings
):
    client.force_login(world.user("socialworker"))
    page = client.get("/people/").content.decode() + client.get("/alarms/").content.decode()
    assert f'href="{settings.LEAVE_TO}"' in page
    assert 'data-module="govuk-exit-this-page"' in page
