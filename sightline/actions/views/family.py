"""The one screen for the meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.family import family_of
from sightline.actions.presenters import family_page
from sightline.common.clock import now
from sightline.screening.routing import mark_read


@page(Perm.SEE_PERSON)
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a family as far as it has been shared with the user's agency."""
    user, at = user_of(request), now()
    shown = family_page(family_of(user, pk, now=at), user, at)
    mark_read(incident_id=pk, by=user, now=at)
    return render(request, "actions/family.html", {"family": shown})
