"""The pages of asking agencies, as each who uses them sees them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.access.cover import cover_of, record_absence, set_deputy, withdraw_absence
from sightline.access.models import Absence, User
from sightline.access.roles import Perm
from sightline.audit.models import Read
from sightline.common.errors import NotUnderstood
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from sightline.research.answering import answer, answer_nothing
from sightline.research.models import ResearchAnswer, ResearchRequest, Told
from tests.html import problems
from tests.research.conftest import KNOWN
from tests.words import main_words
from tests.world import LEILA, NOW, notification

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages' now: the world's night; `clock.now` may be moved on."""

    class Clock:
        now = NOW

    for module in ("views.answering", "views.chasing", "views.cover", "forms"):
        monkeypatch.setattr(f"sightline.research.{module}.now", lambda: Clock.now)
    return Clock


@pytest.fixture
def go(client, world):
    """Open, or send to, a page as somebody."""

    def open_page(user, name, *args, send=None, query=""):
        client.force_login(world.user(user) if isinstance(user, str) else user)
        path = reverse(name, args=args) + query
        return client.get(path) if send is None else client.post(path, send, follow=True)

    return open_page


def filled(request, **fields):
    """Return what is sent when every prompt about everybody has the same answer."""
    prompts = {
        "known": "known", "worker": "Ann Lowe", "telephone": "01632 960044", "since": "2024",
        "not_seen": "on", "concern": "yes", "matters": "He answered for her.",
        "may_share": "helping", "basis": "safeguarding",
    } | fields  # fmt: skip
    asked = request.about.filter(withdrawn_at=None)
    return {f"p{one.pk}-{name}": value for one in asked for name, value in prompts.items()}


def test_every_page_is_valid_and_says_what_it_is_for(go, research, world):
    one = research.request("health_visiting")
    pages = {
        "list": go("health", "research-list"),
        "names": go("health", "research-list", query="?names=yes"),
        "request": go("health", "research-request", one.pk),
        "wrong": go("health", "research-request", one.pk, send={"answer": "yes"}),
        "nothing": go("health", "research-nothing", send={"request": [one.pk]}),
        "paper": go("health", "research-paper"),
        "cover": go("health", "cover"),
        "chase": go("administrator", "research-chase"),
        "chase one": go("administrator", "research-chase-one", one.pk),
        "chase paper": go("administrator", "research-chase-paper", one.pk),
        "ask": go("administrator", "research-ask", one.incident_id),
    }
    shown = {name: page.content.decode() for name, page in pages.items()}
    assert problems(shown) == ""
    assert "Sam" not in shown["list"] + shown["chase"]
    assert all("Sam Moreno" in shown[name] for name in ("names", "request", "nothing", "paper"))
    for name in ("request", "names", "paper", "nothing"):
        assert not {"Daniel", "Crowe", "Brook Lane", "ZZ9"} & set(main_words(shown[name]).split())


def test_a_look_at_names_is_written_down_and_the_list_without_them_is_none(go, research, world):
    sam = str(world.person("Sam").pk)
    go("health", "research-list")
    assert not Read.objects.filter(person=sam, page__startswith="research").exists()
    go("health", "research-list", query="?names=yes")
    assert Read.objects.filter(person=sam, page="research list", items=["identity"]).exists()


def test_an_agency_answers_in_one_form(go, research, world):
    one = research.request("health_visiting")
    sent = filled(one) | {"answer": "yes"}
    page = go("health", "research-request", one.pk, send=sent)
    assert "Answered." in main_words(page.content.decode())
    told = Told.objects.get()
    assert (told.worker, told.concern, told.last_seen, told.asked.mention.given_name) == (
        "Ann Lowe", True, None, "Sam",
    )  # fmt: skip
    again = go("health", "research-request", one.pk).content.decode()
    assert "He answered for her." in again
    assert "replaces what you said" in main_words(again)


def test_what_is_skipped_is_named_and_what_was_typed_is_not_lost(go, research):
    one = research.request("health_visiting")
    sent = filled(one, telephone="", basis="", not_seen="") | {"answer": "yes"}
    shown = go("health", "research-request", one.pk, send=sent).content.decode()
    words = main_words(shown)
    assert "Say the telephone number." in words
    assert "Say on what basis it is shared." in words
    assert "Say when they were last seen, or that it is not known." in words
    assert "He answered for her." in shown
    assert not ResearchAnswer.objects.exists()


def test_not_checked_says_why(go, research):
    one = research.request("health_visiting")
    sent = filled(one, known="not_checked") | {"answer": "yes"}
    shown = go("health", "research-request", one.pk, send=sent).content.decode()
    assert "Say why it was not checked." in main_words(shown)
    go("health", "research-request", one.pk, send=sent | filled(
        one, known="not_checked", why_not="The records system is down."))  # fmt: skip
    assert Told.objects.values_list("known", "matters", "worker").get() == (
        "not_checked", "The records system is down.", "",
    )  # fmt: skip


