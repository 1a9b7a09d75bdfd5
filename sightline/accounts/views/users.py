"""The people an administrator looks after: who joins, does something else, stays, leaves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import ROLES, Perm
from sightline.accounts import members
from sightline.accounts.member_forms import AgencyForm, NewUserForm, ReasonForm, RolesForm
from sightline.accounts.presenters import happening, row_of
from sightline.accounts.queries import due, history_of
from sightline.accounts.sealing import seal, unseal
from sightline.accounts.sessions import recently_signed_in
from sightline.accounts.whose import (
    is_the_councils,
    looked_after_by,
    roles_to_give,
    user_or_404,
)
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.words import plural

A_PAGE = 25
CODE = "code_to_hand_over"


@page(Perm.MANAGE_USERS)
def users(request: HttpRequest) -> HttpResponse:
    """List whom the administrator looks after; confirm those who are ticked."""
    mine = looked_after_by(user_of(request))
    if request.method == "POST":
        return _confirm(
            request, [int(pk) for pk in request.POST.getlist("users") if pk.isdecimal()]
        )
    waiting = due(mine, now())
    show = "due" if request.GET.get("show") == "due" else ""
    shown = Paginator(waiting if show else mine, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [row_of(user, now()) for user in shown],
        "show": show,
        "due": waiting.count(),
    }
    return render(request, "accounts/users.html", context)


def _confirm(request: HttpRequest, ticked: list[int]) -> HttpResponse:
    chosen = list(looked_after_by(user_of(request)).filter(pk__in=ticked))
    try:
        confirmed = members.confirm(users=chosen, by=user_of(request), now=now())
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
        return redirect("users")
    if confirmed:
        many = plural(len(confirmed), "person", "people")
        messages.success(request, f"Confirmed: {many} still need access.")
    else:
        messages.warning(request, "Nobody was ticked, so nobody was confirmed.")
    return redirect("users")


@page(Perm.MANAGE_USERS)
@recently_signed_in
def new_user(request: HttpRequest) -> HttpResponse:
    """Add somebody. An administrator of the council first says of which agency."""
    by = user_of(request)
    choosing = AgencyForm(by, request.GET if "agency" in request.GET else None)
    if is_the_councils(by) and not choosing.is_valid():
        return render(request, "accounts/user_agency.html", {"form": choosing})
    agency = choosing.cleaned_data["agency"] if is_the_councils(by) else by.agency
    form = NewUserForm(by, agency, request.POST or None)
    if form.is_valid():
        try:
            user, code = members.join(agency=agency, by=by, now=now(), **form.cleaned_data)
        except NotUnderstood as refusal:
            form.add_error("email", str(refusal))
        else:
            return _added(request, user, code)
    return render(request, "accounts/user_new.html", {"form": form, "agency": agency})


def _added(request: HttpRequest, user: User, code: str) -> HttpResponse:
    if code:
        _keep_code(request, user, code)
        messages.success(request, f"{user.name} is added.")
    else:
        messages.info(request, f"{user.name} was there already; nothing was changed.")
    return redirect("user", user.pk)


@page(Perm.MANAGE_USERS)
@recently_signed_in
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person's access and what was done about it; change it."""
    by = user_of(request)
    them = user_or_404(by, pk)
    pressed = next((name for name in STEPS if name in request.POST), "")
    ending = ReasonForm(request.POST if pressed == "end" else None)
    roles = RolesForm(
        by, them.agency, request.POST if pressed == "set_roles" else None,
        initial={"roles": them.roles},
    )  # fmt: skip
    form = {"end": ending, "set_roles": roles}.get(pressed)
    if pressed and (form is None or form.is_valid()):
        _step(request, them, pressed, form.cleaned_data if form else {})
        return redirect("user", pk)
    givable = {role.code for role in roles_to_give(by, them.agency)}
    context = {
        "them": them, "row": row_of(them, now()), "ending": ending, "roles": roles,
        "form": form or ending, "code": _code_of(request, them),
        "other_roles": _names(set(them.roles) - givable),
        "history": [(event.at, happening(event.what), who) for event, who in history_of(them)],
    }  # fmt: skip
    return render(request, "accounts/user.html", context)


def _names(codes: set[str]) -> list[str]:
    return [role.name for code, role in ROLES.items() if code in codes]


def _step(request: HttpRequest, them: User, pressed: str, said: dict[str, Any]) -> None:
    try:
        done = STEPS[pressed](request, them, **said)
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def _do_confirm(request: HttpRequest, them: User) -> str:
    members.confirm(users=[them], by=user_of(request), now=now())
    return "Confirmed."


def _do_set_roles(request: HttpRequest, them: User, roles: list[str]) -> str:
    members.set_roles(user=them, roles=roles, by=user_of(request), now=now())
    return "The roles are kept."


def _do_end(request: HttpRequest, them: User, because: str) -> str:
    members.end_access(user=them, because=because, by=user_of(request), now=now())
    return "Access is ended. Whatever was open is closed."


def _do_give_back(request: HttpRequest, them: User) -> str:
    _, code = members.give_back(user=them, by=user_of(request), now=now())
    if not code:
        return "There is access already."
    _keep_code(request, them, code)
    return "Access is given back."


def _do_start_anew(request: HttpRequest, them: User) -> str:
    code = members.start_anew(user=them, by=user_of(request), now=now())
    _keep_code(request, them, code)
    return "They can start anew with the code below."


STEPS: dict[str, Callable[..., str]] = {
    "confirm": _do_confirm,
    "set_roles": _do_set_roles,
    "end": _do_end,
    "give_back": _do_give_back,
    "start_anew": _do_start_anew,
}


def _keep_code(request: HttpRequest, user: User, code: str) -> None:
    request.session[CODE] = {"user": user.pk, "sealed": seal(code)}


def _code_of(request: HttpRequest, user: User) -> str:
    """Return the code that was just made for somebody; another page shows it no more."""
    kept = request.session.pop(CODE, None)
    return unseal(kept["sealed"]) if kept and kept["user"] == user.pk else ""
