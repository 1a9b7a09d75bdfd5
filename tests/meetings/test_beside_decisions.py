"""Who was in the room, who does not agree, and what goes back to whoever reported."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.audit.models import Event
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.attendance import Noted, NotedMeanwhile, note_attendance, rooms_of
from sightline.meetings.commands import decide
from sightline.meetings.dissenting import record_dissent, withdraw_dissent
from sightline.meetings.lists import standing_items
from sightline.meetings.models import Attendance, Dissent, ReturnedToReferrer
from sightline.meetings.returning import read_return, returned_to

pytestmark = pytest.mark.django_db


def decided(world, outcome="CFA", name="Leila", at=0, **more):
    return decide(
        screening=world.screening(name), outcome=outcome, rationale=f"She heard it, {outcome}.",
        by=world.user("chair"), now=world.now + timedelta(minutes=at), **more,
    )  # fmt: skip


def note(world, meeting, seen=None, by="administrator", **said):
    agencies = world.cast.agencies
    return note_attendance(
        meeting=meeting, noted={agencies[key].pk: one for key, one in said.items()},
        seen={agencies[key].pk: (seen or {}).get(key) for key in said},
        by=world.user(by), now=world.now,
    )  # fmt: skip


def test_who_was_in_the_room_is_on_each_decision(published, scaled):
    left = scaled.now + timedelta(minutes=30)
    note(
        scaled, published, police=Noted("present", "Pat Okafor", until_time=left),
        health=Noted("deputy", "Ann Lee"), probation=Noted("apologies"), housing=Noted("absent"),
    )  # fmt: skip
    item = standing_items(published)[0]
    early, late = decided(scaled, item=item), decided(scaled, name="Sam", at=40, item=item)
    alone = decided(scaled, name="")
    rooms = rooms_of([early, late, alone])
    assert rooms[early.pk] == [
        "Ann Lee (Castlebrook Community Health Trust), deputy", "Pat Okafor (North Mercia Police)",
    ]  # fmt: skip
    assert rooms[late.pk] == ["Ann Lee (Castlebrook Community Health Trust), deputy"]
    assert alone.pk not in rooms
    item.refresh_from_db()
    assert item.taken_by == scaled.user("chair")


def test_noting_the_same_again_changes_nothing(published, scaled):
    for _ in range(2):
        note(scaled, published, police=Noted("present", " Pat  Okafor "))
    assert Event.objects.filter(what="meeting.attendance").count() == 1
    assert Attendance.objects.get().name == "Pat Okafor"


def test_what_another_noted_meanwhile_is_not_overwritten_unseen(published, scaled):
    theirs, mine = Noted("apologies"), Noted("present", "Pat Okafor")
    note(scaled, published, police=theirs)
    with pytest.raises(NotedMeanwhile) as refused:
        note(scaled, published, police=mine, health=Noted("present"), by="chair")
    assert [one.came for one in refused.value.theirs.values()] == ["apologies"]
    assert Attendance.objects.get().came == "apologies"
    note(scaled, published, police=mine, seen={"police": theirs}, by="chair")
    assert Attendance.objects.get().name == "Pat Okafor"


def test_who_does_not_sit_in_it_or_left_before_coming_is_refused(published, scaled):
    with pytest.raises(NotUnderstood, match="Castlebrook Council does not sit"):
        note(scaled, published, council=Noted("present"))
    now = scaled.now
    with pytest.raises(NotUnderstood, match="left before they came"):
        note(scaled, published, police=Noted("present", "", now, now))


def dissent(world, decision, words="The risk is higher.", agency="refuge", by="chair"):
    return record_dissent(
        decision=decision, agency=world.cast.agencies[agency], words=words, by=world.user(by),
        now=world.now,
    )  # fmt: skip


def test_dissent_is_recorded_once_and_newer_words_keep_the_older(scaled):
    decision = decided(scaled)
    first = dissent(scaled, decision)
    assert dissent(scaled, decision, words=" The risk is higher. ") == first
    dissent(scaled, decision, words="He strangled her.")
    assert [d.withdrawn_at is None for d in Dissent.objects.order_by("pk")] == [False, True]


def test_an_agency_speaks_for_itself_and_who_runs_the_meeting_for_any(scaled):
    decision = decided(scaled)
    dissent(scaled, decision, agency="health", by="health")
    dissent(scaled, decision, by="administrator")
    with pytest.raises(PermissionDenied):
        dissent(scaled, decision, agency="police", by="health")
    with pytest.raises(PermissionDenied):
        dissent(scaled, decision, agency="police", by="police")


def test_dissent_from_a_replaced_decision_or_without_words_is_refused(scaled):
    first = decided(scaled)
    decided(scaled, "STRATEGY", at=5)
    with pytest.raises(WrongMoment, match="has been replaced"):
        dissent(scaled, first)
    with pytest.raises(NotUnderstood, match="does not agree"):
        dissent(scaled, decided(scaled, name="Sam"), words=" ")
    assert not Dissent.objects.exists()


def test_taking_dissent_back_twice_is_once_and_keeps_it(scaled):
    standing = dissent(scaled, decided(scaled))
    for _ in range(2):
        withdraw_dissent(dissent=standing, by=scaled.user("idva"), now=scaled.now)
    assert Event.objects.filter(what="decision.dissent_withdrawn").count() == 1
    assert Dissent.objects.get().withdrawn_by == scaled.user("idva")


@pytest.mark.parametrize("outcome", ["CONSENT_REFUSED", "THRESHOLD_NOT_MET"])
def test_a_family_goes_back_to_whoever_reported_with_what_they_can_do(scaled, outcome):
    for _ in range(2):
        decided(scaled, outcome)
    back = ReturnedToReferrer.objects.get()
    assert back.agency == scaled.cast.police
    assert back.steps == "single-agency-steps 2026.1"
    assert any("safe way to reach the victim" in step for step in back.what_they_can_do)


def test_other_outcomes_go_back_to_nobody(scaled):
    decided(scaled, "EARLY_HELP")
    assert not ReturnedToReferrer.objects.exists()


def test_reading_it_twice_is_once_and_only_the_agency_reads_its_own(scaled):
    decided(scaled, "THRESHOLD_NOT_MET")
    back, police = ReturnedToReferrer.objects.get(), scaled.user("police")
    with pytest.raises(PermissionDenied):
        read_return(returned=back, by=scaled.user("idva"), now=scaled.now)
    for minutes in (0, 9):
        read_return(returned=back, by=police, now=scaled.now + timedelta(minutes=minutes))
    back.refresh_from_db()
    assert back.read_at == scaled.now


def test_what_was_decided_otherwise_since_is_not_asked_of_the_referrer_any_more(scaled):
    decided(scaled, "THRESHOLD_NOT_MET")
    decided(scaled, "CFA", at=5)
    assert ReturnedToReferrer.objects.count() == 1
    assert not returned_to(scaled.user("police")).exists()
