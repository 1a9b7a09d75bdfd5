"""Whoever works by the rules can read them; who answers for them signs them, in these words."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.audit.models import Event
from sightline.common.errors import WrongMoment
from sightline.rules.handbook.chapters import chapters
from sightline.sharing.models import SignOff
from sightline.sharing.signing import sign_off, signatures
from tests import html


@pytest.fixture
def chapter():
    return next(one for one in chapters() if one.key.startswith("sharing "))


def sign(chapter, by, now, **changes):
    given = {"chapter": chapter, "read": chapter.digest, "note": "", "by": by, "now": now}
    return sign_off(**given | changes)


@pytest.mark.parametrize("who", ["police", "administrator", "socialworker", "manager", "ig"])
def test_everybody_who_works_by_them_can_read_them(client, world, who):
    client.force_login(world.user(who))
    assert "Who may be told what" in client.get(reverse("rules")).content.decode()


def test_every_chapter_is_a_valid_page(client, world):
    client.force_login(world.user("ig"))
    pages = {one.slug: reverse("rule-chapter", args=[one.slug]) for one in chapters()}
    shown = {name: client.get(page).content.decode() for name, page in pages.items()}
    assert html.problems(shown) == ""
    assert client.get(reverse("rule-chapter", args=["moon"])).status_code == 404


def test_the_lead_signs_once(client, world, chapter):
    client.force_login(world.user("ig"))
    page = reverse("rule-chapter", args=[chapter.slug])
    for _ in range(2):
        client.post(page, {"read": chapter.digest, "note": "Read with the Caldicott guardian."})
    assert SignOff.objects.get().note == "Read with the Caldicott guardian."
    assert Event.objects.filter(what="rules.signed").count() == 1
    shown = client.get(page).content.decode()
    assert "Sign this chapter" not in shown
    assert "Caldicott guardian" in shown


def test_other_words_need_another_signature(world, chapter):
    ig = world.user("ig")
    sign(chapter, ig, world.now)
    changed = replace(chapter, title="Who may hear what")
    assert signatures(changed) == []
    with pytest.raises(WrongMoment, match="has changed"):
        sign(changed, ig, world.now, read=chapter.digest)


def test_nobody_else_signs(world, chapter):
    with pytest.raises(PermissionDenied):
        sign(chapter, world.user("administrator"), world.now)
