"""MARAC: what waits and what is flagged, hearing a pair, what agencies are to do after it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.marac import hear_with_actions
from sightline.actions.marac_forms import HearingForm, rows_after_hearing
from sightline.actions.marac_page import heard_page, own_rows
from sightline.actions.models import Action
from sightline.actions.queries import actions_of
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.marac.forms import WithdrawForm
from sightline.meetings.marac.presenters import referral_rows
from sightline.meetings.marac.reading import flagged, open_referral, waiting
from sightline.meetings.marac.referring import withdraw_referral
from sightline.meetings.models import MeetingItem
from sightline.meetings.presenters import address_of
from sightline.meetings.queries import meeting_or_404, neighbours, seen_by
from sightline.screening.wording import suggest_wording

SHOWN = 50


@page(Perm.ATTEND_MEETINGS)
def overview(request: HttpRequest) -> HttpResponse:
    """List what waits to be heard, whose flag stands, and what the user's agency is to do."""
    user, at = user_of(request), now()
    today = local_date(at)
    mine = actions_of(user).filter(hearing__isnull=False)
    context = {
        "waiting": referral_rows(waiting(user, at)[:SHOWN]),
        "flagged": referral_rows(flagged(user, at, today)[:SHOWN]),
        "actions": own_rows(mine[:SHOWN], today),
        "late": mine.filter(Action.OPEN, due_on__lt=today).count(),
        "agency": user.agency,
    }
    return render(request, "actions/marac.html", context)


@page(Perm.ATTEND_MEETINGS)
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a referral, its hearing and what came of it; take it back before it is heard."""
    user, at = user_of(request), now()
    opened = open_referral(user, pk, now=at)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw_referral(referral=opened.referral, by=user, now=at, **form.cleaned_data)
            messages.success(request, "Taken back.")
        except WrongMoment as refusal:
            messages.error(request, str(refusal))
        return redirect("marac-referral", pk)
    return render(request, "actions/referral.html", heard_page(opened, user, at) | {"form": form})


@page(Perm.RUN_MEETINGS)
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear a pair on the list of a MARAC: what was found, and what each agency is to do."""
    user, at = user_of(request), now()
    item = get_object_or_404(MeetingItem, pk=pk, referral__isnull=False)
    meeting = meeting_or_404(user, item.meeting_id)
    opened = open_referral(user, item.referral_id or 0, now=at)
    data = request.POST if request.method == "POST" else None
    form, rows = HearingForm(data), rows_after_hearing(data)
    before, after = neighbours(seen_by(user, meeting, at), item)
    if data is not None and False not in [each.is_valid() for each in (form, *rows)]:
        try:
            agreed = [one for row in rows if (one := row.agreed())]
            kept = hear_with_actions(
                item=item, actions=agreed, by=user, now=at, **form.cleaned_data
            )
            suggest_wording(request, kept, summary=kept.summary)
            messages.success(request, "Heard. Both are flagged for twelve months.")
            return redirect(
                address_of(after, runs=True) if after else reverse("meeting", args=[meeting.pk])
            )
        except (NotUnderstood, WrongMoment) as refusal:
            form.add_error(None, str(refusal))
    context = heard_page(opened, user, at) | {
        "form": form, "rows": rows, "meeting": meeting,
        "before": address_of(before, runs=True) if before else "",
        "after": address_of(after, runs=True) if after else "",
    }  # fmt: skip
    return render(request, "actions/hearing.html", context)
