"""The pages on which somebody says who is who: plan, confirm, undo."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.audit.models import Read, Search
from sightline.people.changes import join, keep_apart
from sightline.people.models import Link, LinkChange, LinkReview, Person
from sightline.screening.commands import set_scale
from sightline.sharing.models import Disclosure
from tests.words import main_words, rows_of
from tests.world import DANIEL, EARLIER_HOME, HOME, IVY, LEILA, MARIA, NOAH, notification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]


@pytest.fixture
def chair(client, in_doubt):
    client.force_login(in_doubt.user("chair"))
    return client


@pytest.fixture
def administrator(client, in_doubt):
    client.force_login(in_doubt.user("administrator"))
    return client


def address(name, person):
    return reverse(name, args=[person.pk])


def seen_in(page) -> str:
    """Return the fingerprint of the plan on a page."""
    return re.search(r'name="seen" value="([0-9a-f]+)"', page.content.decode())[1]


def join_page(client, one, other):
    return client.get(address("person-join", one), {"with": other.pk})


def say(client, one, other, decision="join", because="same mother", seen=None, **options):
    seen = seen or seen_in(join_page(client, one, other))
    data = {"other": other.pk, "seen": seen, "decision": decision, "because": because}
    return client.post(address("person-join", one), data, **options)


def test_the_likely_other_record_is_offered_and_the_family_beside_it_is_not(chair, in_doubt):
    lela = in_doubt.person("Lela")
    page = chair.get(address("person-join", lela)).content.decode()
    assert "Leila Moreno" in page
    assert "Maria Moreno" not in main_words(page)
    assert "Sam Moreno" not in main_words(page)


def test_the_other_record_is_found_by_searching_and_the_search_is_kept(chair, in_doubt):
    lela = in_doubt.person("Lela")
    page = chair.post(address("person-join", lela), {"q": "maria 1992"}).content.decode()
    assert f"?with={in_doubt.person('Maria').pk}" in page
    assert Search.objects.get().terms == "maria 1992"
    assert "maria" not in address("person-join", lela)


def test_the_plan_says_what_would_change_before_anything_does(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    page = join_page(chair, lela, leila).content.decode()
    rows = rows_of(page)
    assert "Shown as Leila Moreno Lela Moreno Lela Moreno" in rows
    assert "Date of birth 9 May 2017 Not known 9 May 2017" in rows
    assert "Screenings 1 1 2" in rows
    assert "Messages to schools 1 1 2" in rows
    assert "1 open question about who this is will be closed." in page
    assert "Figures will count 2 children instead of 3" not in page
    assert in_doubt.person("Lela") == lela
    assert not LinkChange.objects.exists()
    assert "checked" not in page


def test_whose_sight_widens_is_said_first(chair, in_doubt):
    """The refuge has an action for Lela only; joined, it would see what is known of Leila too."""
    by, now = in_doubt.user("chair"), in_doubt.now
    lela = in_doubt.screening("Lela")
    set_scale(screening=lela, scale=3, because="Heard it.", second_agency=None, by=by, now=now)
    refuge = in_doubt.cast.agencies["refuge"]
    decide_with_actions(
        screening=lela, outcome="CFA", rationale="She heard it all.", by=by, now=now,
        actions=[AgreedAction(refuge, "Safety plan", now.date())],
    )  # fmt: skip
    page = join_page(chair, in_doubt.person("Lela"), in_doubt.person("Leila")).content.decode()
    warning = f"{refuge.name} will see more: who they are, address and household"
    assert warning in page
    assert page.index(warning) < page.index("Shown as")
    assert "Actions 0 1 1" in rows_of(page)


def test_an_agency_that_sees_both_already_is_said_to_see_no_more(chair, in_doubt):
    """By their standing doors, which are no business of the reader's own agency."""
    page = join_page(chair, in_doubt.person("Lela"), in_doubt.person("Leila")).content.decode()
    assert "What joining them would do" in page
    assert not re.search(r"(Health|Police)[^.]* will see more", main_words(page))


def test_a_home_is_not_told_where_somebody_lives_whom_the_reader_may_not_find(
    chair, in_doubt, monkeypatch
):
    """Sam is restricted; Leila lives with him, and her record, open as it is, would say where."""
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    monkeypatch.setattr("sightline.sharing.views.reviews.now", lambda: in_doubt.now)
    review = address("link-review", LinkReview.objects.get())
    links, joining = address("person-links", lela), address("person-join", lela)
    pages = [links, review, f"{joining}?with={leila.pk}"]
    assert all("12 Brook Lane" in chair.get(page).content.decode() for page in pages)
    Person.objects.filter(pk=in_doubt.person("Sam").pk).update(
        restricted_at=in_doubt.now, restricted_by=in_doubt.user("ig"), restricted_because="Told."
    )
    for page in pages:
        said = chair.get(page).content.decode()
        assert "Lela" in said
        assert "12 Brook Lane" not in said
        assert "held back" in said or joining in page


