"""What an agency has sent: the list, and the receipt of one. No names on either."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.queries import page
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.intake import drafts
from sightline.intake.form.sections import SECTIONS
from sightline.intake.models import Draft, Notification, Refusal
from sightline.intake.presenters import SentRow, how_complete, state_of
from sightline.intake.queries import find_sent, open_to_sender, sent_by, sent_lately
from sightline.intake.views.opening import new_key, who
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item

A_PAGE = 25
# What becomes of the children whom a sender named, by the items of the ledger.
CAME_OF_IT = (Item.SCALE, Item.DECISION, Item.ACTIONS)


@page(Perm.SEND_NOTIFICATION)
def sent(request: HttpRequest) -> HttpResponse:
    """List what the agency sent lately, newest first; find any by its reference or receipt.

    The search is posted: what is typed into it may be a name, and addresses end in logs.
    """
    agency = who(request).agency
    looked_for = request.POST.get("find", "").strip()
    if looked_for and (found := find_sent(agency, looked_for)):
        return redirect("notification-receipt", found.pk)
    listed = Paginator(sent_lately(agency, now()), A_PAGE).get_page(request.GET.get("page"))
    rows = [SentRow.of(notification) for notification in listed]
    context = {"page": listed, "rows": rows, "looked_for": looked_for}
    return render(request, "intake/sent.html", context)


@page(Perm.SEND_NOTIFICATION)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the receipt of a notification of the user's agency; start a correction of it."""
    notification = get_object_or_404(sent_by(who(request).agency), pk=pk)
    if request.method == "POST":
        return _correct(request, notification)
    context = {
        "notification": notification,
        "state": state_of(notification),
        "how_complete": how_complete(notification.completeness),
        "held_back": not_shared(open_to_sender(who(request), notification, now()), CAME_OF_IT),
        "latest": find_sent(notification.sender, notification.reference),
        "key": uuid4(),
    }
    return render(request, "intake/receipt.html", context)


@page(Perm.SEND_NOTIFICATION)
def refusals(request: HttpRequest) -> HttpResponse:
    """List what the agency's machines and forms sent and we could not take, with what to do."""
    kept = Refusal.objects.filter(sender=who(request).agency).defer("raw").order_by("-at", "-pk")
    listed = Paginator(kept, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "intake/refusals.html", {"page": listed})


def _correct(request: HttpRequest, notification: Notification) -> HttpResponse:
    try:
        draft = drafts.start_correction(
            notification=notification, key=new_key(request), by=who(request), now=now()
        )
    except Draft.DoesNotExist:
        raise Http404 from None
    except WrongMoment as error:
        messages.error(request, str(error))
        return redirect("notification-receipt", notification.pk)
    return redirect("notification-page", draft.key, SECTIONS[0].slug)
