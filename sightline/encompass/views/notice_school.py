"""A school that does not know yet: find which it is, ring it, write down who was told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.directory.finding import schools_like
from sightline.directory.models import School
from sightline.encompass.chase_presenters import chase_shown
from sightline.encompass.chasing import Chased, chased_or_404
from sightline.encompass.commands import choose_school, tell_otherwise
from sightline.encompass.forms import OtherwiseForm, SchoolForm
from sightline.encompass.ledger import timeline_of


@page(Perm.SEE_WORKLIST)
def notice_school(request: HttpRequest, pk: int) -> HttpResponse:
    """Show of whom a school is to be told and why it is not; take which school, or who was told."""
    chased = chased_or_404(user_of(request), pk, now())
    find = request.POST.get("find", chased.notice.mention.school_name)
    schools = schools_like(find)
    asked = request.POST.get("do", "")
    school = SchoolForm(schools, request.POST if asked == "choose" else None)
    otherwise = OtherwiseForm(request.POST if asked == "told" else None)
    if _done(request, chased, school, otherwise):
        return redirect("worklist")
    context = {
        "chased": chased, "shown": chase_shown(chased, user_of(request), now()),
        "find": find, "schools": schools,
        "school_form": school, "told_form": otherwise, "steps": timeline_of(chased.notice),
        "form": otherwise if otherwise.is_bound else school,
    }  # fmt: skip
    return render(request, "encompass/notice_school.html", context)


def _done(
    request: HttpRequest, chased: Chased, school: SchoolForm, otherwise: OtherwiseForm
) -> bool:
    """Carry out what was asked for, if it was. Returns whether to go back to the worklist."""
    try:
        if school.is_valid():
            _choose(request, chased, school.cleaned_data["school"])
        elif otherwise.is_valid():
            user = user_of(request)
            tell_otherwise(notice=chased.notice, how=otherwise.words, by=user, now=now())
            messages.success(request, "Written down. The clock for this child has stopped.")
        else:
            return False
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
    return True


def _choose(request: HttpRequest, chased: Chased, school_id: int) -> None:
    school = School.objects.get(pk=school_id)
    choose_school(notice=chased.notice, school=school, by=user_of(request), now=now())
    messages.success(request, f"{school.name} is being told now.")
