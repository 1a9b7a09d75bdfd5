"""What did not arrive, for the screening team: three lists, and what to do about each line."""

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.listing import page_of_seen
from sightline.common.sent import key_in
from sightline.encompass.forms import SettleForm
from sightline.encompass.models import ListedIncident, Notice, Reconciliation
from sightline.encompass.reconciling import no_receipt, no_school, not_notified, settle
from sightline.people.models import Link
from sightline.sharing.models import Item
from sightline.sharing.queries import visible_persons

A_PAGE = 25


@page(Perm.SEE_WORKLIST)
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Show what did not arrive; take what was found out about an incident that police listed."""
    user, at = user_of(request), now()
    form = SettleForm(request.POST or None)
    listed = not_notified(at) if user.agency.core else ListedIncident.objects.none()
    if request.method == "POST" and form.is_valid():
        one = _asked_for(request, user)
        settle(listed=one, because=form.cleaned_data["why"], by=user, now=at)
        messages.success(request, f"Written down for {one.reference}.")
        return redirect("reconciliation")
    context = {
        "form": form,
        "asked": request.POST.get("listed", ""),
        "not_notified": _page(request, listed, "listed"),
        "no_school": _page(request, _seen(user, no_school()), "schools"),
        "no_receipt": _page(request, _seen(user, no_receipt(at)), "receipts"),
        "last": Reconciliation.objects.order_by("-reconciled_at").first()
        if user.agency.core
        else None,
        "now": at,
    }
    return render(request, "encompass/reconciliation.html", context)


def _asked_for(request: HttpRequest, user: User) -> ListedIncident:
    """Return the line that was written about, settled before or not; the team's agencies alone."""
    pk = request.POST.get("listed", "")
    if not user.agency.core:
        raise Http404
    return get_object_or_404(ListedIncident, pk=key_in(pk))


def _seen(user: User, notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those of children whom the user may see; that there are others is not said. `placed`: where
    the child lives is open too."""
    return notices.filter(_open(user, Item.SCHOOL)).annotate(placed=_open(user, Item.HOUSEHOLD))


def _open(user: User, item: Item) -> Exists:
    seen = visible_persons(user, now(), item)
    links = Link.objects.filter(mention=OuterRef("mention"), ended_at__isnull=True)
    return Exists(links.filter(person__in=seen))


def _page(request: HttpRequest, found: QuerySet, name: str) -> Page:  # type: ignore[type-arg]
    return page_of_seen(found, request.GET.get(name), size=A_PAGE)
