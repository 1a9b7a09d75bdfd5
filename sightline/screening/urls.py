from django.urls import path, re_path

from sightline.screening.views import domain, scale

urlpatterns = [
    path("screenings/<int:pk>/scale/", scale.scale, name="screening-scale"),
    # Codes are capitals, so that a page is never taken for another word after the number.
    re_path(
        r"^screenings/(?P<pk>[0-9]+)/(?P<code>[A-Z]{1,2})/$", domain.domain,
        name="screening-domain",
    ),
]  # fmt: skip
