"""Restricted records, by number: who is named, who is kept from them, and who looked."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood
from sightline.common.sent import key_in
from sightline.people.models import KeptFrom, Person
from sightline.sharing.guarded_forms import LiftForm, RestrictForm, SeenForm, WhomForm
from sightline.sharing.models import Caution, Noticed
from sightline.sharing.noticing import cautions, see_caution
from sightline.sharing.restricting import (
    Whom,
    let_in,
    lift,
    meant,
    own_doors,
    restrict,
    restricted,
    restricted_or_404,
    shut_doors,
    unname,
    users_by_email,
)

A_PAGE = 25


@page(Perm.RESTRICT)
@recently_signed_in
def restrictions(request: HttpRequest) -> HttpResponse:
    """List whose records are restricted, the latest first."""
    shown = Paginator(restricted(), A_PAGE).get_page(request.GET.get("page"))
    waits = Caution.objects.filter(seen_at__isnull=True).count()
    return render(request, "sharing/restrictions.html", {"shown": shown, "waits": waits})


@page(Perm.RESTRICT)
@recently_signed_in
def restriction_new(request: HttpRequest) -> HttpResponse:
    """Restrict somebody's record."""
    sent = request.method == "POST"
    form = RestrictForm(request.POST if sent else None)
    if sent and form.is_valid():
        try:
            return _restricted(request, form, now())
        except NotUnderstood as refused:
            form.add_error(None, str(refused))
    return render(request, "sharing/restriction_new.html", {"form": form})


def _restricted(request: HttpRequest, form: RestrictForm, moment: datetime) -> HttpResponse:
    said, by = form.cleaned_data, user_of(request)
    whom = _whom(said)
    person = meant(form.who(), said["person"], by=by, now=moment)
    restrict(person_id=person, because=said["because"], whom=whom, by=by, now=moment)
    messages.success(request, "Restricted from now on.")
    return redirect("restriction", person)


def _whom(said: dict[str, object]) -> Whom:
    return Whom(
        users_by_email(str(said["named"])), users_by_email(str(said["kept_users"])),
        list(said["kept_agencies"]),  # type: ignore[call-overload]
    )  # fmt: skip


@page(Perm.RESTRICT)
@recently_signed_in
def restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who sees a restricted record and who never does; add to both."""
    moment, person = now(), restricted_or_404(pk)
    sent = request.method == "POST"
    form = WhomForm(request.POST if sent else None)
    if sent and form.is_valid():
        try:
            whom = _whom(form.cleaned_data)
            restrict(person_id=pk, because="", whom=whom, by=user_of(request), now=moment)
            messages.success(request, "Recorded.")
            return redirect("restriction", pk)
        except NotUnderstood as refused:
            form.add_error(None, str(refused))
    kept = person.kept_from.filter(ended_at__isnull=True)
    context = {
        "form": form, "person": person, "doors": own_doors(person, moment),
        "shut": shut_doors(person, moment),
        "kept": kept.select_related("user__agency", "agency", "kept_by").order_by("pk"),
        "looks": cautions().filter(person=str(pk), seen_at__isnull=True).count(),
    }  # fmt: skip
    return render(request, "sharing/restriction.html", context)


@page(Perm.RESTRICT)
@recently_signed_in
def restriction_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a restriction; or, sent from its page, end one name or one exclusion."""
    moment, by, person = now(), user_of(request), restricted_or_404(pk)
    if request.method == "POST" and ("kept" in request.POST or "named" in request.POST):
        return _end_one(request, person, by, moment)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lift(person_id=pk, because=form.cleaned_data["because"], by=by, now=moment)
        messages.success(request, "Lifted. Those whose doors stand open see the record again.")
        return redirect("restrictions")
    return render(request, "sharing/restriction_end.html", {"form": form, "person": person})


def _end_one(request: HttpRequest, person: Person, by: User, moment: datetime) -> HttpResponse:
    if number := request.POST.get("kept", ""):
        kept = get_object_or_404(KeptFrom, pk=key_in(number), person=person)
        let_in(kept=kept, by=by, now=moment)
    else:
        named = request.POST.get("named", "")
        user = get_object_or_404(User, pk=key_in(named))
        unname(person=person, user=user, by=by, now=moment)
    messages.success(request, "Recorded.")
    return redirect("restriction", person.pk)


@page(Perm.RESTRICT)
def restricted_looks(request: HttpRequest) -> HttpResponse:
    """List looks at restricted records, those that nobody has seen first."""
    shown = Paginator(cautions(), A_PAGE).get_page(request.GET.get("page"))
    users = _users([caution.by for caution in shown])
    rows = [(one, users.get(one.by), Noticed(one.what).label) for one in shown]
    return render(request, "sharing/restricted_looks.html", {"shown": shown, "rows": rows})


@page(Perm.RESTRICT)
def restricted_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done about one."""
    caution = get_object_or_404(cautions(), pk=pk)
    form = SeenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = form.cleaned_data["done"]
        see_caution(caution=caution, done=done, by=user_of(request), now=now())
        messages.success(request, "Recorded.")
        return redirect("restricted-looks")
    who = _users([caution.by]).get(caution.by)
    context = {"form": form, "caution": caution, "who": who, "what": Noticed(caution.what).label}
    return render(request, "sharing/restricted_look.html", context)


def _users(ids: list[str]) -> dict[str, User]:
    found = User.objects.select_related("agency").in_bulk({int(pk) for pk in ids if pk.isdecimal()})
    return {str(pk): user for pk, user in found.items()}
