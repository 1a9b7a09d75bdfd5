"""For the information governance lead: who looked at what, and what is disclosed, with reasons.

Persons are shown by number, not by name: whether a look was right can be judged without knowing
whom it was at, and the lead has no door to the records themselves.
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.models import User
from sightline.access.queries import page
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.audit.models import Read
from sightline.sharing.forms import PersonNumberForm
from sightline.sharing.models import Disclosure

A_PAGE = 25


@page(Perm.SEE_AUDIT)
@recently_signed_in
def audit_reads(request: HttpRequest) -> HttpResponse:
    """List every look at a record, newest first, of all persons or of one."""
    form = PersonNumberForm(request.GET)
    reads = Read.objects.order_by("-at", "-pk")
    if number := form.number():
        reads = reads.filter(person=str(number))
    shown = Paginator(reads, A_PAGE).get_page(request.GET.get("page"))
    users = User.objects.select_related("agency").in_bulk(
        {int(r.by) for r in shown if r.by.isdecimal()}
    )
    rows = [(read, users.get(int(read.by)) if read.by.isdecimal() else None) for read in shown]
    context = {"form": form, "shown": shown, "rows": rows, "number": number}
    return render(request, "sharing/reads.html", context)


@page(Perm.SEE_AUDIT)
@recently_signed_in
def disclosures(request: HttpRequest) -> HttpResponse:
    """List what is disclosed to which agency, newest first, of all persons or of one."""
    form = PersonNumberForm(request.GET)
    entries = Disclosure.objects.select_related("agency", "decided_by").order_by("-pk")
    if number := form.number():
        entries = entries.filter(person_id=number)
    shown = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sharing/disclosures.html", {"form": form, "shown": shown})
