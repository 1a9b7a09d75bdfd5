"""The police form: a page a thing, nothing chosen beforehand, nothing required but a reference."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.intake.models import Draft, Notification
from tests.intake.filling import (
    Answers,
    add,
    every_page,
    fill,
    fill_whole,
    moment,
    posted,
    send,
    signed_in,
    start,
)
from tests.intake.test_api import jobs_for

pytestmark = pytest.mark.django_db


def test_a_notification_is_filled_in_page_by_page_and_sent(police, world):
    answer = send(police, fill_whole(police))
    kept = Notification.objects.get()
    assert answer["Location"] == reverse("notification-receipt", args=[kept.pk])
    assert kept.sender == world.cast.police
    assert kept.received_by == world.user("police")
    assert (kept.channel, kept.version) == ("form", 1)
    assert kept.content["incident"] == {
        "started_at": "2026-11-20T22:10:00Z",
        "address": {"lines": "12 Brook Lane\nCastlebrook", "postcode": "ZZ9 4QT"},
        "summary": "Daniel Crowe pushed Maria Moreno.",
    }
    leila = kept.content["people"][2]
    assert leila["birth_date"] == "2017-05-09"
    assert leila["child"]["words"] == "I hid Sam"
    assert kept.content["people"][3]["child"] == {
        "presence": "unborn", "expected_birth": "2027-03-20",
    }  # fmt: skip
    assert kept.content["relationships"] == [{"a": "person-1", "b": "person-3", "kind": "parent"}]
    assert jobs_for(kept) == 1


def test_the_raw_body_is_what_was_filled_in(police):
    send(police, fill_whole(police))
    kept = Notification.objects.get()
    assert json.loads(bytes(kept.raw))["people"][0]["given_name"] == "Maria"
    assert kept.raw_type == "application/json"


def test_each_page_leads_to_the_next(police):
    key = start(police)
    assert fill(police, key, "reference", reference="NM-1").endswith("/when-and-where/")
    assert fill(police, key, "risk").endswith("/people/")
    assert fill(police, key, "safety").endswith("/check/")


def test_a_page_opened_from_the_check_page_leads_back_to_it(police):
    key = start(police)
    place = reverse("notification-page", args=[key, "risk"]) + "?then=check"
    assert posted(police, place, risk__tool="DASH") == reverse("notification-check", args=[key])


def test_nothing_but_the_reference_has_to_be_there(police):
    key = start(police)
    fill(police, key, "reference", reference="NM-1")
    send(police, key)
    kept = Notification.objects.get()
    assert kept.completeness == 10
    assert "a child" in kept.missing


def test_without_a_reference_it_is_not_sent_and_says_so(police):
    key = start(police)
    answer = send(police, key)
    assert answer.status_code == 200
    assert "reference: is missing" in answer.content.decode()
    assert not Notification.objects.exists()


def test_what_is_missing_is_listed_before_sending_and_on_the_receipt(police):
    key = fill_whole(police)
    before = police.get(reverse("notification-check", args=[key])).content.decode()
    after = police.get(send(police, key)["Location"]).content.decode()
    for page in (before, after):
        assert "child 1: how the child seemed" in page
        assert "Most of what is asked for is there" in page
    assert "child 1: what the child said" not in before


def test_what_cannot_be_understood_is_shown_again_with_the_reason(police):
    key = start(police)
    place = reverse("notification-page", args=[key, "when-and-where"])
    wrong = moment("incident__started_at", 31, 2, 2026, "22:10")
    page = police.post(place, wrong | {"incident__premises": "a flat"}).content.decode()
    assert "must be a day that exists in the calendar" in page
    assert 'value="31"' in page
    assert 'value="a flat"' in page


def test_a_text_that_is_too_long_is_shown_again_whole(police):
    key = start(police)
    place = reverse("notification-page", args=[key, "what-happened"])
    page = police.post(place, {"incident__weapons": "x" * 301}).content.decode()
    assert "Write at most 300 characters, not 301" in page
    assert "x" * 301 in page


def test_an_emptied_box_is_taken_out(police):
    key = start(police)
    fill(police, key, "reference", reference="NM-1", officer="PC 1")
    fill(police, key, "reference", reference="NM-1", officer="")
    assert Draft.objects.get(key=key).data["content"] == {"reference": "NM-1"}


def test_what_was_filled_in_is_shown_when_the_page_is_opened_again(police):
    key = fill_whole(police)
    page = police.get(reverse("notification-page", args=[key, "when-and-where"])).content.decode()
    assert 'value="22:10"' in page
    assert "12 Brook Lane" in page


def test_sending_a_draft_twice_gives_the_first_receipt(police):
    key = fill_whole(police)
    first, second = send(police, key), send(police, key)
    assert first["Location"] == second["Location"]
    assert Notification.objects.count() == 1


def test_a_sent_draft_is_emptied_and_leads_to_its_receipt(police):
    key = fill_whole(police)
    receipt = send(police, key)["Location"]
    assert Draft.objects.get(key=key).data == {}
    for name in ("notification-check", "notification-people", "notification-add-person"):
        assert police.get(reverse(name, args=[key]))["Location"] == receipt


def test_what_is_written_after_sending_is_given_back(police):
    key = fill_whole(police)
    send(police, key)
    place = reverse("notification-page", args=[key, "what-happened"])
    answer = police.post(place, {"incident__summary": "He came back at midnight."})
    assert answer.status_code == 409
    assert "He came back at midnight." in answer.content.decode()


def test_a_double_click_on_start_makes_one_draft(police):
    key = str(uuid4())
    for _ in range(2):
        police.post(reverse("notification-start"), {"key": key})
    assert Draft.objects.count() == 1


def test_a_draft_belongs_to_its_user_alone(police, world):
    key = fill_whole(police)
    colleague = world.user("police")
    colleague.pk, colleague.email = None, "other@police.example"
    colleague.save()
    other = signed_in(colleague)
    for name, args in (
        ("notification-page", [key, "risk"]), ("notification-check", [key]),
        ("notification-people", [key]), ("notification-person", [key, 1, "about"]),
        ("notification-remove", [key, 1]), ("notification-discard", [key]),
    ):  # fmt: skip
        assert other.get(reverse(name, args=args)).status_code == 404
        assert other.post(reverse(name, args=args)).status_code == 404
    assert other.post(reverse("notification-start"), {"key": str(key)}).status_code == 404
    assert not Notification.objects.exists()


def test_a_draft_can_be_thrown_away(police):
    key = start(police)
    assert "cannot be" in police.get(reverse("notification-discard", args=[key])).content.decode()
    posted(police, reverse("notification-discard", args=[key]))
    assert not Draft.objects.exists()


def test_a_draft_that_was_begun_is_offered_again(police):
    key = start(police)
    fill(police, key, "reference", reference="NM-77")
    page = police.get(reverse("notification-start")).content.decode()
    assert "NM-77" in page
    assert reverse("notification-page", args=[key, "when-and-where"]) in page


def test_a_person_can_be_changed_and_removed(police):
    key = start(police)
    first, second = add(police, key, "victim"), add(police, key, "child")
    posted(police, reverse("notification-remove", args=[key, first]))
    posted(police, reverse("notification-who", args=[key, second]), kind="unborn")
    people = Draft.objects.get(key=key).data["people"]
    assert [(p["number"], p["part"]["child"]) for p in people] == [(2, {"presence": "unborn"})]


def test_removing_a_parent_removes_the_relationship(police):
    key = fill_whole(police)
    posted(police, reverse("notification-remove", args=[key, 1]))
    assert "relationships" not in Draft.objects.get(key=key).data["content"]


def test_what_was_said_of_a_child_goes_when_it_was_an_adult(police):
    key = start(police)
    number = add(police, key, "child", voice={"child__words": "I hid"})
    posted(police, reverse("notification-who", args=[key, number]), kind="other")
    assert "child" not in Draft.objects.get(key=key).data["people"][0]["part"]


def test_a_forty_first_person_is_refused_with_words(police):
    key = start(police)
    for _ in range(40):
        add(police, key, "other")
    answer = police.post(reverse("notification-add-person", args=[key]), {"kind": "other"})
    assert "can name 40 people" in answer.content.decode()


def test_schools_of_the_directory_are_suggested(police):
    key = start(police)
    number = add(police, key, "child")
    page = police.get(reverse("notification-person", args=[key, number, "school"]))
    assert '<option value="Brook Lane Primary School">' in page.content.decode()


def test_nothing_is_chosen_or_written_beforehand(police):
    key = start(police)
    for kind in ("victim", "perpetrator", "both_alleged", "child", "unborn", "other"):
        add(police, key, kind)
    asked = 0
    for place in every_page(key):
        answers = Answers(police.get(place).content.decode())
        assert answers.given == {}, place
        asked += len(answers.asked)
    assert asked > 150


def test_every_page_takes_no_answer_for_an_answer(police):
    key = start(police)
    for kind in ("victim", "child", "unborn"):
        add(police, key, kind)
    for place in every_page(key):
        if not place.endswith(("/reference/", "/people/", "/add/", "/remove/")):
            posted(police, place)
    people = Draft.objects.get(key=key).data["people"]
    assert [p["part"]["role"] for p in people] == ["victim", "child", "child"]
