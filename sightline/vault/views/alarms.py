"""What was held back, and where somebody must act: ids only."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.wall import Purpose, acting_for
from sightline.people.queries import persons_of
from sightline.vault.alarms import MAY_SEE, alarms_for, see_alarm
from sightline.vault.forms import SeenForm
from sightline.vault.keeping import release_postcode
from sightline.vault.models import Alarm, Look, SafeAddress, SafeContact
from sightline.vault.presenters import alarm_row, items_in_words

A_PAGE = 25


@page(*MAY_SEE)
def vault_alarms(request: HttpRequest) -> HttpResponse:
    """List the alarms that the user answers for, those that nobody has seen first."""
    found = alarms_for(user_of(request)).select_related("seen_by")
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    ids = {int(alarm.reader) for alarm in shown if alarm.reader}
    users = User.objects.select_related("agency").in_bulk(ids)
    readers = {str(pk): user for pk, user in users.items()}
    rows = [(alarm, alarm_row(alarm, readers)) for alarm in shown]
    sees = Perm.SEE_AUDIT in user_of(request).perms
    context = {"shown": shown, "rows": rows, "sees_looks": sees}
    return render(request, "vault/alarms.html", context)


@page(Perm.SEE_AUDIT)
def vault_looks(request: HttpRequest) -> HttpResponse:
    """List who opened the vault, what of it, for whom (by number) and why, the newest first."""
    looks = Look.objects.select_related("looked_by__agency", "mention").order_by(
        "-looked_at", "-pk"
    )
    shown = Paginator(looks, A_PAGE).get_page(request.GET.get("page"))
    persons = persons_of(look.mention for look in shown)
    rows = [(look, persons.get(look.mention_id), items_in_words(look)) for look in shown]
    return render(request, "vault/looks.html", {"shown": shown, "rows": rows})


@page(*MAY_SEE)
def vault_alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done about one. 404 for those that others answer for."""
    moment, user = now(), user_of(request)
    alarm = get_object_or_404(alarms_for(user).select_related("seen_by"), pk=pk)
    form = SeenForm(request.POST if request.method == "POST" else None)
    may_release = Perm.SEE_AUDIT in user.perms and alarm.kind == "postcode"
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        see_alarm(alarm=alarm, done=said["done"], by=user, now=moment)
        if may_release and said["release"] and (entry := _entry_of(alarm)):
            release_postcode(entry=entry, because=said["done"], by=user, now=moment)
        messages.success(request, "Recorded.")
        return redirect("vault-alarms")
    context = {"form": form, "row": _row(alarm), "alarm": alarm, "may_release": may_release}
    return render(request, "vault/alarm.html", context)


@acting_for(Purpose.CHECKING)  # whose it is; what it says is on no page of an alarm
def _entry_of(alarm: Alarm) -> SafeAddress | SafeContact | None:
    return alarm.address or alarm.contact


def _row(alarm: Alarm) -> object:
    reader = User.objects.select_related("agency").filter(pk=int(alarm.reader or 0))
    return alarm_row(alarm, {str(user.pk): user for user in reader})
