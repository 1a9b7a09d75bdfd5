from django.urls import path

from sightline.pathway.views.person import person

urlpatterns = [
    path("people/<int:pk>/", person, name="person"),
]
