"""A child who is no pupil of the school any more, or never was: the message goes where they are."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.directory.queries import open_schools
from sightline.encompass.forms import MovedForm
from sightline.encompass.moving import say_moved
from sightline.encompass.queries import notice_or_404


@page(Perm.RECEIVE_NOTICES)
def notice_moved(request: HttpRequest, pk: int) -> HttpResponse:
    """Take that a pupil left, when, and where to."""
    opened = notice_or_404(user_of(request), pk, now())
    schools = [one for one in open_schools() if one.pk != opened.notice.school_id]
    form = MovedForm(schools, request.POST or None)
    if form.is_valid():
        went_to = next((s for s in schools if s.pk == form.cleaned_data["school"]), None)
        try:
            say_moved(
                notice=opened.notice, went_to=went_to, on=form.cleaned_data["on"],
                by=user_of(request), now=now(),
            )  # fmt: skip
            whom = "The new school is told." if went_to else "The screening team finds the school."
            messages.success(request, f"Thank you. {whom} There is nothing more for you to do.")
        except (WrongMoment, NotUnderstood) as refusal:
            messages.error(request, str(refusal))
        return redirect("notices")
    return render(request, "encompass/moved.html", {"notice": opened.notice, "form": form})
