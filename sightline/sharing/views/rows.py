"""The rows of the sharing rules: read, changed, dated and signed by whoever answers for them."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.sent import key_in
from sightline.rules.sharing.describe import cells, headings
from sightline.rules.sharing.pack_file import USUAL
from sightline.rules.sharing.parts import Agreement, Pack
from sightline.sharing.models import SharingRow
from sightline.sharing.row_forms import RowForm, initial_of
from sightline.sharing.row_presenters import version_words
from sightline.sharing.table import change_row, pack_in_force, sign_row, versions_of, waiting

NEW = {"agreement": Agreement.NOT_NEEDED.value, "basis": USUAL}


@page(Perm.KEEP_RULES)
def sharing_rows(request: HttpRequest) -> HttpResponse:
    """List the rows in force today, and the versions that nobody has signed."""
    today = local_date(now())
    pack = pack_in_force(today)
    rows = [(row.id, cells(row, pack)[1:]) for row in pack.rows]
    context = {"pack": pack, "rows": rows, "headings": headings(), "waiting": list(waiting(today))}
    return render(request, "sharing/rows.html", context)


@page(Perm.KEEP_RULES)
@recently_signed_in
def sharing_row_new(request: HttpRequest) -> HttpResponse:
    """Write down a row that is not there yet."""
    moment = now()
    pack = pack_in_force(local_date(moment))
    sent = request.POST if request.method == "POST" else None
    form = RowForm(sent, pack=pack, fixed=False, initial={**NEW, "key": uuid4()})
    if form.is_valid() and _changed(request, form, form.cleaned_data["row"], moment):
        return redirect("sharing-row", form.cleaned_data["row"])
    return render(request, "sharing/row.html", {"form": form, "row": "", "versions": []})


@page(Perm.KEEP_RULES)
@recently_signed_in
def sharing_row(request: HttpRequest, row: str) -> HttpResponse:
    """Show a row with all its versions; change it, or sign a version."""
    moment = now()
    today = local_date(moment)
    pack = pack_in_force(today)
    if "sign" in request.POST:
        return _signed(request, row, moment)
    sent = request.POST if request.method == "POST" else None
    form = RowForm(sent, pack=pack, fixed=True, initial=_initial(pack, row))
    if form.is_valid() and _changed(request, form, row, moment):
        return redirect("sharing-row", row)
    versions = [version_words(one, pack, today) for one in versions_of(row)]
    return render(request, "sharing/row.html", {"form": form, "row": row, "versions": versions})


def _initial(pack: Pack, row: str) -> dict[str, object]:
    """What is in force, or for a row that is not in force yet, or ended, its name alone."""
    there = next((one for one in pack.rows if one.id == row), None)
    if there is None and not versions_of(row).exists():
        raise Http404
    return {**(initial_of(there) if there else {**NEW, "row": row}), "key": uuid4()}


def _changed(request: HttpRequest, form: RowForm, row: str, moment: datetime) -> bool:
    said = form.cleaned_data
    try:
        change_row(
            row=row, content=form.content(), commencement=said["commencement"],
            because=said["because"], key=said["key"], by=user_of(request), now=moment,
        )  # fmt: skip
    except NotUnderstood as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "Written down. It holds once it is signed, from its day on.")
    return True


def _signed(request: HttpRequest, row: str, moment: datetime) -> HttpResponse:
    number = request.POST["sign"]
    version = get_object_or_404(SharingRow, pk=key_in(number), row=row)
    try:
        sign_row(version=version, by=user_of(request), now=moment)
        messages.success(request, "Signed. Open cases follow it within minutes of its day.")
    except WrongMoment as refused:
        messages.error(request, str(refused))
    return redirect("sharing-row", row)
