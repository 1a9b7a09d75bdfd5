"""The partnership beside England, its region and councils like it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.insight.national.form import CompareForm
from sightline.insight.national.page import national_page


@page(Perm.SEE_FIGURES)
@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """Show one comparison, the one that was chosen or the first."""
    form, user = CompareForm(request.GET or None), user_of(request)
    context = {
        "form": form,
        "is_asked": form.chosen is not None,
        "shown": national_page(form.chosen, user, now()) if form.chosen else None,
        "may_import": Perm.IMPORT_FILES in user.perms,
    }
    return render(request, "insight/national.html", context)
