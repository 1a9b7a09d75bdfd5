"""May I tell...? The answer of the rules, and the decision in the same place."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import Agency
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.pathway.telling import agencies_for, child_or_404, shown, told_before
from sightline.pathway.telling_form import TellingForm
from sightline.sharing.table import pack_in_force
from sightline.sharing.telling import Wondering, answer_to, decide_telling

DONE = {True: "Recorded: told.", False: "Recorded: not told."}


@page(Perm.SEE_PERSON)
def may_i_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the rules; tell, or do not tell, and have it written down."""
    moment, user = now(), user_of(request)
    child = child_or_404(user, pk, now=moment)
    pack = pack_in_force(local_date(moment))
    posted = request.POST if request.method == "POST" else None
    form = TellingForm(posted, pack=pack, initial={"key": uuid4(), "agreed": "not_asked"})
    context = {"form": form, "child": child, "pack": pack}
    if posted is not None and (to := form.to_whom()):
        form.offer(agencies_for(to, child))
    if posted is not None and form.is_valid():
        wondering = form.wondering(child.mention, child.scale)
        if decision := posted.get("decide"):
            try:
                return _decide(request, form, wondering, told=decision == "tell", now=moment)
            except (NotUnderstood, WrongMoment) as refused:
                form.add_error("because", str(refused))
        context["answer"] = shown(answer_to(wondering, moment))
    context["before"] = told_before(child, user)
    return render(request, "pathway/may_i_tell.html", context)


def _decide(
    request: HttpRequest, form: TellingForm, wondering: Wondering, *, told: bool, now: datetime
) -> HttpResponse:
    said = form.cleaned_data
    decide_telling(
        wondering=wondering, told=told, because=said["because"], key=said["key"],
        agency=Agency.objects.get(pk=said["agency"]) if said["agency"] else None,
        by=user_of(request), now=now,
    )  # fmt: skip
    messages.success(request, DONE[told])
    return redirect(request.path)
