"""Audits of files: the list, a file drawn by chance, the form, and one audit."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.assurance.commands import record_audit, withdraw_audit
from sightline.assurance.forms import AuditForm, WithdrawForm
from sightline.assurance.models import FileAudit
from sightline.assurance.presenters import findings, rows_of
from sightline.assurance.queries import audit_or_404, audits_for, drawn_by_chance, file_or_404
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.words import day
from sightline.rules.assurance.themes import audit_on
from sightline.screening.presenters import child_words
from sightline.screening.sight import Opened

A_PAGE = 25


@page(Perm.AUDIT_FILES)
@require_safe
def file_audits(request: HttpRequest) -> HttpResponse:
    """List the audits of files of children whom the user may see."""
    found = Paginator(audits_for(user_of(request), now()), A_PAGE)
    shown = found.get_page(request.GET.get("page"))
    context = {"page": shown, "rows": rows_of(shown.object_list)}
    return render(request, "assurance/audits.html", context)


@page(Perm.AUDIT_FILES)
@require_POST
def draw_file(request: HttpRequest) -> HttpResponse:
    """Go to a file drawn by chance: chosen by hand, files would be the ones people remember."""
    drawn = drawn_by_chance(user_of(request), now())
    if drawn is None:
        messages.error(request, "Every file of the last year that you may see has been audited.")
        return redirect("file-audits")
    return redirect("file-audit-new", drawn.pk)


@page(Perm.AUDIT_FILES)
def audit_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask theme by theme what the file of one child holds; keep it."""
    opened = file_or_404(user_of(request), pk, now())
    form = AuditForm(audit_on(local_date(now())), request.POST or None)
    if form.is_valid() and (kept := _keep(request, opened, form)):
        messages.success(request, "The audit is recorded, and counted in the figures.")
        return redirect("file-audit", kept.pk)
    context = {"form": form, "screening": opened.screening, "child": _child(opened)}
    return render(request, "assurance/audit_new.html", context)


def _keep(request: HttpRequest, opened: Opened, form: AuditForm) -> FileAudit | None:
    """Record the audit. Returns None where it was refused."""
    said = form.cleaned_data
    try:
        return record_audit(
            key=said["key"], screening=opened.screening, council=said["council"],
            found=form.found, learning=said["learning"], by=user_of(request), now=now(),
        )  # fmt: skip
    except NotUnderstood as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
    except WrongMoment as refusal:
        form.add_error(None, str(refusal))
    return None


@page(Perm.AUDIT_FILES)
def file_audit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one audit; withdraw it where it was recorded by mistake."""
    audit, opened = audit_or_404(user_of(request), pk, now())
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        _withdraw(request, audit, form.cleaned_data["because"])
        return redirect("file-audit", pk)
    ours = audit.recorded_by.agency_id == user_of(request).agency_id
    context = {
        "audit": audit, "findings": findings(audit), "child": _child(opened), "form": form,
        "may_withdraw": ours and audit.withdrawn_at is None,
        "incident": day(opened.screening.incident.started_at),
    }  # fmt: skip
    return render(request, "assurance/audit.html", context)


def _withdraw(request: HttpRequest, audit: FileAudit, because: str) -> None:
    try:
        withdraw_audit(audit=audit, because=because, by=user_of(request), now=now())
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))
        return
    messages.success(request, "Withdrawn. It can still be read, and counts for nothing.")


def _child(opened: Opened) -> str:
    return str(child_words(opened.screening.mention, opened.child, local_date(now())))
