from dataclasses import dataclass

import pytest
from django.test import RequestFactory

from sightline.access.models import User
from sightline.access.roles import ROLES, Perm
from sightline.common import navigation
from sightline.common.navigation import FIRST_PAGES, PLACES, first_page, places_for


@pytest.fixture
def every_page(monkeypatch):
    """All pages exist, whichever apps have theirs by now."""
    monkeypatch.setattr(navigation, "address_of", lambda name: f"/{name}")


def somebody(*roles: str) -> User:
    return User(email="somebody@castlebrook.example", roles=list(roles))


def words_for(*roles: str) -> list[str]:
    return [place.words for place, _ in places_for(somebody(*roles))]


def test_every_permission_of_the_navigation_is_one_that_roles_give():
    given = frozenset().union(*(role.perms for role in ROLES.values()))
    for place in PLACES:
        assert place.perms
        assert place.perms <= {str(perm) for perm in Perm}
        assert place.perms & given


def test_every_first_page_is_a_place():
    assert set(FIRST_PAGES) <= {place.url_name for place in PLACES}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_only_what_it_may_open(every_page, role):
    shown = {place.url_name for place, _ in places_for(somebody(role))}
    assert shown == {place.url_name for place in PLACES if place.perms & ROLES[role].perms}
    assert shown


def test_a_key_adult_sees_messages_and_questions_about_pupils_and_nothing_else(every_page):
    assert words_for("key_adult") == [
        "Messages about pupils", "Who is told here", "Questions to your agency",
    ]  # fmt: skip


def test_somebody_without_a_role_sees_nothing(every_page):
    assert words_for() == []
    assert first_page(somebody()) is None


def test_somebody_who_left_sees_nothing(every_page):
    gone = User(email="gone@castlebrook.example", roles=["chair"], is_active=False)
    assert places_for(gone) == []


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        ("police_submitter", "/notification-start"), ("screening_administrator", "/worklist"),
        ("chair", "/worklist"), ("agency_researcher", "/worklist"), ("key_adult", "/notices"),
        ("practitioner", "/actions"), ("support_provider", "/actions"), ("manager", "/dashboards"),
        ("auditor", "/dashboards"), ("ig_lead", "/dashboards"),
        ("force_lead", "/dashboards"),
    ],
)  # fmt: skip
def test_each_role_begins_its_day_at_its_own_page(every_page, role, begins):
    assert first_page(somebody(role)) == begins


def test_a_page_that_no_app_offers_is_left_out(monkeypatch):
    monkeypatch.setattr(
        navigation, "address_of", lambda name: None if name == "worklist" else f"/{name}"
    )
    assert "Worklist" not in words_for("chair")
    assert first_page(somebody("chair")) == "/actions"


@dataclass
class Match:
    url_name: str


def test_the_page_one_is_on_is_marked(every_page):
    request = RequestFactory().get("/worklist")
    request.user = somebody("chair")
    request.resolver_match = Match("worklist")
    current = [item["text"] for item in navigation.navigation(request) if item["current"]]
    assert current == ["Worklist"]
