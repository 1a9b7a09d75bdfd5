"""Who is told in a school, confirmed by whom, asked when old; and when a school is open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.demo.schools import make_them_real
from sightline.directory import commands
from sightline.directory.chasing import ask_schools
from sightline.directory.models import ClosureDay, KeyAdult, Term
from sightline.directory.queries import calendar_of
from sightline.encompass.clocks import renew_clocks
from sightline.encompass.models import Notice
from sightline.encompass.reconciling import not_notified
from tests.html import problems
from tests.words import main_words
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture
def school(world):
    return world.cast.schools["900001"]


@pytest.fixture
def read(client, world, monkeypatch):
    monkeypatch.setattr("sightline.directory.views.schools.now", lambda: world.now)

    def words(local: str, address: str, data: dict | None = None) -> str:
        client.force_login(world.user(local))
        answer = client.get(address, follow=True) if data is None else client.post(
            address, data, follow=True
        )  # fmt: skip
        assert answer.status_code == 200
        return main_words(answer.content.decode())

    return words


def test_names_that_are_old_are_asked_for_every_week_until_confirmed(world, school):
    old = world.now.date() - timedelta(days=93)
    KeyAdult.objects.filter(school=school).update(confirmed_on=old)
    asked = [ask_schools(world.now + timedelta(days=days)) for days in (0, 1, 6, 7)]
    assert asked == [1, 0, 0, 1]
    assert {message.to[0] for message in mail.outbox} == {
        "keyadult1@castlebrook.example", "deputy1@castlebrook.example",
    }  # fmt: skip
    assert "Brook" not in mail.outbox[0].body
    commands.confirm_key_adults(school=school, by=world.user("deputy1"), now=world.now)
    assert ask_schools(world.now + timedelta(days=14)) == 0


def test_a_name_that_is_very_old_comes_first_for_the_officer(read, world, school):
    KeyAdult.objects.filter(school=school).update(confirmed_on=MONDAY - timedelta(days=125))
    words = read("schoolofficer", "/schools/")
    assert words.index("Brook Lane Primary School") < words.index("Castlebrook College")
    assert "Ring the school" in words


def test_a_key_adult_confirms_names_and_ends(read, world, school):
    page = f"/schools/{school.pk}/"
    assert "Grace Osei" in read("keyadult1", "/schools/own/")
    assert "confirmed as of today" in read("keyadult1", page, {"do": "confirm"})
    liam = KeyAdult.objects.get(user=world.user("deputy1"))
    for _ in range(2):
        words = read("keyadult1", page, {"do": "end", "key_adult": liam.pk})
    assert "Liam Porter is not told any more" in words
    grace = KeyAdult.objects.get(user=world.user("keyadult1"), ended_on=None)
    assert "Nobody would be told" in read("keyadult1", page, {"do": "end", "key_adult": grace.pk})
    data = {"do": "name", "user": world.user("deputy1").pk, "part": "deputy"}
    assert "Liam Porter is told from now on" in read("keyadult1", page, data)
    assert "Choose somebody" in read("keyadult1", page, {"do": "name", "part": "lead"})


def test_a_school_is_nobody_elses_business(client, read, world, school):
    client.force_login(world.user("keyadult4"))
    assert client.get(f"/schools/{school.pk}/").status_code == 404
    assert client.post(f"/schools/{school.pk}/", {"do": "confirm"}).status_code == 404
    assert client.get("/schools/").status_code == 403
    with pytest.raises(PermissionDenied):
        commands.confirm_key_adults(school=school, by=world.user("keyadult4"), now=world.now)
    assert "Grace Osei" in read("schoolofficer", f"/schools/{school.pk}/")


def test_a_closed_day_moves_the_bell_of_what_is_unread_and_opening_moves_it_back(world, school):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    by = world.user("keyadult1")
    for _ in range(2):
        commands.close_on(school=school, on=MONDAY, why="snow", by=by, now=world.now)
        renew_clocks(school.pk, world.now)
    assert Notice.objects.get().due_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    for _ in range(2):
        commands.open_on(school=school, on=MONDAY, by=by, now=world.now)
    assert renew_clocks(school.pk, world.now) == 1
    assert Notice.objects.get().due_at == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_bell_that_has_rung_stays(world, school):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    late = datetime(2026, 11, 23, 10, tzinfo=UTC)
    commands.close_on(school=school, on=MONDAY, why="", by=world.user("keyadult1"), now=late)
    assert renew_clocks(school.pk, late) == 0


def test_the_page_takes_closed_days_and_terms(read, world, school):
    page = f"/schools/{school.pk}/"
    day = {"do": "close", "on-day": "23", "on-month": "11", "on-year": "2026", "why": ""}
    assert "closed on that day" in read("keyadult1", page, day)
    closed = ClosureDay.objects.get()
    assert closed.why == "inset day"
    assert "is open on that day" in read("keyadult1", page, {"do": "open", "closed": closed.pk})
    assert "Write each term like" in read("keyadult1", page, {"do": "terms", "terms": "spring"})
    terms = {"do": "terms", "terms": "3/9/2026 to 20/11/2026\n25/11/2026 - 18/12/2026"}
    assert "goes by 2 terms" in read("keyadult1", page, terms)
    assert "25/11/2026 to 18/12/2026" in read("keyadult1", page)
    read("keyadult1", page, {"do": "terms", "terms": ""})
    assert not Term.objects.filter(school=school).exists()
    assert len(calendar_of(school).terms) > 2


@pytest.mark.parametrize(
    "terms", [[(date(2026, 9, 5), date(2026, 9, 1))],
              [(date(2026, 9, 1), date(2026, 10, 1)), (date(2026, 10, 1), date(2026, 12, 1))]],
)  # fmt: skip
def test_terms_that_cannot_be_are_refused(world, school, terms):
    with pytest.raises(NotUnderstood):
        commands.keep_terms(terms, school=school, by=world.user("keyadult1"), now=world.now)


def test_the_last_key_adult_stays(world, school):
    first, last = KeyAdult.objects.filter(school=school)
    commands.end_key_adult(key_adult=first, by=world.user("schoolofficer"), now=world.now)
    with pytest.raises(WrongMoment):
        commands.end_key_adult(key_adult=last, by=world.user("schoolofficer"), now=world.now)


def test_the_pages_are_valid_html(client, world, school):
    client.force_login(world.user("schoolofficer"))
    commands.close_on(
        school=school, on=MONDAY + timedelta(days=900), why="", by=world.user("schoolofficer"),
        now=world.now,
    )  # fmt: skip
    pages = {"all": "/schools/", "one": f"/schools/{school.pk}/"}
    found = {name: client.get(page).content.decode() for name, page in pages.items()}
    assert problems(found) == ""


def test_the_demo_has_old_names_a_closed_day_and_what_never_came(world, read):
    for _ in range(2):
        make_them_real(world.cast, now=world.now)
    words = read("schoolofficer", "/schools/")
    assert words.index("Tanner's Row") < words.index("Mill Road") < words.index("Brook Lane")
    assert ClosureDay.objects.count() == 1
    assert not_notified(world.now).count() == 2
