"""What social care did for a child: shown with its clocks, and recorded by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.outcome_forms import OutcomeForm
from sightline.actions.outcome_page import outcome_page
from sightline.actions.outcomes import record_outcome
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.screening.models import Screening
from sightline.screening.sight import open_screening
from sightline.sharing.models import Item


@page(Perm.RECORD_OUTCOMES, Perm.SEE_PERSON)
def outcomes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was done for one child; write down more."""
    opened = open_screening(user_of(request), pk, item=Item.ACTIONS, page="outcomes", now=now())
    may = Perm.RECORD_OUTCOMES in user_of(request).perms
    form = OutcomeForm(request.POST if request.method == "POST" and may else None)
    if form.is_bound and form.is_valid() and _recorded(request, opened.screening, form):
        return redirect("outcomes", pk)
    context = {"page": outcome_page(opened, local_date(now())), "form": form, "may": may}
    return render(request, "actions/outcomes.html", context)


def _recorded(request: HttpRequest, screening: Screening, form: OutcomeForm) -> bool:
    """Write it down. Returns whether to show the page anew."""
    try:
        record_outcome(screening=screening, said=form.said(), by=user_of(request), now=now())
    except NotUnderstood as refusal:
        form.refuse(refusal)
        return False
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
        return True
    messages.success(request, "Recorded what was done.")
    return True
