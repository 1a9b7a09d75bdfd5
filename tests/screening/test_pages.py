"""The pages of a screening: nothing chosen beforehand, the record beside, nothing lost."""

import re

import pytest
from django.urls import reverse

from sightline.audit.models import Read
from sightline.meetings.commands import decide
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.commands import answer_items, set_scale
from sightline.screening.models import Answer
from sightline.screening.parts import parts_of
from tests.html import problems
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch, world):
    """The pages' clock stands at the world's now."""
    for module in ("domain", "scale"):
        monkeypatch.setattr(f"sightline.screening.views.{module}.now", lambda: world.now)
    return world.now


@pytest.fixture
def nurse(client, world, now):
    """The health researcher is signed in, and the family was notified for the second time."""
    world.earlier(20, "NM-B", MARIA, DANIEL, LEILA)
    world.notify(notification())
    client.force_login(world.user("health"))
    return client


def page_of(world, code="V", name="Leila"):
    return reverse("screening-domain", args=[world.screening(name).pk, code])


def text(response):
    return " ".join(response.content.decode().split())


def chosen(response):
    """Return the inputs that the page shows as chosen."""
    return re.findall(r"<input[^>]*\schecked", text(response))


def test_every_page_opens_with_no_answer_chosen(nurse, world):
    leila = world.screening("Leila")
    for part in parts_of(leila.instrument):
        response = nurse.get(page_of(world, part.code))
        assert response.status_code == 200
        assert chosen(response) == [], part.name


def test_what_the_record_answers_is_shown_with_its_source_and_day_and_not_chosen(nurse, world):
    shown = text(nurse.get(page_of(world, "P")))
    assert "From the record: yes." in shown
    assert "31 Oct 2026: Police notification NM-B" in shown
    assert "Disagree?" in shown


def test_the_page_says_how_much_is_answered_not_known_and_not_asked(nurse, world):
    assert "3 of 75 answered, 6 not known, 66 not asked" in text(nurse.get(page_of(world)))


def test_saving_goes_on_to_the_next_page_and_from_the_last_to_the_scale(nurse, world):
    leila = world.screening("Leila")
    first = nurse.post(page_of(world, "V"), {"V5": "yes", "V5-note": "she says so"})
    assert first.url == page_of(world, "P")
    assert nurse.post(page_of(world, "PF"), {}).url == reverse("screening-scale", args=[leila.pk])
    answer = Answer.objects.get(screening=leila, item="V5")
    assert (answer.value, answer.note) == ("yes", "she says so")


def test_what_was_not_touched_is_not_answered_in_ones_name(nurse, world):
    answer_items(
        screening=world.screening("Leila"), answers={"V2": Value.YES}, notes={},
        by=world.user("administrator"), now=world.now,
    )  # fmt: skip
    nurse.post(page_of(world), {"V2": "yes", "initial-V2": "yes", "V5": "no"})
    by = {a.item: a.answered_by.name for a in Answer.objects.filter(item__in=["V2", "V5"])}
    assert by == {"V2": "Morgan Hale", "V5": "Sunita Rao"}


def test_an_answer_changed_meanwhile_by_somebody_else_is_not_put_back(nurse, world):
    answer_items(
        screening=world.screening("Leila"), answers={"V2": Value.YES}, notes={},
        by=world.user("administrator"), now=world.now,
    )  # fmt: skip
    nurse.post(page_of(world), {"V2": "no", "initial-V2": "no"})  # as an older page showed it
    assert Answer.objects.get(screening=world.screening("Leila"), item="V2").value == "yes"


def test_contradicting_the_record_asks_why_and_keeps_what_was_typed(nurse, world):
    response = nurse.post(page_of(world, "P"), {"P6": "no", "P7": "yes"})
    assert response.status_code == 200
    assert "Say why P6 is not as the record says" in text(response)
    assert len(chosen(response)) == 2
    assert Answer.objects.get(screening=world.screening("Leila"), item="P7").value == "not_known"


def test_a_note_without_an_answer_asks_for_the_answer(nurse, world):
    response = nurse.post(page_of(world), {"V5-note": "she says so"})
    assert "Choose an answer to V5" in text(response)


def test_a_note_that_cannot_be_kept_is_refused_and_the_rest_stays_as_typed(nurse, world):
    sent = {"V5": "yes", "V5-note": "She says\x00 so", "V6": "no", "V6-note": "Not here."}
    page = nurse.post(page_of(world), sent)
    assert "Null characters are not allowed" in text(page)
    assert len(chosen(page)) == 2
    assert "Not here." in text(page)


def test_an_answer_that_is_none_of_the_five_is_refused(nurse, world):
    assert nurse.post(page_of(world), {"V5": "perhaps"}).status_code == 200
    assert not Answer.objects.filter(item="V5").exists()


def test_the_pages_are_valid_with_answers_and_with_errors(nurse, world):
    pages = {
        "record": nurse.get(page_of(world, "P")),
        "wrong": nurse.post(page_of(world, "P"), {"P6": "no", "P7-note": "?"}),
        "scale": nurse.get(reverse("screening-scale", args=[world.screening("Leila").pk])),
    }
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""


