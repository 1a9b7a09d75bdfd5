"""What needs doing now: the first page of a screening administrator's day."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.access.models import User
from sightline.access.queries import page
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.pathway.presenters.worklist import (
    ALL,
    EXPLAINED,
    TODAY,
    Start,
    WorkRow,
    filters,
    held_back,
    start_of,
    start_of_queue,
    work_rows,
)
from sightline.pathway.queries.worklist import Kind, worklist_of
from sightline.pathway.queries.worklist_rows import notices_of, scenes_of
from sightline.sharing.review_queue import queue_of

A_PAGE = 25


@page(Perm.SEE_WORKLIST)
def worklist(request: HttpRequest) -> HttpResponse:
    """List tasks, nearest deadline first; `show` is one kind of them."""
    user, at = cast(User, request.user), now()
    chosen = _chosen(request)
    kinds = TODAY if chosen is None else (chosen,)
    found = worklist_of(user, at)
    listed = Paginator(found.of(kinds), A_PAGE).get_page(request.GET.get("page"))
    tasks = list(listed)
    rows = work_rows(tasks, scenes_of(tasks), notices_of(tasks), user, at)
    context = {
        "today": at,
        "filters": filters(found, chosen, at),
        "page": listed,
        "rows": rows,
        "start": _start(user, chosen, rows, at),
        "sorted_by": ALL if chosen is None else EXPLAINED[chosen],
        "held_back": held_back(found, kinds),
    }
    return render(request, "pathway/worklist.html", context)


def _start(user: User, chosen: Kind | None, rows: Sequence[WorkRow], at: datetime) -> Start | None:
    """Where to begin: with the first row, or where a kind has a list of its own, with that."""
    if chosen is Kind.REVIEW:
        answers = Perm.REVIEW_LINKS in user.perms
        return start_of_queue(*queue_of(user, at), at) if answers else None
    if chosen is Kind.AGENCY and Perm.CHASE_AGENCIES in user.perms:
        return Start("Everything not answered, with whom to ring", reverse("research-chase"))
    return start_of(rows)


def _chosen(request: HttpRequest) -> Kind | None:
    asked = request.GET.get("show", "")
    return Kind(asked) if asked in set(Kind) else None
