"""The addresses of what agencies are asked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from sightline.access.queries import page
from sightline.access.roles import Perm


@page(Perm.ANSWER_RESEARCH, Perm.CHASE_AGENCIES)
def soon(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("research/<int:pk>/", soon, name="research-request"),
    path("research/chase/<int:pk>/", soon, name="research-chase-one"),
    path("research/ask/<int:pk>/", soon, name="research-ask"),
]
