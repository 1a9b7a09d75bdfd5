"""Searching, deciding who is who, and one person's page."""

import pytest
from django.urls import reverse

from sightline.audit.models import Read, Search
from sightline.people.models import Link, LinkReview, NotSame
from tests.people.asking import asked, person_of
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

MAYBE_HER_TWIN = LEILA | {"given_name": "Lina", "nhs_number": ""}


@pytest.fixture
def chair(client, world):
    client.force_login(world.user("chair"))
    return client


def search(client, words):
    return client.post(reverse("people-search"), {"q": words}).content.decode()


@pytest.mark.parametrize(
    "words",
    ["leila moreno", "Moreno Leila", "layla", "09/05/2017", "05/09/2017", "999 000 0026",
     "ZZ9 4QT moreno", "moreno 2017-05-09"],
)  # fmt: skip
def test_a_child_is_found_by_whatever_is_known(chair, world, monkeypatch, words):
    _at(monkeypatch, world)
    world.notify(notification())
    assert "Leila Moreno" in search(chair, words)


def test_a_mother_is_found_by_her_telephone(chair, world, monkeypatch):
    _at(monkeypatch, world)
    world.notify(notification())
    assert "Maria Moreno" in search(chair, "07700900123")


def test_what_was_searched_for_and_who_was_shown_is_kept(chair, world, monkeypatch):
    _at(monkeypatch, world)
    world.notify(notification())
    search(chair, "leila")
    assert Search.objects.get().terms == "leila"
    assert str(world.person("Leila").pk) in Read.objects.values_list("person", flat=True)


def test_an_outsider_finds_nobody(client, world, monkeypatch):
    _at(monkeypatch, world)
    world.notify(notification())
    client.force_login(world.user("outsider"))
    assert "Leila" not in search(client, "leila").replace('value="leila"', "")


def test_a_restricted_person_is_not_found(chair, world, monkeypatch):
    _at(monkeypatch, world)
    world.notify(notification())
    person = world.person("Leila")
    person.restricted_at, person.restricted_by = world.now, world.user("ig")
    person.save()
    assert "Leila Moreno" not in search(chair, "moreno")
    assert chair.get(reverse("person", args=[person.pk])).status_code == 404


def test_a_perpetrators_page_tells_of_another_family_but_not_who_or_where(
    chair, world, monkeypatch
):
    _at(monkeypatch, world)
    world.earlier(400, "NM-0", IVY, DANIEL, NOAH)
    world.notify(notification("NM-1"))
    text = chair.get(reverse("person", args=[world.person("Daniel").pk])).content.decode()
    assert "Police attended another family: perpetrator" in text
    assert "Brook Lane" in text
    for held_back in ("Tanner", "Ivy", "Noah"):
        assert held_back not in text


def test_a_childs_page_tells_everything_that_happened_to_it(chair, world, monkeypatch):
    _at(monkeypatch, world)
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1"))
    text = chair.get(reverse("person", args=[world.person("Leila").pk])).content.decode()
    assert text.count("Police attended: child") == 2
    assert "I told Sam to hide under my bed" in text


def test_the_page_of_somebody_not_disclosed_does_not_exist(client, world, monkeypatch):
    _at(monkeypatch, world)
    world.notify(notification())
    client.force_login(world.user("outsider"))
    assert client.get(reverse("person", args=[world.person("Leila").pk])).status_code == 404


def test_a_doubt_is_asked_and_nothing_waits_for_it(world):
    world.earlier(30, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1", MARIA, DANIEL, MAYBE_HER_TWIN, SAM))
    review = LinkReview.objects.get()
    assert review.candidate == world.person("Leila")
    assert "twins" in " ".join(review.doubts)
    assert review.two_to_answer
    assert world.person("Lina") != world.person("Leila")
    assert world.screening("Lina")


def test_saying_the_same_joins_and_taking_it_back_parts_again(chair, world, monkeypatch):
    _at(monkeypatch, world)
    review = asked(world)
    before = person_of(review)
    url = reverse("link-review", args=[review.pk])
    assert chair.get(url).status_code == 200
    answer = {"decision": "same", "because": "same mother and school"}
    chair.post(url, answer)
    chair.post(url, answer)  # a double click
    assert person_of(review) == review.candidate
    assert Link.objects.filter(mention=review.mention).count() == 2
    chair.post(url, {"undo": "1"})
    assert person_of(review) == before
    assert LinkReview.objects.get().decided_at is None


def test_not_the_same_is_never_proposed_again(chair, world, monkeypatch):
    _at(monkeypatch, world)
    world.earlier(30, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1", MARIA, DANIEL, MAYBE_HER_TWIN, SAM))
    url = reverse("link-review", args=[LinkReview.objects.get().pk])
    for local in ("chair", "administrator"):
        chair.force_login(world.user(local))
        chair.post(url, {"decision": "not_same", "because": "a cousin"})
    assert NotSame.objects.filter(ended_at=None).exists()
    world.notify(notification("NM-1", MARIA, DANIEL, MAYBE_HER_TWIN, SAM, version=2))
    assert world.person("Lina") != world.person("Leila")
    assert not LinkReview.objects.filter(LinkReview.OPEN).exists()


def _at(monkeypatch, world):
    """Have the pages open at the world's time."""
    for module in ("sharing.views.people", "sharing.views.reviews", "pathway.views.person"):
        monkeypatch.setattr(f"sightline.{module}.now", lambda: world.now)


def test_the_information_governance_lead_sees_looks_and_reasons_but_no_names(
    client, chair, world, monkeypatch
):
    _at(monkeypatch, world)
    world.notify(notification())
    chair.get(reverse("person", args=[world.person("Leila").pk]))
    client.force_login(world.user("ig"))
    looks = client.get(reverse("audit-reads")).content.decode()
    assert "Ruth Adeyemi" in looks
    assert "Leila" not in looks
    ledger = client.get(reverse("disclosures")).content.decode()
    assert "core member of the screening team" in ledger
    assert "Moreno" not in ledger
