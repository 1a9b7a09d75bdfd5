"""The rules in words, for whoever works by them; and the signature of who answers for them."""

from functools import cache

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import WrongMoment
from sightline.rules.handbook.chapters import chapters
from sightline.rules.handbook.parts import Chapter
from sightline.rules.sharing.describe import describe
from sightline.sharing.forms import SignOffForm
from sightline.sharing.models import SignOff
from sightline.sharing.signing import sign_off, signatures
from sightline.sharing.table import pack_in_force


@cache
def _shipped() -> dict[str, Chapter]:
    return {chapter.slug: chapter for chapter in chapters()}


def _by_slug() -> dict[str, Chapter]:
    """Every chapter by its address; who may be told what, as the partnership has it today."""
    in_force = describe(pack_in_force(local_date(now())))
    return {**_shipped(), in_force.slug: in_force}


@page(*Perm)
def rules(request: HttpRequest) -> HttpResponse:
    """List the chapters, each with who signed it in its present words."""
    signed = set(SignOff.objects.values_list("key", "digest"))
    listed = [(one, (one.key, one.digest) in signed) for one in _by_slug().values()]
    return render(request, "sharing/rules.html", {"chapters": listed})


@page(*Perm)
def rule_chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one chapter; the information governance lead signs it here."""
    chapter, user = _by_slug().get(slug), user_of(request)
    if chapter is None:
        raise Http404
    form = SignOffForm(
        request.POST if request.method == "POST" else None, initial={"read": chapter.digest}
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            sign_off(chapter=chapter, read=said["read"], note=said["note"], by=user, now=now())
            messages.success(request, "Signed. It holds for these words only.")
        except WrongMoment as refused:
            messages.error(request, str(refused))
        return redirect("rule-chapter", slug)
    signed = signatures(chapter)
    may_sign = Perm.SEE_AUDIT in user.perms and user.pk not in {s.signed_by_id for s in signed}
    context = {"chapter": chapter, "signed": signed, "form": form, "may_sign": may_sign}
    context["may_change"] = Perm.KEEP_RULES in user.perms and chapter.key.startswith("sharing ")
    return render(request, "sharing/rule_chapter.html", context)
