"""The page of one question: what it shows, what it asks for, and what comes next."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.audit.models import Read
from sightline.people.models import LinkAnswer, LinkReview, LinkShown, Person
from sightline.people.reviewing import decide_review
from tests.html import problems
from tests.people.asking import TWINS, asked, reviewers
from tests.world import DANIEL, IVY, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db
NEXT = "/people/reviews/next/"
NEARLY = LEILA | {"given_name": "Lela", "nhs_number": "", "birth_date": "2017-09-05"}


@pytest.fixture(autouse=True)
def _now(monkeypatch, world):
    monkeypatch.setattr("sightline.sharing.views.reviews.now", lambda: world.now)


@pytest.fixture
def reader(client, world):
    client.force_login(world.user("administrator"))
    return client


@pytest.fixture
def family(world):
    """The Morenos, who have been notified twice, and a child of them who is nearly Leila."""
    people = [{"a": "maria", "b": "leila", "kind": "mother"}]
    world.earlier(60, "NM-0", MARIA, DANIEL, LEILA, SAM)
    world.notify(notification("NM-1", MARIA, DANIEL, NEARLY, relationships=people))
    review, _ = LinkReview.objects.get_or_create(
        mention=world.mention("Lela"), candidate=world.person("Leila"),
        defaults={"weight": 15.0, "model": "test", "asked_at": world.now},
    )  # fmt: skip
    LinkReview.objects.filter(pk=review.pk).update(two_to_answer=False, doubts=[])
    return LinkReview.objects.get(pk=review.pk)


def at(review: LinkReview) -> str:
    return reverse("link-review", args=[review.pk])


def page(client, review, **post) -> str:
    answer = client.post(at(review), post) if post else client.get(at(review))
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    """The words of the main part; what is marked stands in brackets."""
    main = html.split("<main")[1].split("</main>")[0]
    marked = re.sub(r"<mark[^>]*>(.*?)</mark>", r"[\1]", main)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", marked).split()))


def test_differences_are_marked_to_the_letter_and_said_in_words(reader, family):
    shown = page(reader, family)
    assert '<td class="govuk-table__cell">Le<mark class="app-mark">i</mark>la</td>' in shown
    said = words(shown)
    assert "First names Lela Le[i]la ≈ 1 letter differs" in said
    assert "0[5]/0[9]/2017 0[9]/0[5]/2017 ≈ Day and month swapped" in said
    assert "Surname Moreno Moreno = Same" in said
    assert "NHS number – Not known 9990000026 Only in the known one" in said


def test_household_and_history_stand_beside(reader, family):
    said = words(page(reader, family))
    assert "Maria Moreno (victim) : named with both: the same person already" in said
    assert "Sam Moreno (child) : named with the known record" in said
    assert "New, as was written: mother: Maria Moreno" in said
    assert "Age then 9 on 20 Nov 2026 9 on 22 Sep 2026" in said
    assert "An NHS number for the new notification would settle this" in said


def test_the_waterfall_is_in_words_with_bars_that_need_no_style(reader, world):
    shown = page(reader, asked(world))
    assert "Same surname strongly" not in shown
    said = words(shown)
    assert "Same surname very strongly for +9.2" in said
    assert "Different forename strongly against −7.9" in said
    assert "Together very strongly for +17.5" in said
    assert 'width="34.5"' in shown  # of 60 for the full sixteen points
    assert "style=" not in shown.split("<main")[1]


def test_somebody_else_born_that_day_warns_of_twins(reader, world, family):
    twin = {"given_name": "Lina", "nhs_number": "", "id": "lina"}
    world.earlier(50, "NM-2", MARIA, LEILA, LEILA | twin)
    assert "Lina Moreno (child) was born on the same day" in words(page(reader, family))


def test_doubts_come_first_and_a_reason_is_asked_for(reader, world):
    review = asked(world, doubts=[TWINS])
    said = words(page(reader, review))
    assert said.index("they may be twins") < said.index("First names")
    assert "Needed for “the same”, against the doubt" in said
    refused = page(reader, review, decision="same", because="")
    assert "Say in a few words what tells you." in refused
    assert not LinkAnswer.objects.exists()


def test_nothing_is_chosen_beforehand_and_a_choice_is_needed(reader, world):
    review = asked(world)
    assert " checked" not in page(reader, review)
    assert "Choose an answer." in page(reader, review, decision="")


def test_after_an_answer_the_next_comes_at_once_with_undo_of_the_last(reader, world):
    first, second = asked(world, 0, days=2), asked(world, 1)
    assert reader.get(NEXT)["Location"] == at(first)
    assert reader.post(at(first), {"decision": "same"})["Location"] == at(second)
    shown = page(reader, second)
    assert "1 of 2 today" in words(shown)
    assert f'action="{at(first)}"' in shown
    assert "Your last answer, 23:40: the same person" in words(shown)
    assert reader.post(at(first), {"undo": "1"})["Location"] == at(first)
    assert LinkReview.objects.get(pk=first.pk).decided_at is None
    assert "0 of 2 today" in words(page(reader, second))


def test_a_double_click_goes_on_as_one(reader, world):
    first, second = asked(world, 0, days=2), asked(world, 1)
    for _ in range(2):
        assert reader.post(at(first), {"decision": "same"})["Location"] == at(second)
    assert LinkAnswer.objects.count() == 1


def test_what_is_left_for_later_comes_round_again(reader, world):
    first, second = asked(world, 0, days=2), asked(world, 1)
    page(reader, first)
    assert reader.get(f"{NEXT}?after={first.pk}")["Location"] == at(second)
    page(reader, second)
    assert reader.get(f"{NEXT}?after={second.pk}")["Location"] == at(first)


def test_what_one_could_not_tell_is_not_asked_of_them_again_but_stays_listed(reader, world):
    first = asked(world)
    page(reader, first)
    answer = reader.post(at(first), {"decision": "unsure", "because": "ask the police"})
    assert answer["Location"] == reverse("link-reviews")
    listed = words(reader.get(reverse("link-reviews")).content.decode())
    assert "You could not tell on 20 Nov 2026" in listed
    assert "1 of 1 answered today" in listed


def test_two_who_work_at_once_are_given_different_questions(client, world):
    first, second = asked(world, 0, days=2), asked(world, 1)
    one, two, _ = reviewers(world)
    client.force_login(one)
    page(client, first)
    client.force_login(two)
    assert client.get(NEXT)["Location"] == at(second)
    world.now += timedelta(minutes=5)
    assert client.get(NEXT)["Location"] == at(first)


def test_the_second_of_two_is_asked_without_the_answer_of_the_first(client, world):
    review = asked(world, two_to_answer=True)
    one, two, three = reviewers(world)
    decide_review(review=review, decision="same", because="her scar", by=one, now=world.now)
    client.force_login(two)
    assert client.get(NEXT)["Location"] == at(review)
    shown = words(page(client, review))
    assert "Two people answer this one, each alone." in shown
    assert "her scar" not in shown
    client.post(at(review), {"decision": "not_same", "because": "her cousin"})
    client.force_login(three)
    shown = words(page(client, review))
    assert "One said the same person: her scar." in shown
    assert "One said not the same person: her cousin." in shown
    assert "Reader" not in shown.replace("Reader 3", "")
    client.force_login(one)
    assert "You have answered: the same person." in words(page(client, review))
    assert client.get(NEXT)["Location"] == reverse("link-reviews")


def test_whoever_comes_too_late_is_told_and_shown_how_it_stands(reader, world):
    review = asked(world)
    chair = world.user("chair")
    decide_review(review=review, decision="same", because="her scar", by=chair, now=world.now)
    answer = reader.post(at(review), {"decision": "not_same"}, follow=True)
    said = words(answer.content.decode())
    assert "This has been decided already" in said
    assert "Take this answer back" not in said  # it is the chair's
    assert "The same person , settled by Ruth Adeyemi on 20 November 2026, 23:40: her scar" in said


def test_a_closed_question_says_why_nobody_needs_to_answer(reader, world):
    review = asked(world)
    review.closed_at, review.closed_because = world.now, "the notification was corrected"
    review.save()
    assert "needs no answer any more: the notification was corrected" in words(page(reader, review))
    assert reader.get(NEXT)["Location"] == reverse("link-reviews")


def test_several_is_said_by_parting_them_and_only_by_who_may(client, world):
    review = asked(world)
    review.kind, review.candidate = "odd", review.mention.links.get(ended_at=None).person
    review.save()
    client.force_login(world.user("administrator"))
    assert client.get(at(review)).status_code == 404
    assert client.get(NEXT)["Location"] == reverse("link-reviews")
    client.force_login(world.user("chair"))
    assert "Is this one person or several?" in words(page(client, review))
    answer = client.post(at(review), {"decision": "not_same"})
    assert answer["Location"] == reverse("person-split", args=[review.candidate_id])
    assert not LinkAnswer.objects.exists()


def test_it_is_not_there_for_whoever_may_not_see_both(client, world):
    review = asked(world)
    for local, status in (("chair", 200), ("health", 403), ("manager", 403), ("outsider", 403)):
        client.force_login(world.user(local))
        assert client.get(at(review)).status_code == status, local
    Person.objects.filter(pk=review.candidate_id).update(
        restricted_at=world.now, restricted_by=world.user("ig")
    )
    client.force_login(world.user("chair"))
    assert client.get(at(review)).status_code == 404
    assert client.post(at(review), {"decision": "same"}).status_code == 404
    assert client.get(NEXT)["Location"] == reverse("link-reviews")


def test_a_restricted_person_named_with_them_is_not_told_of(reader, world, family):
    Person.objects.filter(pk=world.person("Maria").pk).update(
        restricted_at=world.now, restricted_by=world.user("ig")
    )
    shown = page(reader, family)
    assert "Maria" not in shown
    assert "Daniel Crowe" in shown


def test_whoever_is_not_open_to_the_team_is_named_by_role_alone(reader, world):
    review = asked(world)
    Person.objects.get(pk=world.person("Ivy").pk).disclosures.all().delete()
    shown = page(reader, review)
    assert "Ivy" not in shown
    assert "Somebody (victim) : named with the known record" in words(shown)


def test_every_name_that_was_shown_is_in_the_log_of_looks(reader, world, family):
    page(reader, family)
    looked = set(Read.objects.filter(page="link-review").values_list("person", flat=True))
    named = ("Lela", "Leila", "Maria", "Daniel", "Sam")
    assert looked == {str(world.person(name).pk) for name in named}


def test_opening_it_is_written_down_once_however_often(reader, world):
    review = asked(world)
    page(reader, review)
    world.now += timedelta(minutes=3)
    page(reader, review)
    assert LinkShown.objects.get().shown_at == world.now


def test_more_mentions_need_no_more_queries(reader, world, family):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(reader, family)
        return len(captured)

    page(reader, family)
    few = queries()
    for days in range(20, 80, 10):
        world.earlier(days, f"NM-{days}", MARIA, DANIEL, LEILA, SAM)
    assert queries() == few
    assert few <= 28


def test_an_answer_and_the_next_page_need_few_queries(reader, world):
    first, second = asked(world, 0, days=2), asked(world, 1)
    page(reader, first)
    with CaptureQueriesContext(connection) as captured:
        reader.post(at(first), {"decision": "unsure"})
    assert len(captured) <= 20
    assert second.pk


def test_the_pages_are_valid_in_every_state(client, world, family):
    one, two, three = reviewers(world)
    split = asked(world, 1, two_to_answer=True, doubts=[TWINS])
    decide_review(review=split, decision="same", because="a", by=one, now=world.now)
    decide_review(review=split, decision="not_same", because="b", by=two, now=world.now)
    settled = asked(world, 2)
    decide_review(review=settled, decision="same", because="", by=three, now=world.now)
    client.force_login(three)
    pages = {
        "list": client.get(reverse("link-reviews")).content.decode(),
        "plain": page(client, family),
        "third": page(client, split),
        "wrong": page(client, split, decision="same", because=""),
        "settled": page(client, settled),
    }
    client.force_login(one)
    pages["mine"] = page(client, split)
    assert problems(pages) == ""


def test_a_back_load_is_asked_after_what_happened_lately(reader, world):
    old = asked(world, 0, days=40)
    late = asked(world, 1)
    assert reader.get(NEXT)["Location"] == at(late)
    listed = reader.get(reverse("link-reviews")).content.decode()
    assert listed.index(at(late)) < listed.index(at(old))


def test_the_list_names_nobody(reader, world, family):
    listed = reader.get(reverse("link-reviews")).content.decode().split("<main")[1]
    for name in ("Leila", "Lela", "Moreno", IVY["surname"]):
        assert name not in listed
