"""Arranging, listing, publishing and closing: once, in the right order, and by who may."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.audit.models import Event
from sightline.common.announce import subscribe
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.arranging import (
    arrange_meeting,
    cancel_meeting,
    close_meeting,
    move_meeting,
)
from sightline.meetings.attendance import Noted, note_attendance
from sightline.meetings.commands import decide
from sightline.meetings.lists import (
    add_to_list,
    build_list,
    defer_item,
    move_on_list,
    publish_list,
    standing_items,
    take_off_list,
)
from sightline.meetings.models import Meeting
from sightline.people.models import Incident
from sightline.screening.commands import set_scale
from tests.world import DANIEL, IVY, NOAH, notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world):
    """Whoever runs meetings, and now, as commands take them."""
    return {"by": world.user("administrator"), "now": world.now}


def streets(meeting):
    return [item.incident.household.street for item in standing_items(meeting)]


def second_family(world, grade="high"):
    body = notification("NM-2", IVY, DANIEL, NOAH, risk={"tool": "DARA", "officer_grade": grade})
    body["incident"] |= {"log_number": "LOG-2", "address": {
        "lines": "3 Tanner's Row, Castlebrook", "postcode": "ZZ9 7BD"}}  # fmt: skip
    world.notify(body)


def test_arranging_the_same_twice_is_one_meeting(arrange):
    assert arrange() == arrange()
    assert Event.objects.filter(what="meeting.arranged").count() == 1


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"kind": "tea"}, "kind of meeting"), ({"place": " "}, "where it is held"),
        ({"hours": -1}, "after now"),
    ],
)  # fmt: skip
def test_what_a_meeting_lacks_is_asked_for(arrange, change, asks):
    with pytest.raises(NotUnderstood, match=asks):
        arrange(**change)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("who", ["health", "idva", "police", "manager"])
def test_only_who_runs_meetings_arranges_them(world, who):
    with pytest.raises(PermissionDenied):
        arrange_meeting(
            kind="daily-call", starts=world.now + timedelta(1), place="Call", by=world.user(who),
            now=world.now,
        )  # fmt: skip


def test_the_list_is_drawn_by_urgency_and_drawing_it_again_changes_nothing(scaled, arrange, run):
    second_family(scaled)
    meeting = arrange()
    first = build_list(meeting=meeting, **run)
    assert streets(meeting) == ["Tanner's Row", "Brook Lane"]
    assert first[0].because[0] == "Police graded it high."
    again = build_list(meeting=meeting, **run)
    assert [i.pk for i in first] == [i.pk for i in again]


def test_a_family_that_is_decided_or_restricted_to_a_worker_stands_on_no_list(scaled, arrange, run):
    for name in ("Leila", "Sam", ""):
        decide(
            screening=scaled.screening(name), outcome="CFA", rationale="Heard it.",
            by=scaled.user("chair"), now=scaled.now,
        )  # fmt: skip
    assert build_list(meeting=arrange(), **run) == []


def test_who_stands_on_an_earlier_list_is_not_listed_twice(published, scaled, arrange, run):
    assert build_list(meeting=arrange(hours=30), **run) == []
    defer_item(item=standing_items(published)[0], because="GP not heard", **run)
    assert len(build_list(meeting=arrange(hours=31), **run)) == 1


def test_after_publishing_changes_are_by_hand_and_shown(published, scaled, run):
    second_family(scaled)
    with pytest.raises(WrongMoment, match="is published"):
        build_list(meeting=published, **run)
    about = Incident.objects.get(household__address__startswith="3 Tanner")
    added = add_to_list(meeting=published, about=about, because="Police ask for it.", **run)
    assert add_to_list(meeting=published, about=about, because="Again.", **run) == added
    published.refresh_from_db()
    assert (published.list_changed_by, added.added_by) == (run["by"], run["by"])
    assert streets(published) == ["Brook Lane", "Tanner's Row"]


def test_the_second_to_move_a_family_sees_that_the_list_was_changed(published, scaled, run):
    second_family(scaled)
    about = Incident.objects.get(household__address__startswith="3 Tanner")
    item = add_to_list(meeting=published, about=about, because="Urgent.", **run)
    with pytest.raises(WrongMoment, match=r"changed by Morgan Hale at .*shown below"):
        move_on_list(item=item, to=1, seen=None, **run)
    assert streets(published)[0] == "Brook Lane"
    published.refresh_from_db()
    move_on_list(item=item, to=1, seen=published.list_changed_at, **run)
    move_on_list(item=item, to=1, seen=None, **run)  # it stands there: the same again is nothing
    assert streets(published)[0] == "Tanner's Row"


def test_what_is_taken_off_says_why_and_does_not_come_back_by_itself(scaled, arrange, run):
    meeting = arrange()
    (item,) = build_list(meeting=meeting, **run)
    with pytest.raises(NotUnderstood, match="Say why"):
        take_off_list(item=item, because=" ", **run)
    take_off_list(item=item, because="Open to a social worker.", **run)
    take_off_list(item=item, because="Twice.", **run)
    assert build_list(meeting=meeting, **run) == []
    item.refresh_from_db()
    assert item.removed_because == "Open to a social worker."


def test_what_was_decided_on_stays_on_the_list_and_what_was_taken_off_is_not_put_off(
    published, scaled, run
):
    item = standing_items(published)[0]
    decide(
        screening=scaled.screening("Leila"), outcome="CFA", rationale="Heard it.", item=item,
        by=scaled.user("chair"), now=scaled.now,
    )  # fmt: skip
    with pytest.raises(WrongMoment, match="It stays on the list"):
        take_off_list(item=item, because="x", **run)
    second_family(scaled)
    about = Incident.objects.get(household__address__startswith="3 Tanner")
    other = add_to_list(meeting=published, about=about, because="Urgent.", **run)
    take_off_list(item=other, because="By mistake.", **run)
    for change in (
        lambda: defer_item(item=other, because="x", **run),
        lambda: move_on_list(item=other, to=1, seen=None, **run),
    ):
        with pytest.raises(WrongMoment, match="taken off the list meanwhile"):
            change()
    other.refresh_from_db()
    assert (other.deferred_at, other.removed_because) == (None, "By mistake.")


def test_a_family_of_whom_nobody_waits_is_not_added(scaled, arrange, run):
    for name in ("Leila", "Sam", ""):
        decide(
            screening=scaled.screening(name), outcome="CFA", rationale="Heard it.",
            by=scaled.user("chair"), now=scaled.now,
        )  # fmt: skip
    with pytest.raises(WrongMoment, match="No child of this family waits"):
        add_to_list(meeting=arrange(), about=Incident.objects.get(), because="x", **run)


def test_putting_off_twice_in_the_same_words_is_once(published, run):
    item = standing_items(published)[0]
    first = defer_item(item=item, because="GP not heard.", **run).deferred_at
    run["now"] += timedelta(minutes=5)
    assert defer_item(item=item, because=" GP not heard. ", **run).deferred_at == first
    with pytest.raises(NotUnderstood, match="Say why"):
        defer_item(item=item, because="", **run)


def test_publishing_twice_invites_once(scaled, arrange, run):
    heard = []
    subscribe("invitation.made", heard.append)
    meeting = arrange()
    with pytest.raises(WrongMoment, match="Draw up the list first"):
        publish_list(meeting=meeting, **run)
    build_list(meeting=meeting, **run)
    for _ in range(2):
        publish_list(meeting=meeting, **run)
    assert len(heard) == len(set(heard)) == meeting.invitations.count() > 3
    assert Event.objects.filter(what="meeting.published").count() == 1


def test_moving_tells_whoever_was_invited_and_the_same_again_is_no_move(published, scaled, run):
    later = published.starts + timedelta(hours=1)
    moved = move_meeting(meeting=published, starts=later, place="Room 4", seen=0, **run)
    assert moved.sequence == 1
    assert (
        move_meeting(meeting=published, starts=later, place="Room 4", seen=0, **run).sequence == 1
    )
    assert {i.sequence for i in published.invitations.all()} == {0, 1}
    with pytest.raises(WrongMoment, match=r"was changed since .*Room 4"):
        move_meeting(meeting=published, starts=later, place="Room 9", seen=0, **run)


def close(meeting, **run):
    return close_meeting(meeting=meeting, **run)


def note(meeting, **run):
    agency = run["by"].agency_id
    return note_attendance(meeting=meeting, noted={agency: Noted("present")}, seen={}, **run)


def test_a_meeting_is_closed_once_it_has_begun_and_somebody_was_there(published, scaled, run):
    with pytest.raises(WrongMoment, match="has begun"):
        close(published, **run)
    run["now"] = published.starts
    with pytest.raises(WrongMoment, match="who was in the room"):
        close(published, **run)
    note(published, **run)
    assert close(published, **run).closed_at == close(published, **run).closed_at
    with pytest.raises(WrongMoment, match="took place"):
        cancel_meeting(meeting=published, because="x", **run)


@pytest.mark.parametrize("over", ["closed", "cancelled"])
def test_what_is_over_is_changed_no_more(published, scaled, run, over):
    item = standing_items(published)[0]
    if over == "closed":
        run["now"] = published.starts
        note(published, **run)
        close(published, **run)
    else:
        cancel_meeting(meeting=published, because="Snow.", **run)
    said = "has been closed" if over == "closed" else "was cancelled: Snow"
    about = item.incident
    for change in (
        lambda: build_list(meeting=published, **run),
        lambda: publish_list(meeting=published, **run),
        lambda: add_to_list(meeting=published, about=about, because="x", **run),
        lambda: take_off_list(item=item, because="x", **run),
        lambda: move_on_list(item=item, to=2, seen=None, **run),
        lambda: defer_item(item=item, because="x", **run),
        lambda: note(published, **run),
        lambda: move_meeting(meeting=published, starts=run["now"], place="x", seen=0, **run),
        lambda: decide(
            screening=scaled.screening("Leila"), outcome="CFA", rationale="x", item=item,
            by=scaled.user("chair"), now=run["now"],
        ),
    ):  # fmt: skip
        with pytest.raises(WrongMoment, match=said):
            change()
    assert Event.objects.filter(what="decision.made").count() == 0


def test_a_meeting_in_which_something_was_decided_is_closed_and_not_cancelled(
    published, scaled, run
):
    item = standing_items(published)[0]
    decide(
        screening=scaled.screening("Leila"), outcome="CFA", rationale="Heard it.", item=item,
        by=scaled.user("chair"), now=scaled.now,
    )  # fmt: skip
    with pytest.raises(WrongMoment, match="Close it instead"):
        cancel_meeting(meeting=published, because="Snow.", **run)


def test_a_family_of_another_meetings_list_is_not_decided_on_in_this_one(published, scaled, run):
    second_family(scaled)
    set_scale(
        screening=scaled.screening("Noah"), scale=3, because="In the room.", second_agency=None,
        **run,
    )  # fmt: skip
    item = standing_items(published)[0]
    with pytest.raises(WrongMoment, match="does not stand on the list"):
        decide(
            screening=scaled.screening("Noah"), outcome="CFA", rationale="x", item=item,
            by=scaled.user("chair"), now=scaled.now,
        )  # fmt: skip


def test_another_boroughs_agency_and_a_practice_are_no_members(published, scaled):
    invited = set(published.invitations.values_list("to__agency__name", flat=True))
    assert "Haven Domestic Abuse Service" in invited
    assert not {"Farholt Children's Social Care", "Castlebrook Medical Centre"} & invited
