"""Sending a child's notification to the social worker who has the child already."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.common.words import moment
from sightline.screening.forms import WorkerForm
from sightline.screening.presenters import child_words
from sightline.screening.routing import send_to_worker
from sightline.screening.sight import open_screening
from sightline.sharing.models import Item


@page(Perm.SCREEN)
def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the child is open to social care already, and to whom."""
    opened = open_screening(user_of(request), pk, item=Item.IDENTITY, page="worker", now=now())
    screening = opened.screening
    form = WorkerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        to = form.cleaned_data["worker"]
        try:
            send_to_worker(screening=screening, worker=to, by=user_of(request), now=now())
            messages.success(request, f"Sent to {to.name}. The worklist shows whether it was read.")
        except WrongMoment as wrong:
            messages.error(request, str(wrong))
        return redirect("family", screening.incident_id)
    context = {
        "form": form,
        "screening": screening,
        "child": child_words(screening.mention, opened.child, now().date()),
        "sent": moment(screening.routed_at) if screening.routed_at else "",
        "read": moment(screening.read_at) if screening.read_at else "",
    }
    return render(request, "screening/worker.html", context)
