from django.urls import path

from sightline.access.views import home

urlpatterns = [path("", home.home, name="home")]
