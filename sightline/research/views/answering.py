"""What an agency is asked: its list for the day, many answered at once, one after the other."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.listing import page_of_seen
from sightline.common.words import plural
from sightline.research.answering import Giver, answer, answer_nothing
from sightline.research.forms import ToldForm, told_forms
from sightline.research.models import How, ResearchRequest
from sightline.research.presenters import (
    PAPER_PROMPTS,
    RequestRow,
    answer_stands,
    request_row,
    request_shown,
)
from sightline.research.queries import Seen, answered_by, asked_of, own_or_404, seen_of
from sightline.screening.wording import suggest_wording

A_PAGE = 25
LATELY = 10


@page(Perm.ANSWER_RESEARCH)
def research_list(request: HttpRequest) -> HttpResponse:
    """List what the user's agency is asked, nearest deadline first; names only when asked for."""
    user, at = user_of(request), now()
    listed = page_of_seen(asked_of(user, at), request.GET.get("page"), size=A_PAGE)
    names = "names" in request.GET
    lately = page_of_seen(answered_by(user, at), "1", size=LATELY)
    if names:
        rows, answered = _rows(request, listed, names=True), _rows(request, lately, names=False)
    else:  # read together: behind the wall each question costs
        both = _rows(request, [*listed, *lately], names=False)
        rows, answered = both[: len(listed)], both[len(listed) :]
    context = {
        "page": listed, "rows": rows, "names": names, "answered": answered, "agency": user.agency,
    }  # fmt: skip
    return render(request, "research/list.html", context)


def _rows(
    request: HttpRequest, requests: Iterable[ResearchRequest], *, names: bool
) -> list[RequestRow]:
    """The rows of a list; whoever is named was looked at."""
    user, at = user_of(request), now()
    seen = seen_of(user, list(requests), page="research list", now=at, log=names)
    return [request_row(one, at, names=names) for one in seen]


@page(Perm.ANSWER_RESEARCH)
def research_nothing(request: HttpRequest) -> HttpResponse:
    """Show by name of whom nothing is known, of those that were ticked; take that it is so."""
    posted = " ".join(request.POST.getlist("request")).split()
    ticked = [int(pk) for pk in posted if pk.isdecimal()]
    user, at = user_of(request), now()
    wanted = list(asked_of(user, at).filter(pk__in=ticked))
    if request.method != "POST" or not wanted:
        messages.info(request, "Tick those of whom nothing is known first.")
        return redirect("research-list")
    if "sure" in request.POST:
        answered = answer_nothing(requests=wanted, by=user, now=at)
        messages.success(request, f"Nothing known: {plural(len(answered), 'question')} answered.")
        return redirect("research-list")
    seen = seen_of(user, wanted, page="research list", now=at)
    rows = [request_row(one, at, names=True) for one in seen]
    return render(request, "research/nothing.html", {"rows": rows})


@page(Perm.ANSWER_RESEARCH)
def research_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom the agency is asked about and why; take what it knows, or that it is nothing."""
    user, at = user_of(request), now()
    seen = own_or_404(user, pk, page="research", now=at)
    forms = told_forms(seen.about, request.POST if "answer" in request.POST else None)
    if request.method == "POST" and _answered(request, seen, forms):
        return redirect("research-list")
    # Of what was refused: another may have answered meanwhile.
    anew = own_or_404(user, pk, page="research", now=at) if request.method == "POST" else seen
    context = {
        "shown": request_shown(seen, at),
        "forms": forms,
        "stands": answer_stands(anew),
        "people": list(zip(request_shown(seen, at).people, forms, strict=True)),
    }
    return render(request, "research/request.html", context)


def _answered(request: HttpRequest, seen: Seen, forms: list[ToldForm]) -> bool:
    """Keep what was answered. Returns whether there is nothing more to do on this page."""
    user, at = user_of(request), now()
    try:
        if "nothing" in request.POST:
            answer_nothing(requests=[seen.request], by=user, now=at)
            messages.success(request, "Nothing known: that is an answer. Thank you.")
            return True
        if "answer" not in request.POST or not all(form.is_valid() for form in forms):
            return False
        keep_answer(request, seen, forms, Giver(How.OWN, by=user))
        messages.success(request, "Answered. The screening team sees it now. Thank you.")
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def keep_answer(request: HttpRequest, seen: Seen, forms: list[ToldForm], giver: Giver) -> None:
    """Answer with what stands in the forms, and suggest better words where there are any."""
    pairs = zip(seen.about, forms, strict=True)
    says = {about.asked.pk: form.says for about, form in pairs}
    showed = request.POST.get("seen", "")
    before = int(showed) if showed.isdecimal() else None
    kept = answer(request=seen.request, says=says, giver=giver, seen=before, now=now())
    suggest_wording(request, kept, **{f"p{pk}": one.matters for pk, one in says.items()})


@page(Perm.ANSWER_RESEARCH)
def research_paper(request: HttpRequest) -> HttpResponse:
    """Every prompt of the day's list on paper, a page for each question."""
    user, at = user_of(request), now()
    seen = seen_of(user, list(asked_of(user, at)[:A_PAGE]), page="research paper", now=at)
    shown = [request_shown(one, at) for one in seen]
    return render(
        request,
        "research/paper.html",
        {"shown": shown, "back": "research-list", "prompts": PAPER_PROMPTS},
    )
