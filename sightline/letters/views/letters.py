"""Letters to senders: the list, and one letter to read and to print."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.insight.whole import month
from sightline.letters.commands import read_letter
from sightline.letters.presenters import letter_shown, rows_of
from sightline.letters.queries import letters_for

A_PAGE = 25


@page(Perm.SEND_NOTIFICATION, Perm.SEE_WORKLIST)
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters that the user may read."""
    shown = Paginator(letters_for(user_of(request)), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": rows_of(shown.object_list)}
    return render(request, "letters/letters.html", context)


@page(Perm.SEND_NOTIFICATION, Perm.SEE_WORKLIST)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one letter; note that the sender has read it."""
    user = user_of(request)
    found = get_object_or_404(letters_for(user), pk=pk)
    if request.method == "POST":
        read_letter(letter=found, by=user, now=now())
        messages.success(request, "Noted as read.")
        return redirect("letter", pk)
    theirs = found.sender_id == user.agency_id and Perm.SEND_NOTIFICATION in user.perms
    context = {
        "letter": letter_shown(found), "month": month(found.month).name, "record": found,
        "may_read": theirs and found.read_at is None,
    }  # fmt: skip
    return render(request, "letters/letter.html", context)
