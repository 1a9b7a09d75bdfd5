"""What came of a notification, on the page of whoever sent it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.feedback import read_feedback
from sightline.actions.feedback_page import feedback_page
from sightline.common.clock import now


@page(Perm.SEND_NOTIFICATION)
@require_safe
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far it is and what may be known; that it was read is written down."""
    shown = feedback_page(user_of(request), pk, now=now())
    if shown.feedback is not None:
        read_feedback(feedback=shown.feedback, by=user_of(request), now=now())
    context = {"page": shown, "front_door": settings.FRONT_DOOR}
    return render(request, "actions/feedback.html", context)
