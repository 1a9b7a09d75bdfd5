from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sightline.screening.views import domain, scale, tools, wording, worker


class AreaCode(StringConverter):
    """The code of a page of questions: too short to be taken for another word after the number."""

    regex = "[A-Za-z]{1,2}"


register_converter(AreaCode, "area")

urlpatterns = [
    path("families/<int:pk>/assessments/", tools.assessments, name="assessments"),
    path("families/<int:pk>/assessments/<slug:tool>/", tools.assess, name="assess"),
    path("assessments/<int:pk>/", tools.assessment, name="assessment"),
    path("wording.json", wording.wording, name="wording"),
    path("screenings/<int:pk>/worker/", worker.worker, name="screening-worker"),
    path("screenings/<int:pk>/scale/", scale.scale, name="screening-scale"),
    path("screenings/<int:pk>/<area:code>/", domain.domain, name="screening-domain"),
]
