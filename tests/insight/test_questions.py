"""The figures of the queue "Who is this?", counted on the fingers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest

from sightline.access.models import User
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from sightline.people.models import Link, LinkAnswer, LinkReview
from sightline.people.reviewing import decide_review, show_review, undo_review
from tests.insight.engines import everywhere
from tests.people.asking import asked, reviewers
from tests.world import LEILA, MARIA, notification

pytestmark = pytest.mark.django_db

LAST = date(2026, 11, 21)  # the day after the world's night, so that all of it is past
AFTER = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def readers(world):
    return reviewers(world)


@pytest.fixture
def say(world):
    """Return a function that looks for so many seconds and then answers."""

    def answer(review, decision, by, seconds=60):
        show_review(review=review, by=by, now=world.now)
        world.now += timedelta(seconds=seconds)
        return decide_review(
            review=review, decision=decision, because="a reason", by=by, now=world.now
        )

    return answer


@pytest.fixture
def rows(tmp_path):
    """Return a function that counts a figure, alike on the records and on a snapshot."""
    folders = (tmp_path / str(number) for number in count())

    def counted(figure, last=LAST, at=AFTER):
        return everywhere(BY_ID[figure], Period(None, last), next(folders), at).rows

    return counted


def test_what_waits_is_counted_by_how_long(world, say, readers, rows):
    for number, days in enumerate((0, 2, 5, 40, 40)):
        asked(world, number, days=days)
    say(LinkReview.objects.earliest("asked_at"), "same", readers[0])
    found = {label: tuple(counts) for label, *counts in rows("who.waiting")}
    # The world's night is 20 November, 23:40; the period ends 24 hours and 20 minutes later.
    assert {label: many for label, (many, _) in found.items()} == {
        "under 1 day": 0, "1 to 2 days": 1, "3 to 6 days": 2, "7 to 29 days": 0,
        "30 days and more": 1, "total": 4,
    }  # fmt: skip
    assert found["total"][1] == found["30 days and more"][1] == Decimal("41.0")


def test_what_was_closed_waits_no_more_but_did_before(world, rows):
    review = asked(world, days=5)
    review.closed_at, review.closed_because = world.now - timedelta(days=1), "a correction"
    review.save()
    assert rows("who.waiting")[-1] == ("total", 0, None)
    assert rows("who.waiting", last=date(2026, 11, 18))[-1][:2] == ("total", 1)


def test_what_was_taken_back_waits_again_and_as_at_before_it_was_settled(world, say, readers, rows):
    review = asked(world, days=5)
    say(review, "not_same", readers[0])
    settled, again = world.now, world.now + timedelta(hours=1)
    undo_review(review=review, by=readers[0], now=again)
    minute = timedelta(minutes=1)
    for at, waits, so in ((settled - minute, 1, 0), (again - minute, 0, 1), (again + minute, 1, 0)):
        assert rows("who.waiting", at=at)[-1][1] == waits
        assert len(rows("who.calibration", at=at)) == so
    # On the day before it waited, whatever came later, and for as long as since it was asked.
    assert rows("who.waiting", last=date(2026, 11, 19))[-1] == ("total", 1, Decimal("4.0"))


def test_answers_are_counted_by_day_and_role_with_how_many_an_hour(world, say, readers, rows):
    say(asked(world, 0), "same", readers[0], seconds=30)
    say(asked(world, 1), "unsure", readers[1], seconds=90)
    say(asked(world, 2), "same", readers[1], seconds=3600)  # went for lunch
    say(asked(world, 3), "same", world.user("chair"), seconds=60)
    User.objects.filter(email=world.user("chair").email).update(roles=["manager"])  # since then
    assert rows("who.answers") == [
        ("2026-11-20", "Screening administrator", 2, 1, Decimal("50.0"), Decimal(60)),
        ("2026-11-21", "Screening chair", 1, 0, Decimal("0.0"), Decimal(60)),
        ("2026-11-21", "Screening administrator", 1, 0, Decimal("0.0"), None),
    ]


def test_agreement_is_of_the_questions_that_two_answered(world, say, readers, rows):
    one, two, third = readers
    agreed, settled, still_open, plain = (
        asked(world, number, two_to_answer=number < 3) for number in range(4)
    )
    say(agreed, "same", one), say(agreed, "same", two)
    say(settled, "same", one), say(settled, "not_same", two), say(settled, "not_same", third)
    say(still_open, "same", one), say(still_open, "not_same", two)
    say(plain, "same", one), undo_review(review=plain, by=one, now=world.now)
    assert rows("who.agreement") == [
        ("2026-11", 8, 1, Decimal("12.5"), 3, 1, Decimal("33.3"), 1, 1)
    ]


def test_a_third_who_bears_out_the_first_is_not_against_it(world, say, readers, rows):
    review = asked(world, two_to_answer=True)
    for decision, reader in zip(("same", "not_same", "same"), readers, strict=True):
        say(review, decision, reader)
    assert rows("who.agreement")[0][-2:] == (1, 0)


def test_what_people_say_stands_beside_what_the_machine_weighed(world, say, readers, rows):
    weights = (13.0, 15.9, 16.0, 19.0)
    light, also_light, heavy, doubted = (
        asked(world, number, weight=weight) for number, weight in enumerate(weights)
    )
    LinkReview.objects.filter(pk=doubted.pk).update(doubts=["they may be twins"])
    say(light, "unsure", readers[1]), say(light, "not_same", readers[0])
    say(also_light, "same", readers[0])
    say(heavy, "same", readers[0])
    say(doubted, "not_same", readers[0])
    asked(world, 4, weight=14.0)  # nobody has answered
    assert rows("who.calibration") == [
        ("test", "12 to 16", "no", 2, 1, Decimal("50.0"), 1, Decimal("50.0")),
        ("test", "16 to 20", "no", 1, 1, Decimal("100.0"), 0, Decimal("0.0")),
        ("test", "16 to 20", "yes", 1, 0, Decimal("0.0"), 0, Decimal("0.0")),
    ]


def test_whom_the_machine_joined_asked_about_or_took_for_new_is_counted_by_month(world, rows):
    world.earlier(90, "NM-A", MARIA, LEILA)
    world.notify(notification())  # Maria and Leila again, two children more, and the perpetrator
    version = Link.objects.earliest("pk").model
    found = rows("who.bands")
    assert [(row[0], row[2], row[3], row[5], row[7]) for row in found] == [
        ("2026-08", 2, 0, 0, 2), ("2026-11", 5, 2, 0, 3),
    ]  # fmt: skip
    assert {row[1] for row in found} == {version}
    newest = Link.objects.filter(weight=None).latest("pk")
    LinkReview.objects.create(
        mention=newest.mention, candidate=Link.objects.earliest("pk").person, weight=15.0,
        model=version, asked_at=world.now,
    )  # fmt: skip
    assert [row[3:] for row in rows("who.bands")][-1] == (
        2, Decimal("40.0"), 1, Decimal("20.0"), 2, Decimal("40.0"),
    )  # fmt: skip


def test_each_reviewer_has_a_row_for_their_manager(world, say, readers, rows):
    one, two, _ = readers
    first, second, third = (asked(world, number, two_to_answer=number < 2) for number in range(3))
    say(first, "same", one, 30), say(first, "same", two, 60)
    say(second, "same", one, 30), say(second, "not_same", two, 60)
    say(third, "unsure", one, 30), say(third, "same", one, 30)
    undo_review(review=third, by=one, now=world.now)
    assert rows("who.reviewers") == [
        ("Reader 1", 4, Decimal("25.0"), Decimal(120), Decimal("25.0"), 2, Decimal("50.0")),
        ("Reader 2", 2, Decimal("0.0"), Decimal(60), Decimal("0.0"), 2, Decimal("50.0")),
    ]
    assert LinkAnswer.objects.count() == 6


@pytest.mark.parametrize(
    ("local", "status"), [("manager", 200), ("chair", 404), ("auditor", 404), ("ig", 404)]
)
def test_only_managers_see_who_answered_how(client, world, local, status):
    client.force_login(world.user(local))
    for path in ("/figures/who.reviewers/", "/figures/who.reviewers.csv"):
        assert client.get(path).status_code == status
    assert (status == 200) is ("who.reviewers" in client.get("/figures/").content.decode())


def test_no_figure_but_that_one_names_a_reviewer(world, say, readers):
    say(asked(world), "same", readers[0])
    for figure in BY_ID:
        named = "Reader 1" in str(BY_ID[figure].rows(Period()))
        assert named is (figure == "who.reviewers"), figure
