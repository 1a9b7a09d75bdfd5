"""The pages of files: the list, uploading one, choosing its columns, what became of its rows."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.models import User
from sightline.access.queries import page, require
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.audit.commands import record
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.spreadsheets import csv_response, xlsx_response
from sightline.intake.files import presenters
from sightline.intake.files.forms import UploadForm
from sightline.intake.files.mapping import apart, together
from sightline.intake.files.reading_table import Table, open_table
from sightline.intake.files.refused import refused_table
from sightline.intake.imports import choose_columns, start_import, suggested_columns, upload
from sightline.intake.models import ImportFile, ImportKind

A_PAGE = 25
LOOK_AGAIN = "3"  # seconds
RESPONSES = {"csv": csv_response, "xlsx": xlsx_response}


def _who(request: HttpRequest) -> User:
    return require(request.user, Perm.IMPORT_FILES)


def _files() -> QuerySet[ImportFile]:
    return ImportFile.objects.defer("content").select_related("sender")


@page(Perm.IMPORT_FILES)
def imports(request: HttpRequest) -> HttpResponse:
    """List the files, newest first."""
    files = _files().annotate(refused_rows=Count("refused")).order_by("-uploaded_at", "-pk")
    listed = Paginator(files, A_PAGE).get_page(request.GET.get("page"))
    refused = {file.pk: file.refused_rows for file in listed}  # type: ignore[attr-defined]
    rows = [presenters.FileRow.of(file, refused[file.pk]) for file in listed]
    return render(request, "intake/imports.html", {"page": listed, "rows": rows})


@page(Perm.IMPORT_FILES)
def import_upload(request: HttpRequest) -> HttpResponse:
    """Upload a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = _upload(form, _who(request))
        if file is not None:
            return _to_the_next_page(request, file)
    return render(request, "intake/import_upload.html", {"form": form})


def _upload(form: UploadForm, by: User) -> ImportFile | None:
    given = form.cleaned_data["file"]
    try:
        return upload(
            content=given.read(), name=given.name, kind=form.cleaned_data["kind"],
            sender=form.cleaned_data["sender"], by=by, history=form.cleaned_data["history"],
            now=now(),
        )  # fmt: skip
    except NotUnderstood as problem:
        for reason in problem.reasons:
            form.add_error("file", reason)
        return None


def _to_the_next_page(request: HttpRequest, file: ImportFile) -> HttpResponse:
    if file.started_at is None:
        return redirect("import-columns", file.pk)
    messages.warning(request, "This file has been uploaded before. This is what became of it.")
    return redirect("import-file", file.pk)


@page(Perm.IMPORT_FILES)
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is which, and start."""
    file = get_object_or_404(ImportFile.objects.select_related("sender"), pk=pk)
    if file.started_at is not None:
        return redirect("import-file", pk)
    table = open_table(bytes(file.content))
    chosen = suggested_columns(file, table.header)
    reasons: list[str] = []
    if request.method == "POST":
        chosen = _chosen(request, table.header)
        try:
            return _start(request, file, chosen)
        except NotUnderstood as problem:
            reasons = problem.reasons
        except WrongMoment:
            return redirect("import-file", pk)
    return _columns_page(request, file, table, chosen, reasons)


def _chosen(request: HttpRequest, header: Sequence[str]) -> dict[str, str]:
    return {
        name: together(request.POST.get(f"who-{place}", ""), request.POST.get(f"field-{place}", ""))
        for place, name in enumerate(header)
    }


def _start(request: HttpRequest, file: ImportFile, chosen: dict[str, str]) -> HttpResponse:
    by = _who(request)
    choose_columns(file=file, columns=chosen, by=by, now=now())
    start_import(file=file, by=by, now=now())
    messages.success(request, "The file is being taken in. Its columns are kept for the next one.")
    return redirect("import-file", file.pk)


def _columns_page(
    request: HttpRequest,
    file: ImportFile,
    table: Table,
    chosen: dict[str, str],
    reasons: Sequence[str],
) -> HttpResponse:
    record("import.first_values_shown", file, by=_who(request), at=now())
    by_person = _by_person(request, file, chosen)
    context = {
        "file": presenters.FileRow.of(file, 0),
        "rows": presenters.column_rows(table, chosen),
        "fields": presenters.field_choices(file.kind, by_person),
        "whom": [] if by_person else presenters.who_choices(),
        "by_person": by_person,
        "two_layouts": file.kind == ImportKind.NOTIFICATIONS,
        "needed": presenters.needed(file.kind),
        "as_last_time": bool(file.columns),
        "reasons": reasons,
    }
    return render(request, "intake/import_columns.html", context)


def _by_person(request: HttpRequest, file: ImportFile, chosen: dict[str, str]) -> bool:
    """Whether a row is one person: as asked for, else as the columns look."""
    if file.kind != ImportKind.NOTIFICATIONS:
        return True
    asked = request.POST.get("layout") or request.GET.get("layout")
    if asked in ("people", "notifications"):
        return asked == "people"
    return not any(apart(name)[0] for name in chosen.values())


@page(Perm.IMPORT_FILES)
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a file is and which rows were refused; looks again by itself while it runs."""
    file = get_object_or_404(_files(), pk=pk)
    refused = Paginator(file.refused.defer("row"), A_PAGE).get_page(request.GET.get("page"))
    count = refused.paginator.count
    context = {
        "file": presenters.FileRow.of(file, count),
        "record": file,
        "counts": presenters.counts_of(file, count),
        "page": refused,
        "running": file.started_at is not None and file.finished_at is None,
    }
    response = render(request, "intake/import_file.html", context)
    if context["running"]:
        response["Refresh"] = LOOK_AGAIN
    return response


@page(Perm.IMPORT_FILES)
@recently_signed_in
def import_refused(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Download the refused rows with what to do, to be corrected and sent again."""
    file = get_object_or_404(_files(), pk=pk)
    if form not in RESPONSES:
        raise Http404
    header, rows = refused_table(file)
    record("import.refused_downloaded", file, by=_who(request), at=now(), form=form)
    return RESPONSES[form](f"refused-rows-of-import-{pk}", header, rows)
