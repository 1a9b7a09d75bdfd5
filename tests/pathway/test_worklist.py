"""What needs doing now, by its clock, without a name, of what one may see."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.doing import decline
from sightline.encompass.commands import confirm_received, tell_otherwise
from sightline.encompass.sending import send_notice
from sightline.pathway.queries import worklist as queries
from sightline.people.models import LinkReview, Person
from sightline.people.reviewing import decide_review
from sightline.research.models import ResearchRequest
from sightline.screening.commands import set_scale
from sightline.screening.models import Screening
from sightline.screening.routing import mark_read, send_to_worker
from tests.encompass.conftest import MONDAY_BELL, notice_of, with_child
from tests.html import problems
from tests.people.asking import asked
from tests.words import main_words, rows_of
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, UNBORN, notification

pytestmark = pytest.mark.django_db

NAMES = ("Leila", "Sam", "Moreno", "Maria", "Daniel", "Crowe", "Ivy", "Penrose", "Noah")
PARTS = ("", *(f"?show={kind}" for kind in queries.Kind))


@pytest.fixture(autouse=True)
def _now(monkeypatch, world):
    """The page goes by the world's clock, which a test may move on."""
    monkeypatch.setattr("sightline.pathway.views.worklist.now", lambda: world.now)


@pytest.fixture
def page(client, world):
    """Return the worklist as somebody gets it, as HTML."""

    def of(show: str = "", local: str = "administrator") -> str:
        client.force_login(world.user(local))
        response = client.get("/worklist/", {"show": show} if show else {})
        assert response.status_code == 200
        return response.content.decode()

    return of


@pytest.fixture
def rows(page):
    """Return the rows of the worklist in words."""
    return lambda show="", local="administrator": rows_of(page(show, local))


def set_scale_of(world, given_name: str) -> Screening:
    return set_scale(
        screening=world.screening(given_name), scale=3, because="She heard it all.",
        second_agency=None, by=world.user("chair"), now=world.now,
    )  # fmt: skip


def decided_with_action(world, *, due: timedelta, days: int = 7) -> None:
    """Decide for Leila with one action of the refuge, and move on to `due` after its last day."""
    set_scale_of(world, "Leila")
    last = world.now.date() + timedelta(days)
    decide_with_actions(
        screening=world.screening("Leila"), outcome="CFA", rationale="She heard it all.",
        actions=[AgreedAction(world.cast.agencies["refuge"], "Safety plan with Maria", last)],
        by=world.user("chair"), now=world.now,
    )  # fmt: skip
    world.now = datetime.combine(last, world.now.timetz()) + due


def asked_review(world) -> LinkReview:
    return LinkReview.objects.create(
        mention=world.mention("Leila"), candidate=world.person("Noah"), weight=4.0, model="test",
        reasons=[["same given name", 4.0]], asked_at=world.now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("local", "status"),
    [
        ("administrator", 200), ("chair", 200), ("health", 200), ("police", 403),
        ("keyadult1", 403), ("socialworker", 403), ("provider", 403), ("manager", 403),
        ("auditor", 403), ("ig", 403),
    ],
)  # fmt: skip
def test_only_the_screening_team_has_a_worklist(client, world, local, status):
    client.force_login(world.user(local))
    assert client.get("/worklist/").status_code == status


def test_no_name_and_no_house_number_is_on_any_part_of_it(client, world):
    world.earlier(40, "NM-0", IVY, DANIEL, NOAH)
    world.notify(notification())
    asked_review(world)
    decided_with_action(world, due=timedelta(days=2))
    client.force_login(world.user("chair"))
    for part in PARTS:
        main = client.get(f"/worklist/{part}").content.decode().split("<main")[1]
        assert [name for name in NAMES if name in main] == []
        assert not re.search(r"12 Brook|3 Tanner|ZZ9|07700|Safety plan|pushed", main)