def test_a_choice_and_a_reason_are_needed(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    page = say(chair, lela, leila, decision="", because="").content.decode()
    assert "Choose whether these are one person or two" in page
    assert "Say in a few words what tells you" in page
    assert in_doubt.person("Lela") == lela


def test_joined_the_doors_are_right_at_once_and_the_old_address_leads_to_the_new(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    response = say(chair, lela, leila)
    change = LinkChange.objects.get()
    assert response.url == address("link-change", change)
    assert in_doubt.person("Lela") == leila
    assert not Disclosure.objects.filter(person=lela, until_at__gt=in_doubt.now).exists()
    assert chair.get(address("person", lela)).url == address("person", leila)
    assert "Screenings 1 1 2" in rows_of(chair.get(response.url).content.decode())


def test_who_stays_does_not_depend_on_where_somebody_clicked(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    say(chair, leila, lela)
    assert in_doubt.person("Lela") == leila


def test_a_second_click_joins_nothing_more(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    seen = seen_in(join_page(chair, lela, leila))
    for one, other in ((lela, leila), (lela, leila), (leila, lela)):
        response = say(chair, one, other, seen=seen, follow=True)
        assert response.status_code == 200
    assert LinkChange.objects.count() == 1


def test_a_plan_that_is_no_longer_so_is_refused_and_the_new_one_shown(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    seen = seen_in(join_page(chair, lela, leila))
    keep_apart(
        a=leila, b=in_doubt.person("Sam"), because="brother", now=in_doubt.now,
        by=in_doubt.user("administrator"),
    )  # fmt: skip
    page = say(chair, lela, leila, seen=seen)
    assert "has changed since the plan was made" in page.content.decode()
    assert in_doubt.person("Lela") == lela
    assert seen_in(page) != seen
    assert say(chair, lela, leila, seen=seen_in(page)).status_code == 302


def test_it_is_taken_back_on_the_page_and_all_is_as_it_was(chair, in_doubt, one_moment):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    say(chair, lela, leila)
    change = address("link-change", LinkChange.objects.get())
    one_moment(timedelta(minutes=3))
    assert "Say in a few words" in chair.post(change, {"because": ""}).content.decode()
    chair.post(change, {"because": "wrong row"})
    page = chair.post(change, {"because": "wrong row"}, follow=True).content.decode()
    assert in_doubt.person("Lela") == lela
    assert "Taken back by" in page
    assert "Undo this change" not in page
    assert chair.get(address("person", lela)).status_code == 200


def test_kept_apart_they_cannot_be_joined_until_that_is_taken_back(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    say(chair, lela, leila, decision="not_same", because="cousins, I know both")
    assert in_doubt.person("Lela") == lela
    page = join_page(chair, lela, leila).content.decode()
    assert "They cannot be joined" in page
    assert "cousins, I know both" in page
    assert "Leila Moreno" not in main_words(
        chair.get(address("person-join", lela)).content.decode()
    )


def test_two_people_are_parted_by_choosing_what_is_whose(chair, in_doubt, one_moment):
    maria = in_doubt.person("Maria")
    newest = in_doubt.mention("Maria")
    url = address("person-split", maria)
    page = chair.get(url).content.decode()
    assert "NM-0" in page
    assert "checked" not in page
    plan = chair.post(url, {"mentions": [newest.pk]})
    assert "Incidents 2 1 1" in rows_of(plan.content.decode())
    assert in_doubt.person("Maria") == maria
    confirmed = {"mentions": [newest.pk], "seen": seen_in(plan), "because": "an aunt"}
    first, second = chair.post(url, confirmed), chair.post(url, confirmed)
    assert first.url == second.url == address("link-change", LinkChange.objects.get())
    other = in_doubt.person("Maria")
    assert other != maria
    assert chair.get(address("person", other)).status_code == 200
    one_moment(timedelta(minutes=3))
    chair.post(first.url, {"because": "she is one"})
    assert in_doubt.person("Maria") == maria


def test_whoever_is_mentioned_once_cannot_be_parted(chair, in_doubt):
    page = chair.get(address("person-split", in_doubt.person("Sam"))).content.decode()
    assert "there is nothing to part" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("whose", ["none", "all", "somebody else's"])
def test_what_cannot_be_parted_is_said(chair, in_doubt, whose):
    maria = in_doubt.person("Maria")
    own = list(Link.objects.filter(person=maria, ended_at=None).values_list("mention", flat=True))
    chosen = {"none": [], "all": own, "somebody else's": [in_doubt.mention("Lela").pk]}[whose]
    page = chair.post(address("person-split", maria), {"mentions": chosen})
    assert "There is a problem" in page.content.decode()
    assert not LinkChange.objects.exists()


def test_how_a_record_was_put_together_says_who_linked_what_and_why(chair, in_doubt):
    page = main_words(chair.get(address("person-links", in_doubt.person("Maria"))).content.decode())
    assert "2 mentions" in page
    assert "the machine, weight" in page
    assert "the machine, as the first of a new record" in page
    assert re.search(r"[Bb]irth.*: \+\d", page)


def test_the_administrator_joins_and_undoes_the_own_but_parts_nobody(administrator, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    assert administrator.get(address("person-split", leila)).status_code == 403
    assert (
        "These are two people" not in administrator.get(address("person", leila)).content.decode()
    )
    response = say(administrator, lela, leila)
    assert "Undo this change" in administrator.get(response.url).content.decode()


def test_what_somebody_else_joined_only_the_chair_takes_back(administrator, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    change = join(
        gone=lela, stays=leila, because="one", by=in_doubt.user("chair"), now=in_doubt.now
    )
    url = address("link-change", change)
    assert "Undo this change" not in administrator.get(url).content.decode()
    assert administrator.post(url, {"because": "mine"}).status_code == 403
    assert in_doubt.person("Lela") == leila


PAGES = ("person-join", "person-split", "person-links")


@pytest.mark.parametrize("page", PAGES)
def test_of_somebody_not_disclosed_there_is_no_page(client, in_doubt, page):
    client.force_login(in_doubt.user("outsider"))
    assert client.get(address(page, in_doubt.person("Leila"))).status_code in (403, 404)


def test_a_restricted_person_is_on_none_of_the_pages(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    leila.restricted_at, leila.restricted_by = in_doubt.now, in_doubt.user("ig")
    leila.save()
    for page in PAGES:
        assert chair.get(address(page, leila)).status_code == 404
    assert join_page(chair, lela, leila).status_code == 404
    assert "Leila" not in main_words(chair.get(address("person-join", lela)).content.decode())


def test_the_old_address_of_somebody_joined_is_nothing_to_those_who_may_not_see(client, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    join(gone=lela, stays=leila, because="one", by=in_doubt.user("chair"), now=in_doubt.now)
    client.force_login(in_doubt.user("outsider"))
    for page in ("person", *PAGES):
        assert client.get(address(page, lela)).status_code in (403, 404)


def test_another_familys_address_is_held_back(client, world):
    world.earlier(400, "NM-0", IVY, DANIEL | {"address": EARLIER_HOME}, NOAH)
    world.notify(notification("NM-1", MARIA, DANIEL | {"address": HOME}, LEILA))
    client.force_login(world.user("chair"))
    page = client.get(address("person-links", world.person("Daniel"))).content.decode()
    assert "address held back" in page
    assert "Brook Lane" in page
    assert "Tanner" not in page


def test_every_look_is_written_down(chair, in_doubt):
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    join_page(chair, lela, leila)
    looks = set(Read.objects.filter(page="person-join").values_list("person", flat=True))
    assert {str(lela.pk), str(leila.pk)} <= looks


def test_planning_leaves_nothing_behind(chair, in_doubt):
    def jobs():
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from procrastinate_jobs")
            return cursor.fetchone()[0]

    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    before = jobs(), Link.objects.count(), Disclosure.objects.count()
    join_page(chair, lela, leila)
    assert (jobs(), Link.objects.count(), Disclosure.objects.count()) == before


def test_the_pages_ask_no_more_of_the_database_for_a_longer_life(chair, in_doubt):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            chair.get(address("person-links", in_doubt.person("Maria")))
        return len(caught)

    def keep_from(name: str) -> None:
        keep_apart(
            a=in_doubt.person("Maria"), b=in_doubt.person(name), because="no",
            by=in_doubt.user("chair"), now=in_doubt.now,
        )  # fmt: skip

    keep_from("Daniel")
    few = queries()
    for days in (100, 200, 300):
        in_doubt.earlier(days, f"OLD-{days}", MARIA, DANIEL)
    for name in ("Sam", "Leila", "Lela"):
        keep_from(name)
    assert queries() == few


def test_of_a_change_with_somebody_who_may_not_be_seen_only_that_it_was_is_said(chair, in_doubt):
    maria, leila = in_doubt.person("Maria"), in_doubt.person("Leila")
    change = keep_apart(
        a=maria, b=leila, because="Leila is her daughter", by=in_doubt.user("chair"),
        now=in_doubt.now,
    )  # fmt: skip
    leila.restricted_at, leila.restricted_by = in_doubt.now, in_doubt.user("ig")
    leila.save()
    page = chair.get(address("person-links", maria)).content.decode()
    assert "Kept apart: two records are two people" in page
    assert "her daughter" not in page
    assert address("link-change", change) not in page
    assert chair.get(address("link-change", change)).status_code == 404
