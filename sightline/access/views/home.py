"""Where a day begins: the first page that the user's roles open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.common.navigation import first_page


def home(request: HttpRequest) -> HttpResponse:
    page = first_page(request.user)
    return redirect(page) if page else render(request, "access/no_role.html")
