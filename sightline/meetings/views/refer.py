"""Referring a pair of an incident to MARAC, by what the record says of each criterion."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.marac.forms import ReferForm
from sightline.meetings.marac.pairs import PairOf, pairs_in
from sightline.meetings.marac.referring import judged, refer_to_marac
from sightline.people.models import Incident
from sightline.rules.meetings.marac import Judged
from sightline.screening.sight import Sight, sight_of
from sightline.screening.wording import suggest_wording
from sightline.sharing.models import Item
from sightline.sharing.queries import log_reads


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
