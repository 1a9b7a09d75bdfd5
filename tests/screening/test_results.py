"""Each result is kept with the version it was scored with; screening again makes another beside."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from sightline.meetings.commands import decide, screen_again
from sightline.rules.screening import instrument
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.commands import answer_items, set_scale
from sightline.screening.models import ScaleResult
from tests.rules.screening.cast import MATRIX
from tests.world import notification

pytestmark = pytest.mark.django_db
NEXT = replace(
    MATRIX, version="2027.1", commencement=date(2026, 11, 1),
    items=tuple(replace(item, floor=4) for item in MATRIX.items if item.id != "V1"),
)  # fmt: skip


@pytest.fixture
def family(world):
    """Leila is scored 3 for what she saw."""
    world.notify(notification())
    answer(world, V1=Value.YES, K3=Value.YES)
    put(world, 3)
    return world


@pytest.fixture
def next_year(monkeypatch):
    """Return what brings a new version into force: every floor is 4, and V1 is asked no more."""
    versions = (MATRIX, NEXT)
    return lambda: monkeypatch.setattr(instrument, "shipped_instruments", lambda: versions)


def answer(world, **answers):
    answer_items(
        screening=world.screening("Leila"), answers=answers, notes={}, by=world.user("health"),
        now=world.now,
    )  # fmt: skip


def put(world, scale, because="", by="chair"):
    set_scale(
        screening=world.screening("Leila"), scale=scale, because=because, second_agency=None,
        by=world.user(by), now=world.now,
    )  # fmt: skip


def decided_and_screened_again(world):
    leila, by = world.screening("Leila"), world.user("chair")
    decide(screening=leila, outcome="CFA", rationale="She sees it.", by=by, now=world.now)
    for _ in range(2):
        screen_again(screening=leila, by=by, now=world.now)


def results():
    return [
        (r.instrument, r.scale, r.suggested, r.answers) for r in ScaleResult.objects.order_by("pk")
    ]


def test_a_result_keeps_its_version_answers_and_reasons(family):
    kept = ScaleResult.objects.get()
    assert (kept.instrument, kept.scale, kept.suggested) == (MATRIX.key, 3, 3)
    assert kept.answers["K3"] == "yes"
    assert kept.suggested_because[0]["item"] == "K3"


def test_setting_the_same_again_makes_no_other_result(family):
    put(family, 3)
    assert len(results()) == 1


def test_the_same_scale_on_other_answers_is_another_result(family):
    answer(family, C5=Value.YES)
    put(family, 3)
    assert [scale for _, scale, _, _ in results()] == [3, 3]


def test_a_new_version_changes_neither_an_open_screening_nor_its_result(family, next_year):
    before = results()
    next_year()
    answer(family, V2=Value.NO)
    leila = family.screening("Leila")
    assert (leila.instrument, leila.suggested, leila.scale) == (MATRIX.key, 3, 3)
    assert results() == before


def test_screening_again_asks_in_the_version_in_force_beside_the_old_result(family, next_year):
    before = results()
    next_year()
    decided_and_screened_again(family)
    assert family.screening("Leila").instrument == NEXT.key
    put(family, 4)
    assert results()[:1] == before
    assert [(key, scale, suggested) for key, scale, suggested, _ in results()] == [
        (MATRIX.key, 3, 3), (NEXT.key, 4, 4),
    ]  # fmt: skip


def test_every_result_is_read_on_the_page(family, client):
    put(family, 4, "She is terrified.")
    client.force_login(family.user("chair"))
    page = client.get(reverse("screening-scale", args=[family.screening("Leila").pk]))
    words = " ".join(page.content.decode().split())
    assert "3, Serious (suggested 3), child-matrix 2026.1" in words
    assert "4, Severe (suggested 3), child-matrix 2026.1" in words
