"""Each child alone: a sibling's answers are looked at, and taken over only one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Incident
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.commands import answer_items
from sightline.screening.models import Answer, Screening
from sightline.screening.siblings import LOOKED, answer_as_sibling
from tests.html import problems
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db
SAID = {"V5": Value.YES, "C4": Value.SUSPECTED, "K3": Value.YES, "PF3": Value.YES}


@pytest.fixture
def family(world, monkeypatch):
    """Leila has been screened, Sam has not."""
    for module in ("domain", "scale"):
        monkeypatch.setattr(f"sightline.screening.views.{module}.now", lambda: world.now)
    world.notify(notification())
    answer_items(
        screening=world.screening("Leila"), answers=SAID, notes={"V5": "hands on her neck"},
        by=world.user("administrator"), now=world.now,
    )  # fmt: skip
    return world


def take(family, item, by="health"):
    answer_as_sibling(
        screening=family.screening("Sam"), sibling=family.screening("Leila"), item=item,
        by=family.user(by), now=family.now,
    )  # fmt: skip


def of_sam(family):
    return {a.item: a for a in Answer.objects.filter(screening=family.screening("Sam"),
                                                     answered_by__isnull=False)}  # fmt: skip


def page(family, code, beside=True):
    address = reverse("screening-domain", args=[family.screening("Sam").pk, code])
    return address + (f"?beside={family.screening('Leila').pk}" if beside else "")


def text(response):
    return " ".join(response.content.decode().split())


def test_nothing_is_copied_by_screening_or_by_looking(family, client):
    client.force_login(family.user("health"))
    shown = client.get(page(family, "V"))
    assert "Leila: Yes." in text(shown)
    assert "hands on her neck" in text(shown)
    assert "checked" not in text(shown)
    assert of_sam(family) == {}
    assert not problems({"beside": shown.content.decode()})


def test_one_answer_is_taken_over_by_somebody_who_has_looked(family):
    for _ in range(2):
        take(family, "V5")
    (answer,) = of_sam(family).values()
    assert (answer.item, answer.value, answer.note) == ("V5", "yes", LOOKED)
    assert answer.answered_by == family.user("health")


@pytest.mark.parametrize("item", ["K3", "PF3"])
def test_what_is_asked_about_the_child_is_answered_for_the_child_alone(family, item):
    with pytest.raises(NotUnderstood, match="about the child"):
        take(family, item)
    assert of_sam(family) == {}


def test_what_nobody_answered_cannot_be_taken_over(family):
    with pytest.raises(WrongMoment, match="Nobody has answered V9"):
        take(family, "V9")


def test_another_familys_child_is_no_sibling(family):
    family.notify(notification("NM-9", MARIA, DANIEL, LEILA))
    with pytest.raises(WrongMoment, match="same notification"):
        answer_as_sibling(
            screening=family.screening("Sam"), sibling=family.screening("Leila"), item="V5",
            by=family.user("health"), now=family.now,
        )  # fmt: skip


def test_against_the_record_of_this_child_it_is_answered_by_itself(family):
    answer_items(
        screening=family.screening("Leila"), answers={"P6": Value.NO}, notes={},
        by=family.user("health"), now=family.now,
    )  # fmt: skip
    Answer.objects.filter(screening=family.screening("Sam"), item="P6").update(record_value="yes")
    with pytest.raises(NotUnderstood, match="says otherwise on P6"):
        take(family, "P6")


def test_the_button_saves_what_else_was_answered_and_stays_on_the_page(family, client):
    client.force_login(family.user("health"))
    answer = client.post(page(family, "V"), {"V7": "no", "same": "V5"})
    assert answer.url == page(family, "V")
    assert {i: a.value for i, a in of_sam(family).items()} == {"V7": "no", "V5": "yes"}
    assert "About the child: answer for this one alone" in text(client.get(page(family, "K")))


def test_the_scale_page_says_what_is_known_of_this_child_alone(family, client):
    client.force_login(family.user("health"))
    of = {
        name: text(client.get(reverse("screening-scale", args=[family.screening(name).pk])))
        for name in ("Leila", "Sam", "")
    }
    assert "<dd>9 years</dd>" in of["Leila"]
    assert "Present, elsewhere in the home: on the stairs" in of["Leila"]
    assert "<dd>4 years, under 7</dd>" in of["Sam"]
    assert "<dd>Unborn</dd>" in of[""]
    assert "Medium by the officer, with DARA" in of["Sam"]


def test_a_page_of_questions_costs_the_same_with_more_children(world, client):
    client.force_login(world.user("health"))
    twins = [LEILA | {"id": f"c{n}", "given_name": name, "nhs_number": ""}
             for n, name in enumerate(("Ana", "Bela", "Cira", "Dora"))]  # fmt: skip
    costs = []
    for reference, children in (("NM-7", [LEILA, twins[0]]), ("NM-8", [LEILA, *twins])):
        world.notify(notification(reference, MARIA, DANIEL, *children))
        screenings = Screening.objects.filter(incident=Incident.objects.latest("pk"))
        mine, other = screenings.order_by("pk")[:2]
        address = reverse("screening-domain", args=[mine.pk, "V"]) + f"?beside={other.pk}"
        for _ in range(2):
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
        costs.append(len(found))
    assert costs[0] == costs[1]
