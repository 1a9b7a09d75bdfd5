"""MARAC: what waits and what is flagged, referring a pair, hearing it, what agencies did."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sightline.access.models import Agency, AgencyKind, User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.marac.forms import (
    ROWS,
    EndForm,
    ForAgencyRow,
    HearingForm,
    ReferForm,
    WithdrawForm,
)
from sightline.meetings.marac.hearing import end_marac_action, hear
from sightline.meetings.marac.pairs import PairOf, pairs_in
from sightline.meetings.marac.presenters import (
    ReferralPage,
    action_rows,
    referral_page,
    referral_rows,
)
from sightline.meetings.marac.reading import (
    Opened,
    flagged,
    marac_actions_of,
    open_referral,
    waiting,
)
from sightline.meetings.marac.referring import judged, refer_to_marac, withdraw_referral
from sightline.meetings.models import MaracAction, MeetingItem
from sightline.meetings.presenters import address_of
from sightline.meetings.queries import meeting_or_404, neighbours, seen_by
from sightline.people.models import Incident
from sightline.rules.meetings.marac import Judged
from sightline.screening.sight import Sight, sight_of
from sightline.screening.wording import suggest_wording
from sightline.sharing.models import Item
from sightline.sharing.queries import log_reads

SHOWN = 50


@page(Perm.ATTEND_MEETINGS)
def overview(request: HttpRequest) -> HttpResponse:
    """List what waits to be heard, whose flag stands, and what the user's agency is to do."""
    user, at = user_of(request), now()
    today = local_date(at)
    mine = marac_actions_of(user)
    context = {
        "waiting": referral_rows(waiting(user, at)[:SHOWN]),
        "flagged": referral_rows(flagged(user, at, today)[:SHOWN]),
        "actions": action_rows(mine.select_related("agency")[:SHOWN], user, today),
        "late": mine.filter(ended_at__isnull=True, due_on__lt=today).count(),
        "agency": user.agency,
    }
    return render(request, "meetings/marac.html", context)


@page(Perm.ATTEND_MEETINGS)
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the record says of each criterion for the pairs of an incident; refer one."""
    user, at = user_of(request), now()
    incident, pairs = _pairs_seen(user, pk, at)
    form = ReferForm(pairs, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = refer_to_marac(
                incident=incident, pair=form.chosen(), by=user, now=at,
                judgement=form.cleaned_data["judgement"],
            )  # fmt: skip
            messages.success(request, "Referred. It stands on the list of the next MARAC.")
            suggest_wording(request, made, judgement=made.judgement)
            return redirect("marac-referral", made.pk)
        except (NotUnderstood, WrongMoment) as refusal:
            form.add_error("judgement", str(refusal))
    said = [(words, _judged(pair, at)) for pair, words in pairs]
    return render(request, "meetings/refer.html", {"form": form, "said": said, "incident": pk})


def _pairs_seen(user: User, pk: int, at: datetime) -> tuple[Incident, list[tuple[PairOf, str]]]:
    """Return the incident and its pairs of which the user may see both, in words; else 404."""
    sight = sight_of(user, pk, at)
    names = {
        link.person_id: link.person.name
        for link in sight.shown
        if sight.sees(link.person_id, Item.HISTORY)
    }
    pairs = [
        ((v, p), f"{names[v]}, victim, and {names[p]}, perpetrator")
        for v, p in sorted(pairs_in([pk]).get(pk, set()))
        if v in names and p in names
    ]
    if not pairs:
        raise Http404
    _log(user, sight, pairs, at)
    return Incident.objects.get(pk=pk), pairs


def _log(user: User, sight: Sight, pairs: list[tuple[PairOf, str]], at: datetime) -> None:
    persons = {person for pair, _ in pairs for person in pair}
    answers = {person: sight.answers[person] for person in persons}
    log_reads(user, answers, page="marac-refer", now=at)


def _judged(pair: PairOf, at: datetime) -> tuple[Judged, ...]:
    return judged(pair, "", local_date(at))


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
    context = {"page": _page(opened, user, at), "form": form}
    return render(request, "meetings/referral.html", context)


def _page(opened: Opened, user: User, at: datetime) -> ReferralPage:
    hearing = opened.referral.hearings.select_related("meeting").first()
    actions = list(hearing.actions.select_related("agency").order_by("due_on")) if hearing else []
    return referral_page(opened, hearing, actions, user, local_date(at))


@page(Perm.RUN_MEETINGS)
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear a pair on the list of a MARAC: what was found, and what each agency is to do."""
    user, at = user_of(request), now()
    item = get_object_or_404(MeetingItem, pk=pk, referral__isnull=False)
    meeting = meeting_or_404(user, item.meeting_id)
    opened = open_referral(user, item.referral_id or 0, now=at)
    data = request.POST if request.method == "POST" else None
    form = HearingForm(data)
    rows = [ForAgencyRow(_owners(), data=data, prefix=f"action{n + 1}") for n in range(ROWS)]
    before, after = neighbours(seen_by(user, meeting, at), item)
    if data is not None and False not in [each.is_valid() for each in (form, *rows)]:
        try:
            agreed = [one for row in rows if (one := row.agreed())]
            kept = hear(item=item, actions=agreed, by=user, now=at, **form.cleaned_data)
            suggest_wording(request, kept, summary=kept.summary)
            messages.success(request, "Heard. Both are flagged for twelve months.")
            return redirect(address_of(after) if after else reverse("meeting", args=[meeting.pk]))
        except (NotUnderstood, WrongMoment) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "page": _page(opened, user, at), "form": form, "rows": rows, "meeting": meeting,
        "before": address_of(before) if before else "", "after": address_of(after) if after else "",
    }  # fmt: skip
    return render(request, "meetings/hearing.html", context)


def _owners() -> QuerySet[Agency]:
    return Agency.objects.filter(closed_on__isnull=True).exclude(kind=AgencyKind.SCHOOL)


@page(Perm.ATTEND_MEETINGS)
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of something the user's agency was to do after a hearing."""
    user, at = user_of(request), now()
    found = get_object_or_404(MaracAction.objects.select_related("agency", "hearing"), pk=pk)
    if found.agency_id != user.agency_id:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            end_marac_action(action=found, by=user, now=at, **form.cleaned_data)
            messages.success(request, "Written down.")
        except (NotUnderstood, WrongMoment) as refusal:
            messages.error(request, str(refusal))
        return redirect("marac-action", pk)
    [row] = action_rows([found], user, local_date(at))
    context = {"action": found, "row": row, "form": form}
    return render(request, "meetings/marac_action.html", context)
