"""The addresses of what agencies are asked: their own list, and the team's."""

from django.urls import path

from sightline.research.views import answering, chasing, cover

urlpatterns = [
    path("research/", answering.research_list, name="research-list"),
    path("research/nothing/", answering.research_nothing, name="research-nothing"),
    path("research/paper/", answering.research_paper, name="research-paper"),
    path("research/<int:pk>/", answering.research_request, name="research-request"),
    path("research/chase/", chasing.research_chase, name="research-chase"),
    path("research/chase/<int:pk>/", chasing.research_chase_one, name="research-chase-one"),
    path(
        "research/chase/<int:pk>/paper/", chasing.research_chase_paper, name="research-chase-paper"
    ),
    path("research/ask/<int:pk>/", chasing.research_ask, name="research-ask"),
    path("cover/", cover.cover, name="cover"),
]
