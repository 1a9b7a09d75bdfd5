from django.urls import path

from sightline.access.views import home
from sightline.access.views.roles import roles

urlpatterns = [path("", home.home, name="home"), path("roles/", roles, name="roles")]
