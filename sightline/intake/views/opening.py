"""How the views of a draft begin: load it, see that it is the user's and not sent, or say so."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.common.errors import WrongMoment
from sightline.intake import drafts
from sightline.intake.models import Draft

View = Callable[..., HttpResponse]


def who(request: HttpRequest) -> User:
    """Return the user, who may send notifications."""
    return require(request.user, Perm.SEND_NOTIFICATION)


def new_key(request: HttpRequest) -> UUID:
    """Return the key that the page made for its draft, so that a double click makes one draft."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def draft_or_404(request: HttpRequest, key: UUID) -> Draft:
    """Return a draft of the user; anybody else's does not exist."""
    try:
        return drafts.mine(who(request), key)
    except Draft.DoesNotExist:
        raise Http404 from None


def with_unsent_draft(view: View) -> View:
    """Give the view an unsent draft instead of its key. A sent one leads to its receipt."""

    @wraps(view)
    def opened(request: HttpRequest, key: UUID, **rest: Any) -> HttpResponse:
        draft = draft_or_404(request, key)
        try:
            drafts.must_be_unsent(draft)
            return view(request, draft, **rest)
        except WrongMoment as too_late:
            return _too_late(request, draft, str(too_late))

    return opened


def _too_late(request: HttpRequest, draft: Draft, why: str) -> HttpResponse:
    """Say why what was written cannot be kept, and give it back."""
    draft.refresh_from_db()
    if request.method != "POST":
        if draft.notification is None:
            raise Http404
        return redirect("notification-receipt", draft.notification.pk)
    written = [
        ", ".join(values)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and any(values)
    ]
    context = {"why": why, "draft": draft, "written": written}
    return render(request, "intake/too_late.html", context, status=409)