def test_what_police_wrote_stands_beside_the_questions(nurse, world):
    shown = text(nurse.get(page_of(world, "K")))
    assert "I told Sam to hide under my bed" in shown
    assert "pushed Maria Moreno against a door" in shown


def test_what_happened_is_held_back_where_somebody_in_it_is_restricted(nurse, world):
    daniel = world.person("Daniel")
    daniel.restricted_at, daniel.restricted_by = world.now, world.user("ig")
    daniel.save()
    shown = text(nurse.get(page_of(world)))
    assert "Crowe" not in shown
    assert "What happened is held back" in shown


def test_after_the_decision_the_answers_are_shown_and_cannot_be_changed(nurse, world):
    chair, leila = world.user("chair"), world.screening("Leila")
    set_scale(screening=leila, scale=3, because="", second_agency=None, by=chair, now=world.now)
    decide(screening=leila, outcome="CFA", rationale="She saw it.", by=chair, now=world.now)
    shown = text(nurse.get(page_of(world)))
    assert "cannot be changed" in shown
    assert "Save and continue" not in shown
    assert shown.count("disabled") >= 5 * 12
    nurse.post(page_of(world), {"V5": "yes"})
    assert not Answer.objects.filter(item="V5").exists()
    scale = reverse("screening-scale", args=[leila.pk])
    assert "The scale cannot be changed" in text(nurse.get(scale))
    assert nurse.post(scale, {"scale": "4", "because": "More came out."}).status_code == 200
    assert world.screening("Leila").scale == 3


def test_a_page_that_this_version_does_not_have_is_not_found(nurse, world):
    assert nurse.get(page_of(world, "ZZ")).status_code == 404


def test_each_look_is_written_down(nurse, world):
    nurse.get(page_of(world))
    assert Read.objects.filter(page="screening", person=str(world.person("Leila").pk)).exists()


@pytest.mark.parametrize("who", ["outsider"])
@pytest.mark.parametrize("name", ["screening-domain", "screening-scale"])
def test_another_borough_does_not_learn_that_there_is_a_screening(client, world, now, who, name):
    world.notify(notification())
    client.force_login(world.user(who))
    arguments = [world.screening("Leila").pk] + (["V"] if name == "screening-domain" else [])
    assert client.get(reverse(name, args=arguments)).status_code == 404
    assert client.post(reverse(name, args=arguments), {"V5": "yes"}).status_code == 404


@pytest.mark.parametrize("who", ["police", "socialworker", "manager", "ig", "keyadult1"])
def test_who_does_not_screen_is_refused(client, world, now, who):
    world.notify(notification())
    client.force_login(world.user(who))
    assert client.get(page_of(world)).status_code == 403


def test_the_scale_page_gives_the_suggestion_in_words_and_chooses_none(nurse, world):
    response = nurse.get(reverse("screening-scale", args=[world.screening("Leila").pk]))
    shown = text(response)
    assert chosen(response) == []
    assert "Suggested: 3, Serious" in shown
    assert "New incident within 28 days of the last" in shown
    assert "72 of 75 not known, 6 of these asked and not answered." in shown


def test_uplifts_are_offered_and_not_taken(nurse, world):
    answer_items(
        screening=world.screening("Sam"), answers={"K3": Value.YES}, notes={},
        by=world.user("health"), now=world.now,
    )  # fmt: skip
    shown = text(nurse.get(reverse("screening-scale", args=[world.screening("Sam").pk])))
    assert "Under 7: may be raised from scale 3 to 4" in shown
    assert world.screening("Sam").suggested == 3


def set_scale_on_page(client, world, **data):
    return client.post(reverse("screening-scale", args=[world.screening("Leila").pk]), data)


def test_setting_the_scale_leads_back_to_the_family(nurse, world):
    response = set_scale_on_page(nurse, world, scale="3")
    assert response.url == reverse("family", args=[world.screening("Leila").incident_id])
    assert world.screening("Leila").scale == 3


def test_no_scale_a_missing_reason_and_a_missing_agency_are_asked_for(nurse, world):
    assert "Choose the scale" in text(set_scale_on_page(nurse, world))
    assert "is above the suggested scale 3" in text(set_scale_on_page(nurse, world, scale="4"))
    lower = text(set_scale_on_page(nurse, world, scale="1", because="He is in prison."))
    assert "Choose the second agency that agrees" in lower
    assert world.screening("Leila").scale is None


def test_one_s_own_agency_cannot_be_the_second(nurse, world):
    own = str(world.cast.agencies["health"].pk)
    response = set_scale_on_page(nurse, world, scale="1", because="In prison.", second_agency=own)
    assert response.status_code == 200
    assert world.screening("Leila").scale is None


def test_another_familys_incident_is_shown_without_who_and_where(client, world, now):
    world.earlier(300, "NM-A", IVY, DANIEL, NOAH)
    world.notify(notification())
    client.force_login(world.user("chair"))
    shown = text(client.get(page_of(world, "P")))
    assert "Incident with another family" in shown
    assert not [word for word in ("Ivy", "Noah", "Penrose", "Tanner") if word in shown]