def test_words_that_make_the_victim_responsible_are_pointed_out_and_kept(go, research):
    one = research.request("health_visiting")
    sent = filled(one, matters="She failed to protect the children.") | {"answer": "yes"}
    words = main_words(go("health", "research-request", one.pk, send=sent).content.decode())
    assert "Saved as you wrote it." in words
    assert Told.objects.get().matters == "She failed to protect the children."


def test_nothing_known_is_one_click(go, research, world):
    one = research.request("health_visiting")
    page = go("health", "research-request", one.pk, send={"nothing": "yes"})
    assert "that is an answer" in main_words(page.content.decode())
    one.refresh_from_db()
    assert one.nothing_known
    again = go("health", "research-request", one.pk, send={"nothing": "yes"})
    assert again.status_code == 200
    assert ResearchAnswer.objects.count() == 1


def test_many_are_answered_at_once_after_a_look_at_whom(go, research):
    ticked = [research.request(one).pk for one in ("health_visiting", "school_nursing")]
    other = research.request("early_help").pk
    sent = {"request": [*ticked, other, "x"]}
    words = main_words(go("health", "research-nothing", send=sent).content.decode())
    assert "Sam Moreno" in words
    assert "Leila Moreno" in words
    assert not ResearchAnswer.objects.exists()
    done = go("health", "research-nothing", send=sent | {"sure": "yes"}).content.decode()
    assert "2 questions answered" in main_words(done)
    assert set(ResearchAnswer.objects.values_list("request", flat=True)) == set(ticked)
    nothing = go("health", "research-nothing", send={"request": []}).content.decode()
    assert "Tick those" in main_words(nothing)


@pytest.mark.parametrize("user", ["keyadult1", "outsider", "administrator"])
def test_another_agencys_question_is_not_known_to_be(go, research, user):
    assert go(user, "research-request", research.request("health_visiting").pk).status_code == 404


def test_the_contact_of_an_agency_outside_the_team_sees_its_questions_and_no_more(go, research):
    contact = research.contact("refuge")
    words = main_words(go(contact, "research-list").content.decode())
    assert "Domestic abuse service" in words
    own = research.request("domestic_abuse")
    shown = go(contact, "research-request", own.pk).content.decode()
    assert "Maria Moreno" in shown
    for name in ("worklist", "people-search", "actions", "research-chase"):
        assert go(contact, name).status_code == 403
    assert go(contact, "family", own.incident_id).status_code == 403


def test_what_was_withdrawn_says_so_and_names_nobody(go, research, world):
    one = research.request("health_visiting")
    done = go(
        "administrator", "research-chase-one", one.pk,
        send={"do": "withdraw", "because": "Asked by mistake"},
    )  # fmt: skip
    assert "Withdrawn. The agency does not see it any more." in main_words(done.content.decode())
    shown = go("health", "research-request", one.pk)
    assert "Asked by mistake" in main_words(shown.content.decode())
    assert "Sam" not in shown.content.decode()


def test_an_answer_on_paper_is_keyed_in_and_marked_so(go, research):
    one = research.request("early_help")
    sent = filled(one) | {"do": "answer", "told_by": ""}
    shown = go("administrator", "research-chase-one", one.pk, send=sent).content.decode()
    assert "Say who of the agency answered." in main_words(shown)
    sent["told_by"] = "Dana Whitlock, by telephone"
    words = main_words(
        go("administrator", "research-chase-one", one.pk, send=sent).content.decode()
    )
    assert "Dana Whitlock, by telephone; keyed in by Morgan Hale" in words
    assert "Ann Lowe, 01632 960044" in words


def test_another_agency_is_asked_by_hand(go, research, world):
    one, daniel = research.request("early_help"), world.mention("Daniel")
    probation = world.cast.agencies["probation"]
    sent = {"whom": f"{probation.pk}:probation", "about": [daniel.pk], "because": "On licence."}
    missing = go("administrator", "research-ask", one.incident_id, send={}).content.decode()
    assert "Choose the agency." in main_words(missing)
    go("administrator", "research-ask", one.incident_id, send=sent)
    assert research.request("probation").asked_because == "On licence."
    assert go("health", "research-ask", one.incident_id).status_code == 403


def test_the_list_to_chase_says_who_is_late_and_whom_to_ring(go, research, world, clock):
    clock.now = NOW + timedelta(days=4)
    health = world.user("health")
    deputy = research.contact("health", "deputy")
    deputy.telephone = "01632 960077"
    User.objects.filter(agency=world.cast.agencies["refuge"]).update(is_active=False)
    deputy.save()
    set_deputy(user=health, deputy=deputy, by=health, now=NOW)
    days = {"first": NOW.date(), "last": NOW.date() + timedelta(days=9)}
    record_absence(user=health, by=health, now=NOW, **days)
    words = main_words(go("administrator", "research-chase").content.decode())
    assert "7 are late" in words
    assert "Deputy of health, 01632 960077 (in place of Sunita Rao, absent until 29 Nov" in words
    assert "Nobody of the agency is there to answer" in words


