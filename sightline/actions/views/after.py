"""What stands beside and after decisions: dissent, the letter for the record, minutes."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.models import Agency, User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.letter import letter_of
from sightline.actions.minutes import minutes_of
from sightline.actions.words import outcome_name
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.sent import key_in
from sightline.common.words import moment
from sightline.meetings.dissenting import STANDING_DISSENTS, record_dissent, withdraw_dissent
from sightline.meetings.models import Decision, Dissent
from sightline.meetings.queries import meeting_or_404
from sightline.screening.presenters import child_words
from sightline.screening.sight import Opened, open_screening
from sightline.screening.views.scale import other_agencies
from sightline.screening.wording import suggest_wording
from sightline.sharing.models import Item


class DissentForm(forms.Form):
    """Which agency does not agree, and its words."""

    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(), label="Agency", empty_label="Choose an agency",
        error_messages={"required": "Choose the agency"},
    )  # fmt: skip
    words = forms.CharField(
        label="With what it does not agree, and why, in its own words", widget=forms.Textarea,
        error_messages={"required": "Say with what it does not agree, and why"},
    )  # fmt: skip

    def __init__(self, agencies: list[Agency], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies])  # type: ignore[attr-defined]
        if len(agencies) == 1:
            field.initial = agencies[0].pk


@page(Perm.ATTEND_MEETINGS)
def dissent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which agencies do not agree with a decision; write down that one does not."""
    user = user_of(request)
    decision, opened = _open(user, pk, "dissent")
    agencies = _speaks_for(user)
    form = DissentForm(agencies, request.POST if "words" in request.POST else None)
    if request.method == "POST" and _done(request, decision, form):
        return redirect("decision-dissent", pk)
    every = Dissent.objects.filter(decision=decision).select_related("agency", "recorded_by")
    every = every.order_by("pk")
    whole = opened.sight.sees_all(Item.DECISION)
    if not whole:  # words of others may speak of people who were not shared
        every = every.filter(agency=user.agency_id)
    context = {
        "decision": decision, "form": form, "dissents": every,
        "child": child_words(opened.screening.mention, opened.child, local_date(now())),
        "words": f"{outcome_name(decision)}, {moment(decision.decided_at)}",
        "may_speak_for": {agency.pk for agency in agencies},
    }  # fmt: skip
    return render(request, "meetings/dissent.html", context)


def _open(user: User, pk: int, on_page: str) -> tuple[Decision, Opened]:
    """Load a decision that the user may see, and what may be seen of its child; else 404."""
    related = ("screening__incident", "decided_by__agency", "meeting")
    found = Decision.objects.select_related(*related).prefetch_related(STANDING_DISSENTS)
    decision = found.filter(pk=pk).first()
    if decision is None:
        raise Http404
    opened = open_screening(
        user, decision.screening_id, item=Item.DECISION, page=on_page, now=now()
    )
    return decision, opened


def _speaks_for(user: User) -> list[Agency]:
    """The agencies for which a user may write dissent down: their own; any, for who runs it."""
    if Perm.RUN_MEETINGS in user.perms:
        return [user.agency, *other_agencies(user)]
    return [user.agency]


def _done(request: HttpRequest, decision: Decision, form: DissentForm) -> bool:
    by = user_of(request)
    try:
        if number := request.POST.get("withdraw", ""):
            pk = key_in(number)
            standing = Dissent.objects.filter(decision=decision, pk=pk).first()
            if standing is None:
                raise WrongMoment("There is no such dissent.")
            withdraw_dissent(dissent=standing, by=by, now=now())
            messages.success(request, "Taken back. It stays in the record.")
            return True
        if not form.is_valid():
            return False
        seen = {int(one) for one in request.POST.getlist("seen") if one.isdecimal()}
        kept = record_dissent(decision=decision, by=by, now=now(), seen=seen, **form.cleaned_data)
        messages.success(request, f"Recorded: {kept.agency.name} dissents.")
        suggest_wording(request, kept, words=kept.words)
    except (NotUnderstood, WrongMoment) as refusal:
        if not form.is_bound:
            messages.error(request, str(refusal))
            return True
        form.add_error(None, str(refusal))
        return False
    return True


@page(Perm.ATTEND_MEETINGS)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a decision as a letter for the record."""
    decision, opened = _open(user_of(request), pk, "letter")
    back = reverse("family", args=[decision.screening.incident_id])
    shown = letter_of(decision, opened)
    return render(request, "meetings/letter.html", {"letter": shown, "back": back})


@page(Perm.ATTEND_MEETINGS)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the minutes of a meeting."""
    user = user_of(request)
    shown = minutes_of(meeting_or_404(user, pk), user, now())
    return render(request, "meetings/minutes.html", {"minutes": shown})
