"""The one page that shows what stands in the vault: a reason first, then what is needed.

It is answered to a POST and never redirected to, so that nothing of it stands in an address or a
browser's history.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import Agency, User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.people.models import Person
from sightline.sharing.models import Item
from sightline.sharing.queries import person_or_404
from sightline.vault.entries import standing
from sightline.vault.forms import AddressForm, AgencyForm, ContactForm, EndForm, LookForm
from sightline.vault.keeping import end, keep_address, keep_contact, open_to_agency
from sightline.vault.keys import NoKey
from sightline.vault.looking import MODELS, look, may_be_opened, open_to_user
from sightline.vault.models import Entry
from sightline.vault.presenters import cards
from sightline.vault.queries import agencies_that_may, kinds_open, may_keep

NO_KEY = (
    "It cannot be opened: a key of the vault is missing. Tell whoever looks after Sightline now, "
    "and ring the agency that wrote it down."
)


def _open_or_404(request: HttpRequest, pk: int) -> tuple[User, datetime, list[Item]]:
    """Return who asks, when, and what of this person is open to them: 404 where nothing is."""
    user, moment = user_of(request), now()
    if items := may_be_opened(user, pk, moment):
        return user, moment, items
    raise Http404


@page(Perm.SEE_PERSON)
@recently_signed_in
def safe_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then show. 404 where nothing is open to the reader, as where nothing is there."""
    user, moment, items = _open_or_404(request, pk)
    form = LookForm(request.POST if request.method == "POST" else None, items=items)
    person, keeps = Person.objects.get(pk=pk), may_keep(user, pk, moment)
    context = {"form": form, "person": person, "keeps": keeps}
    if request.method != "POST" or not form.is_valid():
        return render(request, "vault/reason.html", context)
    chosen = [Item(item) for item in form.cleaned_data["items"]]
    try:
        opened = look(
            person=pk, items=chosen, reason=form.cleaned_data["reason"], by=user, now=moment
        )
    except NoKey:
        messages.error(request, NO_KEY)
        return redirect("person", pk)
    answer = render(request, "vault/safe.html", context | {"cards": cards(opened)})
    answer.vault_shows = opened.shows  # type: ignore[attr-defined]  # read by the middleware
    return answer


@page(Perm.KEEP_SAFE)
def keep_safe_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down how somebody can be reached safely."""
    moment, user = now(), user_of(request)
    person = _person_kept(request, pk, Item.SAFE_CONTACT, moment)
    form = ContactForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        keep_contact(
            person=pk, contact=form.contact(), key=form.cleaned_data["key"], by=user, now=moment
        )
        messages.success(request, "Kept. Your agency can see it, with a reason; nobody else can.")
        return redirect("person", pk)
    return render(request, "vault/keep_contact.html", {"form": form, "person": person})


@page(Perm.KEEP_SAFE)
def keep_safe_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down where somebody is safe; the address before it ends."""
    moment, user = now(), user_of(request)
    person = _person_kept(request, pk, Item.SAFE_ADDRESS, moment)
    form = AddressForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        keep_address(
            person=pk, address=form.address(), key=said["key"], by=user, now=moment,
            old_stays_secret=said["old_stays_secret"],
        )  # fmt: skip
        messages.success(
            request,
            "Kept. Your agency can see it, with a reason. Agencies that had another address were "
            "told that it has changed; let those that need the new one see it.",
        )
        return redirect("person", pk)
    return render(request, "vault/keep_address.html", {"form": form, "person": person})


def _person_kept(request: HttpRequest, pk: int, item: Item, moment: datetime) -> Person:
    user = user_of(request)
    person, _ = person_or_404(user, pk, page="safe-contact-keep", now=moment)
    if not may_keep(user, pk, moment) or item not in kinds_open(user.agency, moment):
        raise Http404
    return person


@page(Perm.KEEP_SAFE)
@recently_signed_in
def safe_agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another agency that needs it see it."""
    user, moment, items = _open_or_404(request, pk)
    offered = agencies_that_may(items, user.agency_id, moment)
    form = AgencyForm(request.POST or None, agencies=offered, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            _open(form, pk, request, moment)
        except WrongMoment as refused:
            form.add_error("agency", str(refused))
        else:
            messages.success(request, "Open to them for 90 days. Each look is recorded.")
            return redirect("person", pk)
    context = {"form": form, "person": Person.objects.get(pk=pk)}
    return render(request, "vault/agency.html", context)


@page(Perm.KEEP_SAFE)
@recently_signed_in
def safe_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that something holds no more, where nothing takes its place yet."""
    user, moment, items = _open_or_404(request, pk)
    form = EndForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        for entry in _open_entries(said["items"], pk, user, moment):
            end(entry=entry, stays_secret=said["stays_secret"], by=user, now=moment)
        messages.success(request, "Ended. Nobody can open it any more.")
        return redirect("person", pk)
    return render(request, "vault/end.html", {"form": form, "person": Person.objects.get(pk=pk)})


def _open_entries(
    items: Iterable[str], person: int, user: User, moment: datetime
) -> Iterator[Entry]:
    for item in items:
        for entry in standing(MODELS[Item(item)], [person]):
            if open_to_user(entry, user, moment):
                yield entry


def _open(form: AgencyForm, person: int, request: HttpRequest, moment: datetime) -> None:
    user, agency = user_of(request), Agency.objects.get(pk=form.cleaned_data["agency"])
    for entry in _open_entries(form.cleaned_data["items"], person, user, moment):
        open_to_agency(entry=entry, person=person, agency=agency, by=user, now=moment)