def test_somebody_absent_has_a_deputy_of_the_same_agency_who_may_answer(research, world):
    health, refuge = world.user("health"), research.contact("refuge")
    with pytest.raises(NotUnderstood, match="same agency"):
        set_deputy(user=health, deputy=refuge, by=None, now=NOW)
    with pytest.raises(NotUnderstood, match="somebody else"):
        set_deputy(user=health, deputy=health, by=None, now=NOW)
    no_role = research.contact("health", "nurse", roles=())
    with pytest.raises(NotUnderstood, match="no role"):
        set_deputy(user=health, deputy=no_role, by=None, now=NOW)


def test_an_absence_is_written_once_and_taken_back(go, research, world):
    health = world.user("health")
    day = {"day": "20", "month": "11", "year": "2026"}
    sent = {"do": "absent", "user": health.pk}
    sent |= {f"{end}-{part}": value for end in ("first", "last") for part, value in day.items()}
    for _ in range(2):
        words = main_words(go("health", "cover", send=sent).content.decode())
    assert "Nobody of Castlebrook Community Health Trust is there" in words
    absence = Absence.objects.get()
    assert cover_of([health.agency_id], Perm.ANSWER_RESEARCH, NOW.date())[health.agency_id].nobody
    other = research.contact("refuge")
    assert go(other, "cover", send={"do": "back", "absence": absence.pk}).status_code == 404
    with pytest.raises(NotUnderstood, match="same agency"):
        withdraw_absence(absence=absence, by=other, now=NOW)
    for _ in range(2):
        go("health", "cover", send={"do": "back", "absence": absence.pk})
    absence.refresh_from_db()
    assert absence.withdrawn_by == health
    with pytest.raises(NotUnderstood, match="not be before"):
        record_absence(
            user=health, first=NOW.date(), last=NOW.date() - timedelta(days=1), by=health, now=NOW
        )


def test_thirty_questions_take_as_many_queries_as_three(go, research, world):
    """The list of the agency with names, and the list to chase."""

    def queries(first, last):
        for number in range(first, last):
            born = f"2015-01-{number + 1:02}"
            child = LEILA | {"given_name": f"Kim{number}", "birth_date": born, "nhs_number": ""}
            world.notify(notification(f"NM-{number + 5}", child))
        counts = []
        for user, name, query in (
            ("health", "research-list", "?names=yes"), ("administrator", "research-chase", ""),
        ):  # fmt: skip
            with CaptureQueriesContext(connection) as made:
                go(user, name, query=query)
            counts.append(len(made))
        return counts

    queries(0, 1)
    assert queries(1, 3) == queries(3, 12)


def test_the_figure_counts_in_time_late_never_and_nobody(research, world, clock):
    health = world.user("health")
    visiting = research.request("health_visiting")
    answer(
        request=visiting, says=research.says("health_visiting", Sam=KNOWN),
        giver=research.own(health), now=NOW,
    )  # fmt: skip
    late = visiting.due_at + timedelta(hours=1)
    answer_nothing(requests=[research.request("school_nursing")], by=health, now=late)
    ResearchRequest.objects.filter(service="early_help").update(agency=None)
    User.objects.filter(agency=world.cast.agencies["refuge"]).update(is_active=False)
    past = timedelta(days=30)  # the figure looks at what has been, whatever the day is today
    ResearchRequest.objects.update(asked_at=F("asked_at") - past, due_at=F("due_at") - past)
    ResearchAnswer.objects.update(answered_at=F("answered_at") - past)
    rows = BY_ID["research.asked"].rows(Period(None, (NOW + timedelta(days=4) - past).date()))
    assert {row[1]: (*row[2:4], row[5], *row[6:10]) for row in rows} == {
        # asked, in time, late, nothing known, never, not yet due, nobody there
        "Health visiting": (1, 1, 0, 0, 0, 0, 0),
        "School nursing": (1, 0, 1, 1, 0, 0, 0),
        "Midwifery": (1, 0, 0, 0, 1, 0, 0),
        "School": (1, 0, 0, 0, 1, 0, 0),
        "Children's social care": (1, 0, 0, 0, 1, 0, 0),
        "Domestic abuse service": (1, 0, 0, 0, 1, 0, 1),
        "Early help": (1, 0, 0, 0, 1, 0, 1),
    }
    assert rows[-1][0] == "No agency chosen"
    assert rows[0][-1] is None or rows[0][-1] > 3
