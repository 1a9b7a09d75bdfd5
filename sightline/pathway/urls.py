from django.urls import path

from sightline.pathway.views.family import person_family
from sightline.pathway.views.person import person
from sightline.pathway.views.worklist import worklist

urlpatterns = [
    path("worklist/", worklist, name="worklist"),
    path("people/<int:pk>/", person, name="person"),
    path("people/<int:pk>/family/", person_family, name="person-family"),
]