def test_what_is_known_stands_beside_the_street(rows, world):
    world.earlier(300, "NM-0", IVY, DANIEL, NOAH)
    world.earlier(40, "NM-1", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-2", MARIA, DANIEL, LEILA, SAM, UNBORN))
    row = rows("screen")[0]
    assert "Brook Lane 2 children, 1 unborn" in row
    assert "Police: medium" in row
    assert "2nd in 12 months, perpetrator known from another household" in row
    assert "Screen 3 children" in row


def test_the_first_that_is_known_of_a_family_says_so(rows, world):
    world.notify(notification())
    assert "Our record: first known" in rows("screen")[0]


def test_the_pupils_of_one_school_are_one_errand_and_of_two_schools_two(rows, world):
    older = with_child(LEILA, school_name="Castlebrook High School")
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    assert ["2 messages" in row for row in rows("schools")] == [True]
    world.notify(notification("NM-1", MARIA, DANIEL, older, SAM, version=2))
    assert sorted("High School, 01632" in row for row in rows("schools")) == [False, True]


def test_the_time_left_and_how_far_the_message_is_are_said(rows, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    send_notice(notice_of("Leila").pk, now=world.now)
    world.now = MONDAY_BELL - timedelta(minutes=40)
    row = rows("schools")[0]
    assert "40 min left by 09:00 today" in row
    assert "Sent 20 November 2026, 23:40, not opened" in row


def test_a_school_that_does_not_know_at_the_bell_is_late_in_red_and_in_words(page, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    world.now = MONDAY_BELL + timedelta(hours=2)
    shown = page("schools")
    assert '<strong class="govuk-tag govuk-tag--red">Late by 2 hours</strong>' in shown
    assert "School not told (1) 1 late" in main_words(shown)


def test_what_a_school_confirms_is_gone(rows, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    assert len(rows("schools")) == 1
    confirm_received(notice=notice_of("Leila"), by=world.user("keyadult1"), now=world.now)
    assert rows("schools") == []


def test_what_was_told_in_another_way_is_gone(rows, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    by = world.user("administrator")
    tell_otherwise(notice=notice_of("Leila"), how="By telephone", by=by, now=world.now)
    assert rows("schools") == []


def test_a_child_taught_at_home_asks_for_the_councils_officer(rows, world):
    at_home = with_child(LEILA, school_name="", home_educated=True)
    world.notify(notification("NM-1", MARIA, DANIEL, at_home))
    assert "Castlebrook Education Service, 1 message Being sent" in rows()[0]


def test_in_the_holidays_the_clock_runs_to_the_first_school_day(rows, world):
    world.now = datetime(2026, 12, 24, 20, tzinfo=world.now.tzinfo)
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, notified_at=world.now.isoformat()))
    assert "11 days left by 09:00 on Tue 5 Jan" in rows("schools")[0]


def test_screening_is_late_when_a_working_day_has_passed(rows, world):
    world.notify(notification())  # on a Friday night
    world.now = MONDAY_BELL
    assert "15 h 00 min left by the end of today" in rows("screen")[0]
    world.now += timedelta(days=1)
    assert "Late by 9 hours" in rows("screen")[0]


def test_a_child_with_a_social_worker_goes_another_way(rows, page, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    Screening.objects.filter(mention__given_name="Leila").update(already_open_to="Team 4")
    assert "Goes to the allocated worker: Team 4" in rows("open")[0]
    assert "Screen 1 child " in rows("screen")[0]
    assert "Already open to social care (1)" in main_words(page())


def test_what_the_allocated_worker_has_read_is_gone(rows, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    worker = world.user("socialworker")
    screening = send_to_worker(
        screening=world.screening("Leila"), worker=worker, by=world.user("chair"), now=world.now
    )
    assert "sent 20 November 2026, 23:40, not yet read" in rows("open")[0]
    mark_read(incident_id=screening.incident_id, by=worker, now=world.now)
    assert (rows("open"), rows("screen")) == ([], [])


def test_a_scale_without_a_decision_is_for_the_chair_to_decide(page, world):
    world.notify(notification())
    screening = set_scale_of(world, "Leila")
    assert f'href="/screenings/{screening.pk}/decision/"' in page("decide", "chair")
    assert f'href="/families/{screening.incident_id}/"' in page("decide", "administrator")


def test_a_decision_missing_for_weeks_is_still_on_the_list(rows, world):
    world.notify(notification())
    set_scale_of(world, "Leila")
    weeks_ago = {"opened_at": world.now - timedelta(days=60)}
    Screening.objects.filter(scale__isnull=False).update(**weeks_ago)
    assert len(rows("decide")) == 1


def test_what_is_decided_is_gone(rows, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    decided_with_action(world, due=timedelta(0))
    assert (rows("screen"), rows("decide")) == ([], [])


def test_an_action_is_overdue_after_its_day_and_says_of_which_agency(rows, world):
    world.notify(notification())
    decided_with_action(world, due=timedelta(0))
    assert rows("actions") == []
    world.now += timedelta(days=3)
    assert "Haven Domestic Abuse Service: 1 action overdue" in rows("actions")[0]


def test_a_doubt_about_who_somebody_is_leads_to_comparing(page, rows, world):
    world.earlier(40, "NM-0", IVY, DANIEL, NOAH)
    world.notify(notification())
    review = asked_review(world)
    world.now += timedelta(hours=3)
    assert "Waiting 3 hours" in rows("who")[0]
    assert f'href="/people/reviews/{review.pk}/"' in page("who")
    assert f"/people/reviews/{review.pk}/" not in page("who", "health")


def test_a_doubt_about_somebody_who_is_not_open_is_held_back(page, rows, world):
    world.earlier(200, "NM-0", IVY, DANIEL, NOAH)  # nobody of it has been notified since
    world.notify(notification("NM-1", MARIA, LEILA))
    asked_review(world)
    assert rows("who") == []
    assert "1 is held back" in main_words(page("who"))


def test_a_doubt_that_needs_two_is_an_errand_of_the_other_once_one_has_answered(page, rows, world):
    review = asked(world, two_to_answer=True)
    chair = world.user("chair")
    decide_review(review=review, decision="same", because="Her tattoo.", by=chair, now=world.now)
    assert rows("who", "chair") == []
    assert "held back" not in main_words(page("who", "chair"))
    assert len(rows("who")) == 1


def test_a_doubt_opens_both_whom_it_is_about_to_those_who_answer(client, world, monkeypatch):
    monkeypatch.setattr("sightline.sharing.views.reviews.now", lambda: world.now)
    world.earlier(200, "NM-0", MARIA, DANIEL, LEILA)
    maybe_her_twin = LEILA | {"given_name": "Lina", "nhs_number": ""}
    world.notify(notification("NM-1", MARIA, DANIEL, maybe_her_twin))
    review = LinkReview.objects.get(candidate=world.person("Leila"))
    client.force_login(world.user("administrator"))
    assert client.get(f"/people/reviews/{review.pk}/").status_code == 200


def test_whether_one_is_several_is_a_task_of_whoever_may_part_them(rows, world):
    review = asked(world)
    review.kind, review.candidate = "odd", world.person(review.mention.given_name)
    review.save()
    assert rows("who") == []
    assert len(rows("who", "chair")) == 1


def test_the_queue_of_questions_says_how_many_wait_and_for_how_long(page, world):
    asked(world, 0, days=9)
    asked(world, 1, days=3)
    shown = main_words(page("who"))
    assert "Answer 2 questions, the oldest waiting 9 days" in shown
    assert "/people/reviews/next/" in page("who")
    assert "Answer 2 questions" not in main_words(page("who", "health"))


def test_a_question_that_was_closed_is_no_task(rows, world):
    review = asked(world)
    assert len(rows("who")) == 1
    LinkReview.objects.filter(pk=review.pk).update(closed_at=world.now, closed_because="corrected")
    assert rows("who") == []


def test_a_notification_that_is_stuck_is_seen_by_its_receipt(rows, world):
    receipt = world.receive(notification()).notification.receipt
    assert rows("stuck") == []
    world.now += timedelta(minutes=10)
    assert (
        f"Waiting 10 minutes since 20 November 2026, 23:40 Not known yet Receipt {receipt}"
        in (rows("stuck")[0])
    )
    assert rows("", "outsider") == []


def test_what_is_nearest_its_deadline_comes_first(rows, world):
    world.earlier(40, "NM-0", IVY, DANIEL, NOAH)
    world.notify(notification())
    world.now = MONDAY_BELL - timedelta(minutes=40)
    assert [row.split(" left")[0].split(" days")[0] for row in rows()] == [
        "40 min", "15 h 40 min", "Late by 40", "Late by 42",
    ]  # fmt: skip


def test_each_row_has_one_link_and_the_first_is_where_to_start(page, world):
    world.notify(notification())
    main = page().split("<main")[1]
    links = [
        re.findall(r'<a [^>]*href="([^"]+)"', row)
        for row in re.findall(r"<tr.*?</tr>", main, re.DOTALL)[1:]
    ]
    assert all(len(row) == 1 for row in links)
    first_in_the_main_part = re.findall(r'<a [^>]*href="([^"]+)"', main)[0]
    assert first_in_the_main_part == links[0][0]
    assert "Start with Brook Lane" in main_words(page())


def test_incidents_in_which_nobody_is_open_to_the_team_are_held_back_and_counted(page, world):
    world.notify(notification())
    Person.objects.update(restricted_at=world.now, restricted_by=world.user("ig"))
    words = main_words(page("schools"))
    assert "0 tasks" in words
    assert "1 is held back: nobody in the incident is open to you." in words
    assert "Brook Lane" not in words


def test_somebody_from_elsewhere_is_not_told_that_there_is_anything(page, world):
    world.notify(notification())
    words = main_words(page("schools", "outsider"))
    assert "0 tasks" in words
    assert "held back" not in words


def test_one_person_who_may_be_seen_is_enough_but_not_to_say_where(rows, page, world):
    world.notify(notification())
    by = {"restricted_at": world.now, "restricted_by": world.user("ig")}
    Person.objects.exclude(given_name="Maria").update(**by)
    assert len(rows("schools")) == 1
    words = main_words(page("schools"))
    assert "Brook Lane" not in words.replace("Brook Lane Primary", "")
    assert "Address not shared" in words
    Person.objects.update(**by)
    assert rows("schools") == []


def test_a_list_that_is_cut_says_so(page, world, monkeypatch):
    monkeypatch.setattr(queries, "NEAREST", 2)
    for number in range(3):
        _another_family(world, number)
    words = main_words(page("schools"))
    assert "School not told (2+)" in words
    assert "There are more, further from their deadline" in words


def test_the_list_is_paged(page, world):
    for number in range(14):
        _another_family(world, number)
    shown = page()
    assert len(rows_of(shown)) == 25
    assert "28 tasks" in main_words(shown)
    assert "?page=2" in shown


@pytest.mark.parametrize("show", ["", "nothing", "<script>"])
def test_an_unknown_part_is_the_whole_day(page, world, show):
    assert 'aria-current="page">Today' in page(show)


def test_an_empty_worklist_says_what_it_is_for(page, world):
    assert "Nothing here" in main_words(page())


def test_thirty_notifications_take_as_many_queries_as_three(client, world):
    """In every part but what is stuck, of which nothing is read but a receipt."""

    def queries_of_each_part(first: int, last: int) -> list[int]:
        for number in range(first, last):
            _family_with_everything_to_do(world, number)
        ResearchRequest.objects.update(due_at=world.now)  # else agencies have the weekend
        world.now += timedelta(days=1)
        return [_queries(client, part) for part in PARTS]

    client.force_login(world.user("administrator"))
    client.get("/worklist/")
    assert queries_of_each_part(0, 3) == queries_of_each_part(3, 30)


def test_it_is_valid_html(page, world):
    world.notify(notification())
    assert problems({"today": page(), "empty": page("stuck")}) == ""


def _queries(client, part: str) -> int:
    with CaptureQueriesContext(connection) as made:
        shown = client.get(f"/worklist/{part}").content.decode()
    assert rows_of(shown) or part == "?show=stuck"
    return len(made)


def _another_family(world, number: int, *children: str) -> None:
    """A family of its own at an address of its own, with Leila or the children named."""
    surname, born = f"Able{number}", f"{2009 + number % 7}-02-{number % 28 + 1:02}"
    mother = {"surname": surname, "nhs_number": "", "birth_date": f"{1960 + number}-01-02"}
    own = {"surname": surname, "nhs_number": "", "birth_date": born}
    people: list[dict[str, Any]] = [MARIA | mother]
    people += [LEILA | own | {"id": name, "given_name": name} for name in children or ["Leila"]]
    body = notification(f"NM-{number}", *people)
    body["incident"] |= {"address": {"lines": f"{number} Long Street", "postcode": ""}}
    world.notify(body)


def _family_with_everything_to_do(world, number: int) -> None:
    """One child to screen, one to decide for, one with an action that is overdue tomorrow and one
    that came back, a doubt."""
    names = [f"{name}{number}" for name in ("Ada", "Bryn", "Cleo", "Dara")]
    _another_family(world, number, *names)
    Screening.objects.filter(mention__given_name=names[3]).update(already_open_to="Team 4")
    LinkReview.objects.create(
        mention=world.mention(names[0]), candidate=world.person(names[1]), weight=4.0,
        model="test", reasons=[], asked_at=world.now,
    )  # fmt: skip
    for name in names[1:3]:
        set_scale_of(world, name)
    refuge, today = world.cast.agencies["refuge"], world.now.date()
    decision = decide_with_actions(
        screening=world.screening(names[2]), outcome="CFA", rationale="Heard it all.",
        actions=[AgreedAction(refuge, what, today) for what in ("Safety plan", "Call")],
        by=world.user("chair"), now=world.now,
    )  # fmt: skip
    back = decision.actions.get(what="Call")
    decline(action=back, because="Full.", by=world.user("idva"), now=world.now)
