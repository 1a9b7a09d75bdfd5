"""What the team settles: what came back from agencies, and what a replaced decision left open."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import Agency, User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.forms import ActionRow
from sightline.actions.listing import settle_rows
from sightline.actions.marac_forms import after_hearing
from sightline.actions.models import Action
from sightline.actions.queries import to_settle
from sightline.actions.settle_page import SettlePage, settle_page, settle_pair_page
from sightline.actions.settling import agree_anew, close_returned, keep, withdraw
from sightline.actions.step_forms import ReasonForm
from sightline.actions.views.decide import owners
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.listing import page_of_all
from sightline.meetings.marac.reading import open_referral
from sightline.screening.sight import open_screening
from sightline.screening.wording import suggest_wording
from sightline.sharing.models import Item

A_PAGE = 25


@page(Perm.DECIDE)
def to_be_settled(request: HttpRequest) -> HttpResponse:
    """List what waits for the team, longest waiting first. No names."""
    shown = page_of_all(to_settle(), request.GET.get("page"), size=A_PAGE)
    rows = settle_rows(user_of(request), shown.object_list, now())
    return render(request, "actions/to_settle.html", {"page": shown, "rows": rows})


@page(Perm.DECIDE)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was agreed for one child; keep, withdraw, close or agree anew."""
    opened = open_screening(user_of(request), pk, item=Item.ACTIONS, page="settle", now=now())
    shown = settle_page(opened, local_date(now()))
    return _settle(request, shown, owners(opened.screening.mention))


@page(Perm.DECIDE)
def settle_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was agreed after the hearing of a pair; withdraw, close or agree anew."""
    opened = open_referral(user_of(request), pk, now=now())
    if not opened.sees(Item.ACTIONS):
        raise Http404
    shown = settle_pair_page(opened.referral, local_date(now()))
    return _settle(request, shown, after_hearing())


def _settle(request: HttpRequest, shown: SettlePage, agencies: QuerySet[Agency]) -> HttpResponse:
    pressed = _pressed(request, shown)
    anew = ActionRow(agencies, data=request.POST if "anew" in request.POST else None, prefix="anew")
    asks = pressed is not None and not anew.is_bound and "keep" not in request.POST
    reason = ReasonForm(request.POST if asks else None)
    if pressed is not None and _done(request, pressed, anew, reason):
        return redirect(request.path)
    context = {"page": shown, "anew": anew, "form": reason, "pressed": pressed}
    return render(request, "actions/settle.html", context)


def _pressed(request: HttpRequest, shown: SettlePage) -> int | None:
    """Return the id of the action that a button was pressed for; 404 for one of another child."""
    if request.method != "POST":
        return None
    written = request.POST.get("action", "")
    own = {row.pk for row in (*shown.waiting, *shown.others)}
    if not written.isdecimal() or int(written) not in own:
        raise Http404
    return int(written)


def _done(request: HttpRequest, pk: int, anew: ActionRow, reason: ReasonForm) -> bool:
    """Do what was asked for. Returns whether to show the page anew."""
    action, by = Action.objects.get(pk=pk), user_of(request)
    try:
        if "keep" in request.POST:
            return _say(request, keep(action=action, by=by, now=now()), "Kept.")
        if "anew" in request.POST:
            return _agree_anew(request, action, anew, by)
        if not reason.is_valid():
            return False
        settled = withdraw if "withdraw" in request.POST else close_returned
        kept = settled(action=action, by=by, now=now(), **reason.cleaned_data)
        words = "Withdrawn." if settled is withdraw else "Closed."
        return _say(request, kept, words, ("ended_because", "closed_because"))
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))
        return True


def _agree_anew(request: HttpRequest, action: Action, form: ActionRow, by: User) -> bool:
    agreed = form.agreed() if form.is_valid() else None
    if agreed is None:
        if not form.errors:
            form.add_error("what", "Say what an agency is to do instead")
        return False
    made = agree_anew(action=action, instead=agreed, by=by, now=now())
    return _say(request, made, f"Agreed anew with {made.agency}.")


def _say(request: HttpRequest, kept: Action, words: str, texts: Iterable[str] = ()) -> bool:
    messages.success(request, words)
    suggest_wording(request, kept, **{name: getattr(kept, name) for name in texts})
    return True
