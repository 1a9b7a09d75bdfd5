"""Pages of meetings and MARAC: valid, for those who may, and right after a save."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.feedback import give_feedback
from sightline.actions.marac import hear_with_actions
from sightline.actions.models import Action
from sightline.audit.models import Read
from sightline.meetings.attendance import Noted, note_attendance
from sightline.meetings.dissenting import record_dissent
from sightline.meetings.lists import add_to_list, defer_item, standing_items
from sightline.meetings.marac.hearing import hear
from sightline.meetings.models import Attendance, Decision, Dissent, Meeting
from sightline.people.models import Household, Incident, Person
from sightline.screening.commands import answer_items, set_scale
from sightline.sharing.models import Disclosure
from tests.html import problems
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db
VIEWS = (
    "sightline.meetings.views.meetings", "sightline.meetings.views.lists",
    "sightline.meetings.views.refer", "sightline.meetings.views.returned",
    "sightline.actions.views.marac", "sightline.actions.views.actions",
    "sightline.actions.views.meeting_family",
    "sightline.actions.views.decide", "sightline.actions.views.after", "sightline.actions.forms",
    "sightline.screening.views.scale", "sightline.pathway.views.worklist",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch, world):
    for module in VIEWS:
        monkeypatch.setattr(f"{module}.now", lambda: world.now)


@pytest.fixture
def chair(client, world):
    client.force_login(world.user("chair"))
    return client


def text(response):
    return " ".join(response.content.decode().split())


def go(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, (name, response.status_code)
    return response


def send(client, name, *args, **sent):
    return client.post(reverse(name, args=args), sent, follow=True)


def first(meeting):
    return standing_items(meeting)[0]


def decided(world, name="Leila", outcome="CFA", item=None, actions=()):
    return decide_with_actions(
        screening=world.screening(name), outcome=outcome, rationale="She heard it all.",
        actions=actions, item=item, by=world.user("chair"), now=world.now,
    )  # fmt: skip


def test_a_meeting_is_arranged_listed_published_and_closed_on_its_page(chair, scaled):
    starts = scaled.now + timedelta(hours=10)
    sent = {
        "kind": "screening-meeting", "place": "Room 4", "starts-day": starts.day,
        "starts-month": starts.month, "starts-year": starts.year, "starts-time": "09:40",
    }  # fmt: skip
    assert "Draw up the list" in text(send(chair, "meeting-new", **sent))
    meeting = Meeting.objects.get()
    for step, says in (("build", "The list is drawn up"), ("publish", "members are invited")):
        assert says in text(send(chair, "meeting", meeting.pk, **{step: "yes"}))
    shown = text(go(chair, "meeting", meeting.pk))
    assert "Brook Lane" in shown
    assert "2 children, 1 unborn" in shown
    assert "Moreno" not in shown
    scaled.now = meeting.starts
    refused = send(chair, "meeting", meeting.pk, close="yes")
    assert "Note who was in the room first" in text(refused)


def test_every_page_of_a_meeting_is_valid_empty_full_and_with_errors(chair, scaled, published):
    item = first(published)
    decision = decided(scaled, item=item)
    record_dissent(
        decision=decision, agency=scaled.cast.agencies["refuge"], words="Higher.",
        by=scaled.user("chair"), now=scaled.now,
    )  # fmt: skip
    pages = {
        "list": go(chair, "meetings"), "new": go(chair, "meeting-new"),
        "wrong": send(chair, "meeting-new"), "meeting": go(chair, "meeting", published.pk),
        "change": send(chair, "meeting-change", published.pk, cancel="yes"),
        "order": send(chair, "meeting-list", published.pk, off="yes"),
        "attendance": go(chair, "meeting-attendance", published.pk),
        "family": go(chair, "meeting-family", item.pk),
        "put off": send(chair, "meeting-family", item.pk),
        "decide": go(chair, "decide", scaled.screening("Sam").pk, item=item.pk),
        "dissent": send(chair, "decision-dissent", decision.pk, words="", agency=""),
        "letter": go(chair, "decision-letter", decision.pk),
        "minutes": go(chair, "meeting-minutes", published.pk),
        "returned": go(chair, "returned"), "marac": go(chair, "marac"),
    }  # fmt: skip
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""


def test_the_family_of_a_meeting_leads_to_each_child_and_then_to_the_next_family(
    chair, scaled, published
):
    item = first(published)
    page = go(chair, "meeting-family", item.pk)
    assert "1 of 1" in text(page)
    for name in ("Leila", "Sam", "Unborn"):
        link = re.search(r'<a class="govuk-button" href="([^"]+)"', page.content.decode())
        assert f"Decide on {name}" in text(page)
        sent = {"outcome": "CFA", "rationale": "Heard it.", "seen": "", "rows": "2"}
        page = chair.post(link[1], sent, follow=True)
        assert page.redirect_chain == [(reverse("meeting-family", args=[item.pk]), 302)]
    assert "Back to the list" in text(page)
    assert set(Decision.objects.values_list("meeting", flat=True)) == {published.pk}
    assert "3 of 3" in text(go(chair, "meeting", published.pk))


def test_the_scale_is_set_on_the_way_and_leads_on_to_the_decision(chair, scaled, published):
    child, item = scaled.screening("Sam"), first(published)
    child.scale = child.scale_set_at = child.scale_set_by = None
    child.save()
    for _ in ("Leila",):
        decided(scaled, item=item)
    assert "Scale of Sam" in text(go(chair, "meeting-family", item.pk))
    address = reverse("screening-scale", args=[child.pk]) + f"?item={item.pk}"
    response = chair.post(address, {"scale": "3", "because": "He hid.", "seen": ""})
    assert response.url == reverse("decide", args=[child.pk]) + f"?item={item.pk}"


def test_a_scale_that_another_set_meanwhile_is_shown_beside_what_was_typed(chair, scaled):
    child = scaled.screening("Leila")
    address = reverse("screening-scale", args=[child.pk])
    seen = re.search(r'name="seen" value="([^"]*)"', chair.get(address).content.decode())[1]
    scaled.now += timedelta(minutes=3)
    set_scale(
        screening=child, scale=4, because="He strangled her.", second_agency=None,
        by=scaled.user("health"), now=scaled.now,
    )  # fmt: skip
    sent = {"scale": "2", "because": "Typed by the chair.", "seen": seen,
            "second_agency": scaled.cast.agencies["police"].pk}  # fmt: skip
    refused = chair.post(address, sent)
    for words in ("Sunita Rao set the scale to 4", "He strangled her.", "Typed by the chair."):
        assert words in text(refused)
    child.refresh_from_db()
    assert child.scale == 4
    again = re.search(r'name="seen" value="([^"]*)"', refused.content.decode())[1]
    assert chair.post(address, sent | {"seen": again}).status_code == 302


def test_an_answer_that_another_gave_meanwhile_is_shown_beside_ones_own(chair, scaled):
    from sightline.rules.screening.answers import Answer as Value

    child = scaled.screening("Leila")
    address = reverse("screening-domain", args=[child.pk, "V"])
    answer_items(
        screening=child, answers={"V1": Value.NO}, notes={"V1": "Asked her alone."},
        by=scaled.user("health"), now=scaled.now,
    )  # fmt: skip
    sent = {"V1": "yes", "initial-V1": "", "V1-note": "My own note.", "initial-V1-note": ""}
    refused = chair.post(address, sent)
    for words in ("Sunita Rao answered V1 with No", "Asked her alone.", "My own note."):
        assert words in text(refused), words
    assert child.answers.get(item="V1").value == "no"
    shown = dict(
        re.findall(r'name="(initial-V1[^"]*)"[^>]*value="([^"]*)"', refused.content.decode())
    )
    assert shown["initial-V1"] == "no"
    assert chair.post(address, sent | {"initial-V1": "no", "initial-V1-note": "Asked her alone."})
    assert child.answers.get(item="V1").value == "yes"


def row(agency, **said):
    return {f"agency{agency.pk}-{name}": value for name, value in said.items()}


def test_attendance_typed_on_an_old_page_is_shown_beside_what_another_noted(
    chair, scaled, published
):
    police = scaled.cast.agencies["police"]
    note_attendance(
        meeting=published, noted={police.pk: Noted("apologies")}, seen={},
        by=scaled.user("administrator"), now=scaled.now,
    )  # fmt: skip
    old = row(police, came="present", name="Pat Okafor", from_time="09:45", until_time="")
    refused = send(chair, "meeting-attendance", published.pk, **old)
    for words in ("Written meanwhile:", "Apologies (noted by Morgan Hale)", "Pat Okafor", "09:45"):
        assert words in text(refused), words
    assert Attendance.objects.get().came == "apologies"
    hidden = re.findall(
        rf'name="(initial-agency{police.pk}-\w+)" value="([^"]*)"', refused.content.decode()
    )
    assert "Noted for 1" in text(
        send(chair, "meeting-attendance", published.pk, **old, **dict(hidden))
    )
    assert Attendance.objects.get().name == "Pat Okafor"


def test_dissent_stands_wherever_the_decision_does(chair, scaled, published):
    decision = decided(scaled, item=first(published))
    refuge = scaled.cast.agencies["refuge"]
    sent = {"agency": refuge.pk, "words": "He has a gun."}
    for _ in range(2):
        send(chair, "decision-dissent", decision.pk, **sent)
    assert Dissent.objects.count() == 1
    late = text(
        send(chair, "decision-dissent", decision.pk, **sent | {"words": "From an old page."})
    )
    for words in ("Ruth Adeyemi wrote down dissent", "He has a gun.", "From an old page."):
        assert words in late
    said = "Haven Domestic Abuse Service dissents: He has a gun."
    incident, leila = scaled.screening("Leila").incident_id, scaled.person("Leila").pk
    for page in (
        go(chair, "family", incident), go(chair, "decide", decision.screening_id),
        go(chair, "decision-letter", decision.pk), go(chair, "meeting-minutes", published.pk),
        go(chair, "person", leila), go(chair, "meeting-family", first(published).pk),
    ):  # fmt: skip
        assert said in text(page), page.request["PATH_INFO"]
    send(chair, "decision-dissent", decision.pk, withdraw=Dissent.objects.get().pk)
    assert said not in text(go(chair, "family", incident))
    assert "Taken back" in text(go(chair, "decision-dissent", decision.pk))


def test_minutes_letters_and_marac_pages_name_no_address_of_anybody(
    chair, scaled, published, marac
):
    refuge = scaled.cast.agencies["refuge"]
    due = scaled.now.date() + timedelta(7)
    decision = decided(
        scaled, item=first(published), actions=[AgreedAction(refuge, "Safety plan", due)]
    )
    hear_with_actions(
        item=first(marac), summary="High risk.", actions=[AgreedAction(refuge, "Call her", due)],
        by=scaled.user("chair"), now=scaled.now,
    )  # fmt: skip
    pages = [
        go(chair, "meeting-minutes", published.pk), go(chair, "meeting-minutes", marac.pk),
        go(chair, "decision-letter", decision.pk), go(chair, "meeting-entry", published.pk),
        go(chair, "marac-referral", first(marac).referral_id),
    ]  # fmt: skip
    shown = " ".join(map(text, pages))
    for words in ("Leila Moreno", "Safety plan", "High risk.", "Call her", "She heard it all."):
        assert words in shown
    homes = Household.objects.values_list("address", "postcode")
    canaries = {part.strip() for home in homes for part in ",".join(home).split(",")}
    canaries -= {"", "Castlebrook"}
    assert {"12 Brook Lane", "ZZ9 4QT"} <= canaries
    streets = {re.sub(r"^\d+ ", "", canary) for canary in canaries}
    kept = shown.replace("Brook Lane Primary School", "")
    assert not [canary for canary in canaries | streets if canary in kept]


def test_what_goes_back_tells_the_referrer_what_they_wrote_and_what_they_can_do(client, scaled):
    decision = decided(scaled, outcome="CONSENT_REFUSED")
    client.force_login(scaled.user("police"))
    before = text(go(client, "returned"))
    assert "Not shared with your agency: decisions." in before
    assert "consent refused" not in before
    give_feedback(decision.pk, now=scaled.now)
    page = go(client, "returned")
    shown = text(page)
    for words in ("Leila Moreno", "NM-1", "consent refused", "safe way to reach the victim"):
        assert words in shown
    for words in ("She heard it all.", "Sam", "scale 3", "Brook Lane"):
        assert words not in shown.replace("Brook Lane Primary School", "")
    looked = Read.objects.filter(page="returned").values_list("person", "items")
    assert list(looked) == [(str(scaled.person("Leila").pk), ["decision"])]
    button = re.search(r'<button[^>]*name="read"[^>]*>', page.content.decode())[0]
    number = re.search(r'value="(\d+)"', button)[1]
    for _ in range(2):
        assert "Noted as read" in text(send(client, "returned", read=number))
    assert "All are read" in text(go(client, "returned"))
    Person.objects.filter(given_name="Leila").update(
        restricted_at=scaled.now, restricted_by=scaled.user("ig")
    )
    assert "Leila" not in text(go(client, "returned"))
    client.force_login(scaled.user("idva"))
    assert "Nothing here" in text(go(client, "returned"))
    refused = client.post(reverse("returned"), {"read": number})
    assert refused.status_code == 404


def test_a_pair_is_referred_heard_and_its_action_ended_on_pages(client, scaled, arrange):
    client.force_login(scaled.user("chair"))
    incident = scaled.screening("Leila").incident_id
    shown = text(go(client, "marac-refer", incident))
    assert "Maria Moreno, victim, and Daniel Crowe, perpetrator" in shown
    assert shown.count("Not met") == 4
    pair = f"{scaled.person('Maria').pk}-{scaled.person('Daniel').pk}"
    assert "No criterion is met" in text(send(client, "marac-refer", incident, pair=pair))
    page = send(client, "marac-refer", incident, pair=pair, judgement="He said he will kill her.")
    assert "He said he will kill her." in text(page)
    assert "1 referral to MARAC, not heard yet" in text(go(client, "family", incident))
    meeting = arrange("marac", hours=24 * 9)
    for step in ("build", "publish"):
        send(client, "meeting", meeting.pk, **{step: "yes"})
    item, due = first(meeting), scaled.now + timedelta(days=7)
    sent = {
        "summary": "She is at high risk.", "action1-what": "Safety plan",
        "action1-agency": scaled.cast.agencies["refuge"].pk, "action1-due_on-day": due.day,
        "action1-due_on-month": due.month, "action1-due_on-year": due.year,
    }  # fmt: skip
    pages = {
        "empty": go(client, "marac-hearing", item.pk),
        "refer": go(client, "marac-refer", incident),
    }
    assert "Heard. Both are flagged" in text(send(client, "marac-hearing", item.pk, **sent))
    pages |= {"heard": go(client, "marac-hearing", item.pk), "over": go(client, "marac")}
    assert "MARAC flag until 20 Nov 2027" in text(go(client, "family", incident))
    action = Action.objects.get()
    assert "MARAC flag until 20 Nov 2027" in text(go(client, "worklist", show="decide"))
    for name, flagged in (("Maria", True), ("Daniel", True), ("Leila", False)):
        shown = text(go(client, "person", scaled.person(name).pk))
        assert ("MARAC flag until 20 Nov 2027" in shown) is flagged
    client.force_login(scaled.user("idva"))
    assert "Safety plan" in text(go(client, "marac"))
    assert "Safety plan" in text(go(client, "actions"))
    done = send(client, "action", action.pk, complete="yes", note="Plan made with her.")
    assert "Plan made with her." in text(done)
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""


def test_what_was_typed_of_a_pair_that_another_has_heard_meanwhile_is_kept(chair, scaled, marac):
    item = first(marac)
    hear(
        item=item, summary="Written by Morgan.", by=scaled.user("administrator"),
        now=scaled.now,
    )  # fmt: skip
    shown = text(send(chair, "marac-hearing", item.pk, summary="Typed by the chair."))
    for words in ("heard already", "Written by Morgan.", "Typed by the chair."):
        assert words in shown


def test_a_pair_on_the_list_leads_where_its_reader_may_go(client, scaled, marac):
    item = first(marac)
    for who, name, pk in (
        ("chair", "marac-hearing", item.pk), ("idva", "marac-referral", item.referral_id),
    ):  # fmt: skip
        client.force_login(scaled.user(who))
        href = reverse(name, args=[pk])
        assert f'href="{href}"' in text(go(client, "meeting", marac.pk)), who
        go(client, name, pk)


SAYS = {  # by item: what the meeting's page says with it, and without it
    "household": ("Brook Lane", "Address not shared"),
    "history": ("Scale 3 is proposed", "Not shared with your agency: earlier incidents."),
    "scale": ("Scale 3 is proposed", "Not shared with your agency: scale and its reasons."),
    "decision": ("1 of 3", "Not shared with your agency: decisions."),
    "incident": ("2 children", "none of which has been shared with your agency"),
}


def test_a_row_says_what_is_shared_of_its_family_and_what_is_not(chair, scaled, published):
    decided(scaled, item=first(published))
    whole = text(go(chair, "meeting", published.pk))
    assert [words for words, _ in SAYS.values() if words not in whole] == []
    assert "Not shared" not in whole
    for item, (words, instead) in SAYS.items():
        with transaction.atomic():
            without(item)
            shown = text(go(chair, "meeting", published.pk))
            transaction.set_rollback(True)
        assert words not in shown, item
        assert instead in shown


def test_why_a_family_is_put_off_is_said_to_whom_all_of_it_is_shared(chair, scaled, published):
    item, clerk = first(published), scaled.user("administrator")
    defer_item(item=item, because="Wait for the nurse.", by=clerk, now=scaled.now)
    pages = (("meeting", published.pk), ("meeting-family", item.pk))
    for shared in (True, False):
        for page in pages:
            shown = text(go(chair, *page))
            assert "Put off" in shown
            assert ("Wait for the nurse" in shown, "Scale 3 is" in shown) == (shared, shared)
        without("history")


def test_without_decisions_a_family_is_not_said_to_wait_for_one(chair, scaled, published):
    decided(scaled, item=first(published))
    without("decision")
    shown = text(go(chair, "meeting-family", first(published).pk))
    assert "Decision</dt><dd>Not shared with your agency" in shown
    assert [words for words in ("Not decided", "Decision on the referral") if words in shown] == []


def without(item):
    for door in Disclosure.objects.filter(items__contains=[item]):
        door.items.remove(item)
        door.save()


def test_a_hidden_child_is_neither_counted_nor_behind_a_reason(chair, scaled, published):
    Person.objects.filter(given_name="Sam").update(
        restricted_at=scaled.now, restricted_by=scaled.user("ig")
    )
    shown = text(go(chair, "meeting", published.pk))
    assert "1 child, 1 unborn" in shown
    assert "Scale 3" not in shown
    assert "Not shared with your agency: what happened, earlier incidents, scale" in shown


def test_whoever_may_not_see_is_told_nothing(client, scaled, published, marac):
    item, referral = first(published), first(marac).referral_id
    decision = decided(scaled)
    client.force_login(scaled.user("outsider"))
    for name, pk in (
        ("meeting-family", item.pk), ("decision-letter", decision.pk), ("marac-referral", referral),
        ("decision-dissent", decision.pk), ("marac-refer", item.incident_id),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[pk])).status_code == 404, name
    idva = scaled.user("idva")
    idva.agency = scaled.cast.agencies["housing"]
    idva.save()
    Disclosure.objects.filter(agency=idva.agency).update(
        until_at=scaled.now
    )  # it was asked nothing
    client.force_login(idva)
    shown = text(go(client, "meeting", published.pk))
    assert "none of which has been shared with your agency" in shown
    assert "Brook" not in shown
    client.force_login(scaled.user("police"))
    assert client.get(reverse("meeting", args=[published.pk])).status_code == 403


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_list(chair, scaled, published):
    addresses = [
        reverse("meeting", args=[published.pk]), reverse("meeting-minutes", args=[published.pk]),
        reverse("meeting-family", args=[first(published).pk]),
    ]  # fmt: skip
    decided(scaled, item=first(published))
    few = [queries(chair, address) for address in addresses]
    for number in range(6):
        people = (MARIA, DANIEL, LEILA, SAM)
        body = notification(f"NM-Q{number}", *people)
        body["incident"] |= {"log_number": f"LOG-Q{number}"}
        scaled.notify(body)
        add_to_list(
            meeting=published, about=Incident.objects.latest("pk"), because="Asked for.",
            by=scaled.user("chair"), now=scaled.now,
        )  # fmt: skip
    assert [queries(chair, address) for address in addresses] == few
