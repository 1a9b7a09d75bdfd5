from django.urls import path

from sightline.encompass.views.notice_school import notice_school
from sightline.encompass.views.notices import notice, notices

urlpatterns = [
    path("school/", notices, name="notices"),
    path("school/<int:pk>/", notice, name="notice"),
    path("school/<int:pk>/which-school/", notice_school, name="notice-school"),
]
