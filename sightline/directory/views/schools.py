"""Schools: who is told in each, whether that was confirmed, and the days on which it is open."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import ROLES, Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.sent import key_in
from sightline.directory import commands
from sightline.directory.chasing import schools_kept
from sightline.directory.forms import ClosedForm, KeyAdultForm, TermsForm, as_written
from sightline.directory.models import ClosureDay, KeyAdult, School
from sightline.directory.presenters import school_row
from sightline.directory.queries import calendar_of, open_schools

A_PAGE = 25
TOLD = [code for code, role in ROLES.items() if Perm.RECEIVE_NOTICES in role.perms]


@page(Perm.CHASE_SCHOOLS)
def schools(request: HttpRequest) -> HttpResponse:
    """List the schools, those whose names are oldest first."""
    kept = schools_kept(open_schools(), local_date(now()))
    rows = sorted((school_row(one) for one in kept), key=lambda row: row.order)
    listed = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/schools.html", {"page": listed})


@page(Perm.RECEIVE_NOTICES)
def own_school(request: HttpRequest) -> HttpResponse:
    """Lead to the user's own school; an officer of the council to all of them."""
    user = user_of(request)
    own = School.objects.filter(agency=user.agency_id).first()
    if own is not None:
        return redirect("school", own.pk)
    if Perm.CHASE_SCHOOLS in user.perms:
        return redirect("schools")
    raise Http404


@page(Perm.RECEIVE_NOTICES, Perm.CHASE_SCHOOLS)
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is told in a school and when it is open; take what is new about either."""
    user = user_of(request)
    found = get_object_or_404(School, pk=pk, agency__closed_on=None)
    if found.agency_id != user.agency_id and Perm.CHASE_SCHOOLS not in user.perms:
        raise Http404
    asked = request.POST.get("do", "")
    bound: dict[str, Any] = {
        "name": KeyAdultForm(_people(found), request.POST if asked == "name" else None),
        "close": ClosedForm(request.POST if asked == "close" else None),
        "terms": _terms_form(found, request.POST if asked == "terms" else None),
    }
    form = bound.get(asked)
    if request.method == "POST" and (form is None or form.is_valid()):
        _carry_out(request, found, asked, form)
        return redirect("school", pk)
    [kept] = schools_kept([found], local_date(now()))
    context = {
        "row": school_row(kept), "people": kept.people, "bound": bound,
        "form": form or bound["name"], "closed": _closed(found),
        "own": found.agency_id == user.agency_id,
    }  # fmt: skip
    return render(request, "directory/school.html", context)


def _people(school: School) -> list[User]:
    """Those of the school who can sign in and read messages."""
    return list(
        User.objects.filter(agency=school.agency_id, is_active=True, roles__overlap=TOLD)
        .order_by("name")
    )  # fmt: skip


def _terms_form(school: School, data: Any) -> TermsForm:
    own = school.terms.order_by("first").values_list("first", "last")
    return TermsForm(data, initial={"terms": as_written(own)})


def _closed(school: School) -> list[ClosureDay]:
    return list(school.closures.filter(on__gte=local_date(now())).order_by("on"))


def _carry_out(request: HttpRequest, school: School, asked: str, form: forms.Form | None) -> None:
    """Do what was asked for and say so, or say why not."""
    doing: dict[str, Callable[[], str]] = {
        "confirm": lambda: _confirm(request, school),
        "end": lambda: _end(request, school),
        "open": lambda: _open(request, school),
        "name": lambda: _name(request, school, form),
        "close": lambda: _close(request, school, form),
        "terms": lambda: _terms(request, school, form),
    }
    try:
        if asked in doing:
            messages.success(request, doing[asked]())
    except (WrongMoment, NotUnderstood) as refusal:
        messages.error(request, str(refusal))


def _confirm(request: HttpRequest, school: School) -> str:
    commands.confirm_key_adults(school=school, by=user_of(request), now=now())
    return "Thank you. They are confirmed as of today."


def _end(request: HttpRequest, school: School) -> str:
    pk = request.POST.get("key_adult", "")
    one = get_object_or_404(KeyAdult, pk=key_in(pk), school=school)
    commands.end_key_adult(key_adult=one, by=user_of(request), now=now())
    return f"{one.user.name} is not told any more."


def _open(request: HttpRequest, school: School) -> str:
    pk = request.POST.get("closed", "")
    day = get_object_or_404(ClosureDay, pk=key_in(pk), school=school)
    commands.open_on(school=school, on=day.on, by=user_of(request), now=now())
    return "The school is open on that day. Messages go by it."


def _name(request: HttpRequest, school: School, form: Any) -> str:
    user = get_object_or_404(User, pk=form.cleaned_data["user"])
    deputy = form.cleaned_data["part"] == "deputy"
    commands.choose_key_adult(
        school=school, user=user, deputy=deputy, by=user_of(request), now=now()
    )
    return f"{user.name} is told from now on."


def _close(request: HttpRequest, school: School, form: Any) -> str:
    commands.close_on(school=school, by=user_of(request), now=now(), **form.cleaned_data)
    return "The school is closed on that day. Messages go by it."


def _terms(request: HttpRequest, school: School, form: Any) -> str:
    terms = form.cleaned_data["terms"]
    commands.keep_terms(terms, school=school, by=user_of(request), now=now())
    known = calendar_of(school).terms
    return f"The school goes by {len(known)} terms. Messages go by them."
