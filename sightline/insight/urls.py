from django.urls import path

from sightline.insight.views import catalogue, dashboards, figure, maps, national, recommended

urlpatterns = [
    path("figures/", catalogue.figures, name="figures"),
    path("figures/recommended-and-done/", recommended.recommended, name="recommended"),
    path(
        "figures/recommended-and-done/cases/",
        recommended.recommended_cases,
        name="recommended-cases",
    ),
    path("dashboards/", dashboards.dashboards, name="dashboards"),
    path("dashboards/<slug:slug>/", dashboards.dashboard, name="dashboard"),
    path("figures/map/", maps.maps, name="map"),
    path("figures/national/", national.national, name="national"),
    path("figures/<str:figure_id>.csv", figure.figure_csv, name="figure-csv"),
    path("figures/<str:figure_id>/", figure.figure, name="figure"),
]
