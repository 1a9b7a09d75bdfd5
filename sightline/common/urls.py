from django.urls import path

from sightline.common.views import about, health

urlpatterns = [
    path("about", about.about, name="about"),
    path("accessibility", about.accessibility, name="accessibility"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
