from django.urls import path

from sightline.insight.views import catalogue, figure

urlpatterns = [
    path("figures/", catalogue.figures, name="figures"),
    path("figures/<str:figure_id>.csv", figure.figure_csv, name="figure-csv"),
    path("figures/<str:figure_id>/", figure.figure, name="figure"),
]
