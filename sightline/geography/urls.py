from django.urls import path

from sightline.geography.views import editions

urlpatterns = [
    path("geography/", editions.editions, name="geography"),
    path("geography/new/", editions.edition_upload, name="geography-upload"),
    path("geography/<int:pk>/", editions.edition, name="geography-edition"),
]
