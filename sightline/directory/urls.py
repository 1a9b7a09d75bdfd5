from django.urls import path

from sightline.directory.views.schools import own_school, school, schools

urlpatterns = [
    path("schools/", schools, name="schools"),
    path("schools/own/", own_school, name="own-school"),
    path("schools/<int:pk>/", school, name="school"),
]
