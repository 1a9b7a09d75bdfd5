from django.urls import path

from sightline.escalation.views import escalations

urlpatterns = [
    path("escalations/", escalations.escalations, name="escalations"),
    path("escalations/<int:pk>/", escalations.escalation, name="escalation"),
]
