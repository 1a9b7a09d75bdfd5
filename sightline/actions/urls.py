from django.urls import path

from sightline.actions.views import actions, decide, family, settle

urlpatterns = [
    path("families/<int:pk>/", family.family, name="family"),
    path("screenings/<int:pk>/decision/", decide.decide, name="decide"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/to-settle/", settle.to_be_settled, name="to-settle"),
    path("screenings/<int:pk>/actions/", settle.settle, name="settle"),
]
