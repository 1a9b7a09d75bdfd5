from django.urls import path

from sightline.insight.views import (
    catalogue,
    dashboards,
    exports,
    figure,
    maps,
    national,
    published,
    recommended,
)

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
    path("figures/map.csv", maps.map_csv, name="map-csv"),
    path("figures/map/", maps.maps, name="map"),
    path("figures/national/", national.national, name="national"),
    path("figures/published/", published.publications, name="publications"),
    path("figures/published/<int:pk>/", published.published_figure, name="published-figure"),
    path("figures/report/", exports.evaluation, name="evaluation"),
    path("figures/report.xlsx", exports.evaluation_xlsx, name="evaluation-xlsx"),
    path(
        "figures/<str:figure_id>.csv-metadata.json", exports.figure_metadata, name="figure-metadata"
    ),
    path("figures/<str:figure_id>.xlsx", exports.figure_xlsx, name="figure-xlsx"),
    path("figures/<str:figure_id>.csv", figure.figure_csv, name="figure-csv"),
    path("figures/<str:figure_id>/publish/", published.publish_figure, name="figure-publish"),
    path("figures/<str:figure_id>/", figure.figure, name="figure"),
]
