"""The one screen for the meeting: everything that was shared, nothing that was not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.actions.doing import complete
from sightline.audit.models import Read
from sightline.people.models import Person
from tests.html import problems
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

pytestmark = pytest.mark.django_db
OTHER_FAMILY = ("Ivy", "Noah", "Penrose", "Tanner")


@pytest.fixture(autouse=True)
def _now(monkeypatch, world):
    monkeypatch.setattr("sightline.actions.views.family.now", lambda: world.now)


def family_page(client, world, who="chair", name="Leila"):
    client.force_login(world.user(who))
    return client.get(reverse("family", args=[world.screening(name).incident_id]))


def text(response):
    return " ".join(response.content.decode().split())


def test_each_child_stands_with_its_own_scale_and_the_adults_with_their_role(client, world):
    world.notify(notification())
    shown = text(family_page(client, world))
    for words in ("Leila Moreno, 9", "Sam Moreno, 4", "Unborn child, due March 2027"):
        assert words in shown
    assert "Maria Moreno, 34" in shown
    assert "07700 900123" in shown
    assert "Victim" in shown
    assert "Perpetrator" in shown


def test_what_to_mind_before_ringing_stands_beside_the_telephone(client, world):
    contact = {"no_messages": True, "perpetrator_reads_post_or_phone": "yes"}
    world.notify(notification("NM-1", {**MARIA, "safe_contact": contact}, DANIEL, LEILA))
    shown = text(family_page(client, world))
    assert "Leave no messages. The perpetrator reads post or phone." in shown


def test_the_polices_grade_stands_beside_what_the_history_says(client, world):
    world.earlier(300, "NM-A", MARIA, DANIEL, LEILA)
    world.earlier(20, "NM-B", MARIA, DANIEL, LEILA)
    world.notify(notification())
    shown = text(family_page(client, world))
    assert "Medium" in shown
    assert "3rd incident in 12 months in this family, 20 days after the one before" in shown


def test_the_time_line_holds_the_childs_own_words_of_every_incident(client, world):
    world.earlier(20, "NM-B", MARIA, DANIEL, LEILA)
    world.notify(notification())
    assert text(family_page(client, world)).count("Said: “I told Sam to hide under my bed”") == 2


def test_another_family_of_the_perpetrator_is_counted_and_never_named(client, world):
    world.earlier(300, "NM-A", IVY, DANIEL, NOAH)
    world.notify(notification())
    shown = text(family_page(client, world))
    assert "Incident with another family" in shown
    assert "Daniel Crowe as perpetrator; 1 child there" in shown
    assert not [word for word in OTHER_FAMILY if word in shown]


def test_of_another_family_no_restricted_child_is_counted(client, world):
    world.earlier(300, "NM-A", IVY, DANIEL, NOAH, {**NOAH, "id": "max", "given_name": "Max"})
    world.notify(notification())
    assert "Daniel Crowe as perpetrator; 2 children there." in text(family_page(client, world))
    for name, said in (("Max", "; 1 child there."), ("Noah", ". Who else")):
        Person.objects.filter(given_name=name).update(
            restricted_at=world.now, restricted_by=world.user("ig")
        )
        assert f"Daniel Crowe as perpetrator{said}" in text(family_page(client, world))


def test_the_other_family_stays_walled_even_while_its_own_case_is_open(client, world):
    world.earlier(5, "NM-A", IVY, DANIEL, NOAH)
    world.notify(notification())
    assert "Ivy Penrose" in text(family_page(client, world, name="Noah"))
    shown = text(family_page(client, world))
    assert not [word for word in OTHER_FAMILY if word in shown]


def test_what_was_decided_before_and_whether_it_was_done_is_shown(client, world, agreed):
    early, done = agreed(days=1), agreed("health", "Home visit", days=5)
    complete(action=done, note="Seen alone.", by=world.user("health"), now=world.now)
    world.now += timedelta(days=21)
    later = notification("NM-2", MARIA, DANIEL, LEILA, notified_at=world.now.isoformat())
    later["incident"] |= {"started_at": world.now.isoformat(), "log_number": "LOG-2"}
    world.notify(later)
    shown = text(family_page(client, world))
    assert "earlier screening" in shown
    assert f"Overdue</strong> by 20 days, not accepted: {early.what}" in shown
    assert "Done for Leila Moreno: Home visit" in shown
    assert "Seen alone." in shown


def test_a_decision_of_which_nothing_came_says_so(client, world, family):
    from sightline.meetings.commands import decide

    decide(
        screening=world.screening("Leila"), outcome="CFA", rationale="She heard it all.",
        by=world.user("chair"), now=world.now,
    )  # fmt: skip
    assert "Nothing recorded as done." in text(family_page(client, world))


def test_the_domestic_abuse_service_sees_the_child_and_the_victim_and_how_many_are_held_back(
    client, world, agreed
):
    agreed()
    shown = text(family_page(client, world, "idva"))
    assert "Leila Moreno, 9" in shown
    assert "Maria Moreno" in shown
    assert "07700 900123" in shown
    assert "3 people of this incident: not shared with your agency." in shown
    assert "Earlier incidents have not been shared with your agency." in shown
    hidden = ("Sam Moreno", "Daniel Crowe", "hide under my bed", "Suggested", "scale 3")
    assert not [words for words in hidden if words in shown]


def test_a_restricted_person_is_held_back_from_everybody_and_so_is_what_happened(client, world):
    world.notify(notification())
    assert "12 Brook Lane" in text(family_page(client, world))
    maria = world.person("Maria")
    maria.restricted_at, maria.restricted_by = world.now, world.user("ig")
    maria.save()
    shown = text(family_page(client, world))
    assert "1 person of this incident: not shared" in shown
    assert "What happened is held back" in shown
    assert "Maria" not in shown
    assert "Brook Lane" not in shown.replace("Brook Lane Primary", "")  # she lives there


def test_a_person_parted_from_a_mention_takes_their_decisions_along(client, world, agreed):
    """After a link is corrected the page of the wrong person says nothing of the right one."""
    from sightline.people.models import Link

    agreed()
    world.now += timedelta(days=1)
    later = notification("NM-2", MARIA, DANIEL, LEILA, notified_at=world.now.isoformat())
    later["incident"] |= {"started_at": world.now.isoformat(), "log_number": "LOG-2"}
    world.notify(later)
    assert "Safety plan with Maria" in text(family_page(client, world))
    earlier = Link.objects.get(mention__source__label__contains="NM-1", mention__given_name="Leila")
    other = Person.objects.create(created_at=world.now)
    earlier.ended_at, earlier.ended_by = world.now, world.user("chair")
    earlier.save()
    Link.objects.create(mention=earlier.mention, person=other, model="human", decided_at=world.now)
    assert "Safety plan with Maria" not in text(family_page(client, world))


def test_each_look_at_each_person_is_written_down(client, world):
    world.notify(notification())
    family_page(client, world)
    assert Read.objects.filter(page="family").count() == 5


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 404), ("idva", 404), ("socialworker", 404), ("police", 403)]
)
def test_to_whom_nothing_was_shared_the_family_does_not_exist(client, world, who, status):
    world.notify(notification())
    assert family_page(client, world, who).status_code == status


def test_a_family_that_does_not_exist_looks_the_same(client, world):
    client.force_login(world.user("chair"))
    assert client.get(reverse("family", args=[999_999])).status_code == 404


def test_the_page_is_valid_whatever_is_on_it(client, world, agreed):
    world.earlier(300, "NM-A", IVY, DANIEL, NOAH)
    complete(action=agreed(), note="Plan agreed.", by=world.user("idva"), now=world.now)
    pages = {who: family_page(client, world, who).content.decode() for who in ("chair", "idva")}
    assert problems(pages) == ""


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_history(client, world):
    world.earlier(300, "NM-A", MARIA, DANIEL, LEILA, SAM)
    world.notify(notification())
    family_page(client, world)
    address = reverse("family", args=[world.screening("").incident_id])
    few = queries_of(client, address)
    for number in range(12):
        world.earlier(10 + number, f"NM-E{number}", MARIA, DANIEL, LEILA, SAM)
    world.earlier(200, "NM-I", IVY, DANIEL, NOAH)
    assert queries_of(client, address) == few


def test_a_result_that_came_by_file_is_shown_and_cannot_be_answered(client, world, family):
    screening = world.screening("Leila")
    screening.imported, screening.instrument = True, "imported"
    screening.scale, screening.scale_set_at = 2, world.now
    screening.save()
    shown = text(family_page(client, world))
    assert "Not kept: from a file" in shown
    assert client.get(f"/screenings/{screening.pk}/scale/").status_code == 404
