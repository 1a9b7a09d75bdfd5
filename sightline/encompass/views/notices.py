"""What a school is told: the list of its messages, and one message."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import User
from sightline.access.queries import page
from sightline.access.roles import Perm
from sightline.actions.feedback import decided_for
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.common.listing import page_of_all
from sightline.encompass.commands import confirm_received, open_notice, record_support
from sightline.encompass.forms import SupportForm
from sightline.encompass.models import Notice
from sightline.encompass.presenters import message, notice_row, support_words
from sightline.encompass.queries import facts_of, notice_or_404, notices_for, pupils_seen
from sightline.sharing.models import Item

A_PAGE = 25


@page(Perm.RECEIVE_NOTICES)
def notices(request: HttpRequest) -> HttpResponse:
    """List the messages of the user's school; no pupil is named whose message was not opened."""
    user, at = _who(request), now()
    # What was taken back is listed too, without what it said.
    listed = page_of_all(notices_for(user, at), request.GET.get("page"), size=A_PAGE)
    seen = pupils_seen(user, listed.object_list, at)
    rows = [notice_row(one, may_name=one.mention_id in seen, now=at) for one in listed]
    return render(request, "encompass/notices.html", {"page": listed, "rows": rows})


@page(Perm.RECEIVE_NOTICES)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one message; take "I have received this", and what the school did."""
    user, at = _who(request), now()
    opened = notice_or_404(user, pk, at)
    wants_support = request.method == "POST" and "received" not in request.POST
    if wants_support and Item.SCHOOL not in opened.items and opened.notice.withdrawn_at is None:
        raise Http404
    form = SupportForm(
        request.POST if wants_support else None, initial={"support": opened.notice.support}
    )
    if request.method == "POST" and _done(request, opened.notice, form):
        return redirect("notice", pk)
    stands = opened.notice.withdrawn_at is None
    if stands:
        open_notice(notice=opened.notice, by=user, now=at)
    facts = facts_of(opened.notice, opened.person_id) if stands else None
    context = {
        "notice": opened.notice,
        "message": message(opened, facts, at),
        "support": support_words(opened.notice),
        "form": form,
        "front_door": settings.FRONT_DOOR,
        "decided_on": decided_for(opened.notice.mention) if stands else None,
    }
    return render(request, "encompass/notice.html", context)


def _done(request: HttpRequest, notice: Notice, form: SupportForm) -> bool:
    """Carry out what was asked for. Returns whether the page is to be shown anew."""
    user, at = _who(request), now()
    try:
        if "received" in request.POST:
            confirm_received(notice=notice, by=user, now=at)
            messages.success(request, "Thank you. The screening team sees that you have this.")
        elif form.is_valid():
            record_support(notice=notice, by=user, now=at, **form.cleaned_data)
            messages.success(request, "Support recorded. You can add to it here at any time.")
        else:
            return False
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
    return True


def _who(request: HttpRequest) -> User:
    return cast(User, request.user)
