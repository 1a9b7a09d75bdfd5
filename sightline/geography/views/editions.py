"""The pages of reference files: the list, uploading one, what became of its lines."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.geography import presenters, queries
from sightline.geography.files.lines import HEAD
from sightline.geography.forms import EditionForm
from sightline.geography.importing import About, File, take_file, withdraw
from sightline.geography.models import Edition

A_PAGE = 25
LOOK_AGAIN = "3"  # seconds


def _editions() -> QuerySet[Edition]:
    return Edition.objects.defer("content").select_related("started_by", "withdrawn_by")


@page(Perm.IMPORT_FILES)
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions, by kind, the newest first."""
    at = now()
    rows = Paginator(presenters.listed(at), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": rows, "unfit": presenters.fits(at)}
    return render(request, "geography/editions.html", context)


@page(Perm.IMPORT_FILES)
def edition_upload(request: HttpRequest) -> HttpResponse:
    """Upload a file."""
    form = EditionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        edition = _upload(form, user_of(request))
        if edition is not None:
            messages.success(request, "The file is here. This page says how far it is.")
            return redirect("geography-edition", edition.pk)
    return render(request, "geography/upload.html", {"form": form})


def _upload(form: EditionForm, by: User) -> Edition | None:
    given, said = form.cleaned_data["file"], form.cleaned_data
    if given.size > settings.IMPORT_MAX_BYTES:
        form.add_error("file", _too_large())
        return None
    content = given.read()
    digest = hashlib.sha256(content).hexdigest()
    file = File(given.name, content[:HEAD], digest, len(content), content)
    about = About(said["vintage"], said["source"], said["holds_from"], said["councils"])
    try:
        return take_file(file=file, about=about, by=by, now=now())
    except NotUnderstood as problem:
        for reason in problem.reasons:
            form.add_error("councils" if "council" in reason else "file", reason)
        return None


def _too_large() -> str:
    most = settings.IMPORT_MAX_BYTES // (1024 * 1024)
    return (
        f"The file is larger than {most} MB. Take the postcodes of your area alone (the directory "
        "has a folder with a file for each), or have whoever runs Sightline take it in with "
        "“sightline geography import”."
    )


@page(Perm.IMPORT_FILES)
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a file is and which lines were refused; looks again by itself while it runs."""
    shown = get_object_or_404(_editions(), pk=pk)
    if request.method == "POST":
        return _withdraw(request, shown)
    at = now()
    bad = Paginator(shown.bad_lines.all(), A_PAGE).get_page(request.GET.get("page"))
    in_use = queries.edition_at(shown.kind, at)
    context = {
        "row": presenters.row_of(shown, bad.paginator.count, in_use == shown),
        "edition": shown,
        "counts": presenters.counts_of(shown, bad.paginator.count),
        "page": bad,
        "running": shown.finished_at is None,
        "can_withdraw": bool(shown.finished_at and not shown.failed_because)
        and shown.withdrawn_at is None,
    }
    response = render(request, "geography/edition.html", context)
    if context["running"]:
        response["Refresh"] = LOOK_AGAIN
    return response


def _withdraw(request: HttpRequest, shown: Edition) -> HttpResponse:
    try:
        withdraw(edition=shown, by=user_of(request), now=now())
        messages.success(request, "It is out of use. The edition before it, if any, holds again.")
    except WrongMoment as problem:
        messages.error(request, str(problem))
    return redirect("geography-edition", shown.pk)
