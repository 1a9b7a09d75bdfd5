"""The police's own list of incidents with a child, pasted by hand where no machine sends it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.listing import page_of_all
from sightline.common.words import plural
from sightline.encompass.listed_form import ListedForm
from sightline.encompass.reconciling import list_incidents, not_notified

MOST = 100  # shown: with more missing than that something else is wrong


@page(Perm.SEND_NOTIFICATION)
def listed_incidents(request: HttpRequest) -> HttpResponse:
    """Take a list; show what the user's agency listed and sent no notification of."""
    agency, form = user_of(request).agency, ListedForm(request.POST or None)
    if form.is_valid():
        new = list_incidents(form.cleaned_data["lines"], sender=agency, now=now())
        said = plural(len(form.cleaned_data["lines"]), "incident")
        messages.success(request, f"{said} listed, {new} of them new.")
        return redirect("listed-incidents")
    # Without names. As its reader, to whom no incident is open, none would have come.
    missing = page_of_all(not_notified(now()).filter(sender=agency), "1", size=MOST)
    return render(request, "encompass/listed.html", {"form": form, "missing": missing})
