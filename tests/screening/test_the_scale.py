"""A person sets the scale of each child; another than the suggested one needs its reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.audit.models import Event
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.commands import decide, screen_again
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.commands import answer_items, set_scale
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(world):
    """The Moreno family is notified, and Leila is suggested at scale 3."""
    world.notify(notification())
    answer_items(
        screening=world.screening("Leila"), answers={"K3": Value.YES}, notes={},
        by=world.user("health"), now=world.now,
    )  # fmt: skip
    return world


def put(world, scale, because="", second=None, name="Leila", by="chair"):
    return set_scale(
        screening=world.screening(name), scale=scale, because=because,
        second_agency=world.cast.agencies[second] if second else None,
        by=world.user(by), now=world.now,
    )  # fmt: skip


def test_no_child_has_a_scale_before_a_person_sets_one(family):
    assert [family.screening(name).scale for name in ("Leila", "Sam", "")] == [None] * 3


def test_the_suggested_scale_needs_no_reason(family):
    assert put(family, 3).scale == 3
    assert family.screening("Leila").scale_set_by == family.user("chair")


def test_siblings_may_be_set_at_different_scales(family):
    put(family, 3, name="Leila")
    put(family, 1, name="Sam")
    assert (family.screening("Leila").scale, family.screening("Sam").scale) == (3, 1)


def test_a_higher_scale_needs_a_reason_and_no_second_agency(family):
    with pytest.raises(NotUnderstood, match="say why"):
        put(family, 4)
    assert put(family, 4, "She is terrified of going home.").scale == 4


def test_a_lower_scale_needs_a_reason_and_a_second_agency(family):
    with pytest.raises(NotUnderstood, match="say why"):
        put(family, 2, "", "health")
    with pytest.raises(NotUnderstood, match="another agency than yours"):
        put(family, 2, "He has left the country.")
    with pytest.raises(NotUnderstood, match="another agency than yours"):
        put(family, 2, "He has left the country.", "care")
    assert put(family, 2, "He has left the country.", "health").lower_agreed_by.name.startswith(
        "Castlebrook Community Health"
    )


def test_a_blank_reason_is_no_reason(family):
    with pytest.raises(NotUnderstood):
        put(family, 4, " \n ")


@pytest.mark.parametrize("scale", [0, 5, -1])
def test_there_is_no_other_scale(family, scale):
    with pytest.raises(NotUnderstood, match="1 to 4"):
        put(family, scale, "x", "health")


def test_setting_it_twice_is_setting_it_once(family):
    first = put(family, 4, "She is terrified of going home.")
    again = put(family, 4, "She is terrified of going home.")
    assert again.scale_set_at == first.scale_set_at
    assert Event.objects.filter(what="screening.scale_set").count() == 1


def test_what_was_set_before_stays_in_the_history(family):
    put(family, 3)
    put(family, 4, "She is terrified of going home.")
    scales = family.screening("Leila").events.filter(scale__isnull=False)
    assert [event.scale for event in scales.order_by("pgh_id")] == [3, 4]


def test_a_decided_child_must_be_screened_again_first(family):
    put(family, 3)
    leila = family.screening("Leila")
    chair = family.user("chair")
    decide(screening=leila, outcome="CFA", rationale="She saw it.", by=chair, now=family.now)
    with pytest.raises(WrongMoment, match="screen again"):
        put(family, 4, "More has come out.")
    screen_again(screening=leila, by=chair, now=family.now)
    assert put(family, 4, "More has come out.").scale == 4


def test_a_child_whom_a_correction_took_out_gets_no_scale(family):
    sam = family.screening("Sam")
    family.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    with pytest.raises(WrongMoment, match="correction"):
        set_scale(
            screening=sam, scale=1, because="", second_agency=None, by=family.user("chair"),
            now=family.now,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["police", "idva", "keyadult1", "auditor"])
def test_who_does_not_screen_sets_no_scale(family, who):
    with pytest.raises(PermissionDenied):
        put(family, 3, by=who)


def test_a_scale_above_which_the_suggested_one_has_risen_says_so(family, client):
    put(family, 3)
    page = reverse("screening-scale", args=[family.screening("Leila").pk])
    client.force_login(family.user("chair"))
    assert "has risen above it since" not in client.get(page).content.decode()
    answer_items(
        screening=family.screening("Leila"), answers={"V5": Value.YES}, notes={},
        by=family.user("health"), now=family.now,
    )  # fmt: skip
    assert "has risen above it since" in client.get(page).content.decode()
