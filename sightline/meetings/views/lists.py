"""Changing the list of a meeting by hand, and noting who came to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.attendance import NotedMeanwhile, note_attendance
from sightline.meetings.forms import AddForm, AttendanceForms, ItemForm, ReasonForm, item_of
from sightline.meetings.lists import (
    add_to_list,
    defer_item,
    draw_list,
    move_on_list,
    take_off_list,
)
from sightline.meetings.models import Attendance, MaracReferral, Meeting
from sightline.meetings.opening import members_of
from sightline.meetings.presenters import attendance_words, is_about_families, item_rows
from sightline.meetings.queries import Seen, meeting_or_404, seen_by
from sightline.people.models import Incident, Link
from sightline.rules.meetings.listing import Placed
from sightline.sharing.models import Item
from sightline.sharing.queries import visible_persons

MOVES = {"up": -1, "down": 1}


@page(Perm.RUN_MEETINGS)
def change_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Move, put off, take off and add what stands on a list."""
    user, at = user_of(request), now()
    meeting = meeting_or_404(user, pk)
    seen = seen_by(user, meeting, at)
    rows = list(item_rows(seen))
    choices = [(row.pk, f"{row.number}. {row.place}, {row.who}") for row in rows]
    ending: ReasonForm = ItemForm(choices)
    adding: ReasonForm = AddForm(prefix="new")
    if request.method == "POST":
        if request.POST.get("do") in MOVES:
            _move(request, meeting, seen)
            return redirect("meeting-list", pk)
        if "add" in request.POST:
            form: ReasonForm = AddForm(request.POST, prefix="new")
            adding = form
        else:
            form = ending = ItemForm(choices, request.POST)
        if form.is_valid() and _kept(request, meeting, form):
            return redirect("meeting-list", pk)
    context = {
        "meeting": meeting, "rows": rows, "form": ending, "adding": adding,
        "families": is_about_families(meeting), "waits": len(_waits(meeting, seen)),
        "seen": meeting.list_changed_at.isoformat() if meeting.list_changed_at else "",
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


def _waits(meeting: Meeting, seen: Seen) -> list[Placed]:
    """What the rules would list and does not stand on it: it came later, or there is no room."""
    if not meeting.is_open:
        return []
    drawn = draw_list(meeting, now())
    here = {item.incident_id or item.referral_id for item in seen.items}
    return [one for one in (*drawn.listed, *drawn.waits) if one.key not in here]


def _move(request: HttpRequest, meeting: Meeting, seen: Seen) -> None:
    item = item_of(meeting, request.POST.get("item", ""))
    here = next((n for n, one in enumerate(seen.items, 1) if item and one.pk == item.pk), 0)
    if item is None or not here:
        messages.error(request, "It has been taken off the list meanwhile.")
        return
    to = here + MOVES[request.POST["do"]]
    shown = parse_datetime(request.POST.get("seen", ""))
    try:
        move_on_list(item=item, to=to, seen=shown, by=user_of(request), now=now())
        messages.success(request, f"Moved from place {here} to {max(1, to)}.")
    except WrongMoment as refusal:
        messages.error(request, str(refusal))


def _kept(request: HttpRequest, meeting: Meeting, form: ReasonForm) -> bool:
    """Take off, put off or add. Returns whether that was done."""
    by, because = user_of(request), form.cleaned_data["because"]
    try:
        if isinstance(form, AddForm):
            about = _found(by, meeting, form.cleaned_data["reference"])
            add_to_list(meeting=meeting, about=about, because=because, by=by, now=now())
            messages.success(request, "Added at the end of the list.")
        else:
            item = item_of(meeting, form.cleaned_data["item"])
            if item is None:
                raise WrongMoment("It has been taken off the list meanwhile.")
            command, done = (
                (take_off_list, "Taken off the list.") if "off" in request.POST
                else (defer_item, "Put off to the next meeting.")
            )  # fmt: skip
            command(item=item, because=because, by=by, now=now())
            messages.success(request, done)
    except (NotUnderstood, WrongMoment) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _found(by: User, meeting: Meeting, reference: str) -> Incident | MaracReferral:
    """Return the incident of a notification, if the user may see somebody in it; of a MARAC the
    referral of that number."""
    if not is_about_families(meeting):
        number = reference if reference.isdecimal() else "0"
        referral = MaracReferral.objects.filter(pk=int(number)).first()
        if referral is None:
            raise NotUnderstood("No referral has that number.")
        return referral
    links = Link.objects.filter(
        mention__source__notification__reference__iexact=reference.strip(),
        person__in=visible_persons(by, now(), Item.INCIDENT), ended_at__isnull=True,
    )  # fmt: skip
    incident = Incident.objects.filter(pk__in=links.values("mention__source__incident")).first()
    if incident is None:
        raise NotUnderstood("No notification of that reference is open to you.")
    return incident


@page(Perm.RUN_MEETINGS)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who was in the room, an agency a line. What another wrote meanwhile is shown beside."""
    meeting = meeting_or_404(user_of(request), pk)
    held = {one.agency_id: one for one in _held(meeting)}
    data = request.POST if request.method == "POST" else None
    rows = AttendanceForms(meeting, members_of(meeting), held, data)
    theirs: dict[int, Attendance] = {}
    if data is not None and rows.is_valid():
        try:
            kept = note_attendance(
                meeting=meeting, noted=rows.noted(), seen=rows.seen(),
                by=user_of(request), now=now(),
            )  # fmt: skip
            said = f"Noted for {len(kept)}." if kept else "Nothing was changed."
            messages.success(request, said)
            return redirect("meeting", pk)
        except NotedMeanwhile as refusal:
            theirs = dict(refusal.theirs)
            messages.error(request, str(refusal))
        except (NotUnderstood, WrongMoment) as refusal:
            messages.error(request, str(refusal))
    said_by_them = {
        agency: f"{attendance_words(one)} (noted by {one.noted_by.name})"
        for agency, one in theirs.items()
    }
    context = {"meeting": meeting, "rows": rows.rows, "theirs": said_by_them}
    return render(request, "meetings/attendance.html", context)


def _held(meeting: Meeting) -> list[Attendance]:
    return list(meeting.attendance.select_related("agency", "noted_by"))
