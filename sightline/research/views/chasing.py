"""For the team: what is not answered, whom to ring, what came on paper, asking others by hand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.cover import Cover, cover_of
from sightline.access.models import Agency, AgencyKind
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import ChangedMeanwhile, NotUnderstood, WrongMoment
from sightline.people.models import Incident
from sightline.research.answering import Giver
from sightline.research.commands import ask_by_hand, choose_agency, withdraw
from sightline.research.family import agency_line, cover_for
from sightline.research.forms import AgencyForm, AskForm, OnBehalfForm, ReasonForm, told_forms
from sightline.research.models import How
from sightline.research.presenters import PAPER_PROMPTS, answer_stands, request_row, request_shown
from sightline.research.queries import MOST, Seen, chased_or_404, in_this_order, seen_of, to_chase
from sightline.research.views.answering import keep_answer
from sightline.rules.research.services import Service
from sightline.screening.sight import Sight, sight_of
from sightline.sharing.queries import log_reads
from sightline.sharing.sheltering import streets_of

A_PAGE = 25


@page(Perm.CHASE_AGENCIES)
def research_chase(request: HttpRequest) -> HttpResponse:
    """List what agencies have not answered, with whom to ring; no names of whom it is about."""
    user, at = user_of(request), now()
    waiting = to_chase(user, at)
    late = sum(due <= at for _, due in waiting)
    listed = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    wanted = in_this_order([pk for pk, _ in listed])
    seen = seen_of(user, wanted, page="research chase", now=at, log=False)
    agencies = {one.request.agency_id for one in seen if one.request.agency_id}
    cover = cover_of(agencies, Perm.ANSWER_RESEARCH, local_date(at))
    streets = streets_of((one.request.incident_id for one in seen), user, at)
    rows = [
        request_row(
            one, at, cover=cover.get(one.request.agency_id or 0, Cover()),
            place=streets.get(one.request.incident_id, ""),
        )
        for one in seen
    ]  # fmt: skip
    context = {"page": listed, "rows": rows, "late": late, "more": len(waiting) == MOST}
    return render(request, "research/chase.html", context)


@page(Perm.CHASE_AGENCIES)
def research_chase_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question and what came of it; key in an answer, choose the agency, withdraw it."""
    user, at = user_of(request), now()
    seen = chased_or_404(user, pk, page="research chase", now=at)
    asked = request.POST.get("do", "")
    forms = _Forms(request, seen, asked)
    if _done(request, seen, forms, asked):
        return redirect("research-chase-one", pk)
    # Of what was refused: another may have answered meanwhile.
    anew = chased_or_404(user, pk, page="research chase", now=at) if asked else seen
    line = agency_line(anew.read, anew.about, cover_for([anew.read], at), user, at)
    shown = request_shown(seen, at)
    context = {
        "shown": shown, "line": line, "forms": forms, "incident": seen.request.incident_id,
        "stands": answer_stands(anew),
        "people": list(zip(shown.people, forms.told, strict=True)),
    }  # fmt: skip
    return render(request, "research/chase_one.html", context)


class _Forms:
    """The forms of the page, each with what was sent if it was sent."""

    def __init__(self, request: HttpRequest, seen: Seen, asked: str) -> None:
        keyed = request.POST if asked == "answer" else None
        self.told = told_forms(seen.about, keyed)
        self.on_behalf = OnBehalfForm(keyed)
        self.reason = ReasonForm(request.POST if asked == "withdraw" else None)
        able = able_to_answer(seen.request.service)
        self.agency = AgencyForm(able, request.POST if asked == "choose" else None)


def able_to_answer(service: str) -> QuerySet[Agency]:
    """Return the agencies that answer for a service, in order of name."""
    open_still = Agency.objects.filter(closed_on__isnull=True)
    if service == Service.SCHOOL:
        return open_still.filter(kind=AgencyKind.SCHOOL)
    return open_still.filter(services__contains=[service])


def _done(request: HttpRequest, seen: Seen, forms: _Forms, asked: str) -> bool:
    """Carry out what was asked for. Returns whether to show the page anew."""
    by, at = user_of(request), now()
    try:
        if asked == "answer" and all(f.is_valid() for f in (*forms.told, forms.on_behalf)):
            giver = Giver(How.PAPER, by=by, told_by=forms.on_behalf.cleaned_data["told_by"])
            keep_answer(request, seen, forms.told, giver)
            messages.success(request, "Keyed in. It is marked as coming from the agency on paper.")
        elif asked == "withdraw" and forms.reason.is_valid():
            withdraw(request=seen.request, by=by, now=at, **forms.reason.cleaned_data)
            messages.success(request, "Withdrawn. The agency does not see it any more.")
        elif asked == "choose" and forms.agency.is_valid():
            agency = forms.agency.cleaned_data["agency"]
            choose_agency(request=seen.request, agency=agency, by=by, now=at)
            messages.success(request, f"{agency.name} is asked now.")
        else:
            return False
    except ChangedMeanwhile as refusal:
        messages.error(request, str(refusal))
        return False
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))
    return True


@page(Perm.CHASE_AGENCIES)
def research_chase_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Every prompt of one question on paper, for an agency that must have paper."""
    at = now()
    seen = chased_or_404(user_of(request), pk, page="research paper", now=at)
    context = {
        "shown": [request_shown(seen, at)],
        "back": "research-chase",
        "prompts": PAPER_PROMPTS,
    }
    return render(request, "research/paper.html", context)


@page(Perm.CHASE_AGENCIES)
def research_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a further agency about people of an incident, with a reason."""
    user, at = user_of(request), now()
    sight = sight_of(user, pk, at)
    if not sight.shown:
        raise Http404
    log_reads(user, dict(sight.answers), page="research ask", now=at)
    form = _ask_form(sight, request)
    if form.is_valid() and _asked(request, pk, sight, form):
        return redirect("family", pk)
    return render(request, "research/ask.html", {"form": form, "incident": pk})


def _ask_form(sight: Sight, request: HttpRequest) -> AskForm:
    agencies = Agency.objects.filter(closed_on__isnull=True)
    people = [(link.mention, link.person) for link in sight.shown]
    return AskForm(agencies, people, request.POST if request.method == "POST" else None)


def _asked(request: HttpRequest, pk: int, sight: Sight, form: AskForm) -> bool:
    agency_id, service = form.agency_and_service
    chosen = set(form.cleaned_data["about"])
    agency = Agency.objects.get(pk=agency_id)
    about = [link.mention for link in sight.shown if link.mention_id in chosen]
    try:
        ask_by_hand(
            incident=Incident.objects.get(pk=pk), agency=agency, service=service, about=about,
            because=form.cleaned_data["because"], by=user_of(request), now=now(),
        )  # fmt: skip
    except (NotUnderstood, WrongMoment) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"{agency.name} is asked.")
    return True
