"""Filling in a notification: the start, a page a thing, check and send. The people: beside this."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.queries import page
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood
from sightline.common.words import moment
from sightline.intake import drafts
from sightline.intake.form.checking import check_page
from sightline.intake.form.filled import Filled
from sightline.intake.form.sections import SECTIONS, Section, first_incomplete, section_of
from sightline.intake.models import Draft
from sightline.intake.views.opening import draft_or_404, new_key, who, with_unsent_draft

VERSION = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class Problem:
    """Why a draft could not be sent, and the version as which it can be."""

    reasons: list[str]
    next_version: int | None = None


@page(Perm.SEND_NOTIFICATION)
def start(request: HttpRequest) -> HttpResponse:
    """Say what will be asked; start a draft, or go on with one."""
    if request.method == "POST":
        try:
            draft = drafts.start(key=new_key(request), by=who(request), now=now())
        except Draft.DoesNotExist:
            raise Http404 from None
        return redirect("notification-page", draft.key, SECTIONS[0].slug)
    unsent = [(draft, _go_on(draft)) for draft in drafts.unsent(who(request))]
    return render(request, "intake/start.html", {"key": uuid4(), "unsent": unsent})


@page(Perm.SEND_NOTIFICATION)
@with_unsent_draft
def section_page(request: HttpRequest, draft: Draft, slug: str) -> HttpResponse:
    """Ask what one section asks."""
    here = section_of(slug)
    if here is None or here.form is None:
        raise Http404
    form = here.form(Filled(draft.data), data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        drafts.change(
            key=draft.key, by=who(request), what=lambda f: form.put_into(f, None), now=now()
        )
        return redirect(_after(request, draft, here))
    return render(request, "intake/section.html", {"form": form, "draft": draft, "section": here})


@page(Perm.SEND_NOTIFICATION)
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show everything that is filled in, and what is missing; send it."""
    draft = draft_or_404(request, key)
    problem = _send(request, draft) if request.method == "POST" else None
    draft.refresh_from_db()
    if draft.notification is not None:
        return redirect("notification-receipt", draft.notification.pk)
    shown = check_page(key, Filled(draft.data), now())
    context = {"draft": draft, "check": shown, "problem": problem, "last": SECTIONS[-1].slug}
    return render(request, "intake/check.html", context)


@page(Perm.SEND_NOTIFICATION)
@with_unsent_draft
def discard(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Throw a draft away, after asking."""
    if request.method != "POST":
        return render(request, "intake/discard.html", {"draft": draft})
    drafts.discard(key=draft.key, by=who(request))
    messages.success(request, "The draft has been thrown away.")
    return redirect("notification-start")


def _after(request: HttpRequest, draft: Draft, here: Section) -> str:
    """Return the address of the page after a section: the check page for who came from there."""
    if request.GET.get("then") == "check" or here.next is None:
        return reverse("notification-check", args=[draft.key])
    return reverse("notification-page", args=[draft.key, here.next.slug])


def _go_on(draft: Draft) -> str:
    """Return the address of the first page of a draft with something missing."""
    section = first_incomplete(Filled(draft.data))
    if section is None:
        return reverse("notification-check", args=[draft.key])
    return reverse("notification-page", args=[draft.key, section.slug])


def _send(request: HttpRequest, draft: Draft) -> Problem | None:
    version = request.POST.get("version", "")
    as_version = int(version) if VERSION.fullmatch(version) else None
    try:
        drafts.send(key=draft.key, by=who(request), now=now(), version=as_version)
    except NotUnderstood as error:
        return Problem(error.reasons)
    except drafts.CameBefore as error:
        return Problem([_came_before(error)], error.next_version)
    return None


def _came_before(error: drafts.CameBefore) -> str:
    before = error.before
    return (
        f"Reference {before.reference}, version {before.version} came on "
        f"{moment(before.received_at)} with other content (receipt {before.receipt}). If this "
        f"corrects it, send it as version {error.next_version}. If it is another incident, change "
        "the reference."
    )
