"""Who may do what, and why: every role in words, for everybody who holds one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.in_words import roles_in_words
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm


@page(*Perm)
def roles(request: HttpRequest) -> HttpResponse:
    """List the roles, the reader's own first."""
    listed = list(roles_in_words(user_of(request).roles))
    return render(request, "access/roles.html", {"roles": listed})
