"""Who of an agency is there to answer, who is absent, who stands in for whom."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.cover import cover_of, record_absence, set_deputy, withdraw_absence
from sightline.access.models import Absence, User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood
from sightline.common.sent import key_in
from sightline.research.forms import AbsenceForm, DeputyForm
from sightline.research.presenters import Member, members_shown


@page(Perm.ANSWER_RESEARCH)
def cover(request: HttpRequest) -> HttpResponse:
    """Show who of the user's agency answers; take absences and deputies."""
    user, at = user_of(request), now()
    asked = request.POST.get("do", "")
    members = User.objects.filter(agency=user.agency, is_active=True).order_by("name")
    absence = AbsenceForm(members, request.POST if asked == "absent" else None)
    deputy = DeputyForm(members, request.POST if asked == "deputy" else None)
    if _done(request, asked, absence, deputy):
        return redirect("cover")
    there = cover_of([user.agency_id], Perm.ANSWER_RESEARCH, local_date(at))[user.agency_id]
    context = {
        "agency": user.agency, "members": _members(user), "nobody": there.nobody,
        "absence_form": absence, "deputy_form": deputy,
    }  # fmt: skip
    return render(request, "research/cover.html", context)


def _members(user: User) -> list[Member]:
    answer = User.objects.filter(agency=user.agency, is_active=True).select_related("deputy")
    able = [one for one in answer.order_by("name") if Perm.ANSWER_RESEARCH in one.perms]
    today = local_date(now())
    to_come = Absence.objects.filter(user__in=able, withdrawn_at__isnull=True, last__gte=today)
    return members_shown(able, list(to_come.order_by("first")), today)


def _done(request: HttpRequest, asked: str, absence: AbsenceForm, deputy: DeputyForm) -> bool:
    """Write down what was said. Returns whether to show the page anew."""
    by, at = user_of(request), now()
    try:
        if asked == "absent" and absence.is_valid():
            record_absence(by=by, now=at, **absence.cleaned_data)
            messages.success(request, "Written down.")
        elif asked == "deputy" and deputy.is_valid():
            set_deputy(by=by, now=at, **deputy.cleaned_data)
            messages.success(request, "Written down.")
        elif asked == "back":
            wanted = request.POST.get("absence", "")
            mine = Absence.objects.filter(user__agency=by.agency_id)
            found = get_object_or_404(mine, pk=key_in(wanted))
            withdraw_absence(absence=found, by=by, now=at)
            messages.success(request, "Taken back.")
        else:
            return False
    except NotUnderstood as refusal:
        messages.error(request, str(refusal))
    return True
