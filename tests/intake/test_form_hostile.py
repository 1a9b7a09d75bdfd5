"""Whatever is typed into the form is kept, or shown again with the reason."""

from html import unescape
from itertools import count
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.intake.form.filled import Filled
from sightline.intake.models import Draft, Notification
from sightline.intake.reading import read
from tests.intake.filling import Answers, add, every_page, posted, send, start
from tests.intake.hostile import STEADY, hostile_text

pytestmark = pytest.mark.django_db

KINDS = ("victim", "perpetrator", "both_alleged", "child", "unborn", "other")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def asked(police):
    """The address of every page of a draft with everybody in it, and the names of its boxes."""
    key = start(police)
    for kind in KINDS:
        add(police, key, kind)
    names = {place: Answers(police.get(place).content.decode()).asked for place in every_page(key)}
    return key, {place: sorted(boxes) for place, boxes in names.items() if boxes}


def answered(client: Client, place: str, answers: dict[str, str]) -> bool:
    """Post answers; see that they were taken, or that the page gives them back with a reason."""
    answer = client.post(place, answers)
    if answer.status_code == 302:
        return True
    page = unescape(answer.content.decode())
    assert answer.status_code == 200, answer.status_code
    assert "There is a problem" in page
    boxes = Answers(answer.content.decode())
    for name, text in answers.items():
        if name in boxes.asked - boxes.choices:
            assert text.strip() in page, name
    return False


def test_hostile_answers_on_every_page(police, asked):
    """Whatever was answered, the draft can be checked and sent."""
    key, boxes = asked
    taken = count()

    @settings(STEADY, max_examples=500)
    @given(st.data())
    def holds(data):
        place = data.draw(st.sampled_from(sorted(boxes)))
        names = st.sampled_from(boxes[place])
        answers = data.draw(st.dictionaries(names, hostile_text, min_size=1, max_size=6))
        if answered(police, place, answers):
            next(taken)
        read({"reference": "-"} | Filled(Draft.objects.get(key=key).data).body())

    holds()
    assert next(taken) > 80
    assert police.get(reverse("notification-check", args=[key])).status_code == 200


def test_what_was_taken_is_sent_whole(police, asked):
    """What is in the draft, and nothing else, is in the notification that is kept."""
    numbers = count()

    @settings(STEADY, max_examples=60)
    @given(hostile_text, hostile_text, hostile_text)
    def holds(officer, summary, parent):
        key, reference = start(police), f"NM-{next(numbers)}"
        add(police, key, "unborn")
        for place, answers in (
            ("reference", {"reference": reference, "officer": officer}),
            ("reference", {"reference": reference}),
            ("what-happened", {"incident__summary": summary}),
            ("people/1/family", {"child__other_parent": parent}),
        ):
            answered(police, f"/notifications/new/{key}/{place}/", answers)
        filled_in = Filled(Draft.objects.get(key=key).data).body()
        answer = send(police, key)
        kept = Notification.objects.get(reference=reference)
        assert answer["Location"] == reverse("notification-receipt", args=[kept.pk])
        assert {"notified_at", *filled_in} == set(kept.content)
        assert filled_in == {name: kept.content[name] for name in filled_in}

    holds()


IMPROPER = [
    b"", b"&&&", b"=", b"reference", b"reference=%ff%fe", b"reference=%ed%a0%80", b"%00=%00",
    b"reference=%00A%00", b"reference=a&reference=b", b"reference[]=a", b"\xff\xfe\x00=\x00",
    b"reference=" + b"%C3%A9" * 61, b"officer=" + b"x" * 100_000, b"kind=child&kind=victim",
    b"version=1&notified_at=0&people=x&role=victim&reference=A", b"csrfmiddlewaretoken=x",
]  # fmt: skip


def test_bytes_that_are_no_proper_form(police, asked):
    _, boxes = asked
    for place in sorted(boxes):
        for raw in IMPROPER:
            answer = police.generic("POST", place, raw, content_type=FORM)
            assert answer.status_code in (200, 302), (place, raw)


NOT_A_FORM = [
    (b"&".join(b"x%d=1" % n for n in range(3000)), FORM),
    (b"officer=" + b"x" * (2 * 1024 * 1024), FORM),
    (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    (b"--x--", "multipart/form-data"),
    (b"--x--", "multipart/form-data; boundary=" + "y" * 300),
    (b"reference=A", f"{FORM}; charset=utf-16"),
    (b"reference=A", f"{FORM}; charset=nonsense"),
    (b'{"reference": "A"}', "application/json"),
    (b"reference=A", ""),
]


def test_what_no_browser_sends_is_refused_and_breaks_nothing(police):
    key = start(police)
    place = reverse("notification-page", args=[key, "reference"])
    for raw, content_type in NOT_A_FORM:
        before = Draft.objects.get(key=key).data
        answer = police.generic("POST", place, raw, content_type=content_type)
        assert answer.status_code in (200, 302, 400), content_type
        assert answer.status_code == 302 or Draft.objects.get(key=key).data == before


def test_a_person_who_is_not_there_is_not_found_and_what_was_typed_is_given_back(police):
    key = start(police)
    for number in (0, 7, 10**9, 10**30):
        for slug in ("about", "voice", "nothing", "who"):
            place = f"/notifications/new/{key}/people/{number}/{slug}/"
            assert police.get(place).status_code == 404
            answer = police.post(place, {"given_name": "Leila"})
            assert answer.status_code == 409
            assert "Leila" in answer.content.decode()


def test_a_page_that_does_not_exist_is_not_found(police):
    key = start(police)
    for place in ("nothing", "people/add/x", "x" * 200, "check/check"):
        assert police.get(f"/notifications/new/{key}/{place}/").status_code == 404


def test_a_draft_that_does_not_exist_is_not_found(police):
    for place in ("check", "people", "people/add", "reference", "people/1/about", "discard"):
        address = f"/notifications/new/{uuid4()}/{place}/"
        assert police.get(address).status_code == 404
        assert police.post(address, {"kind": "child"}).status_code == 404


def test_a_key_that_is_none_starts_a_draft_all_the_same(police):
    for key in ("", "x", "\x00", "1" * 40, "{"):
        assert "/reference/" in posted(police, reverse("notification-start"), key=key)
