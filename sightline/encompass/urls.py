from django.urls import path

from sightline.encompass.views.listed import listed_incidents
from sightline.encompass.views.moved import notice_moved
from sightline.encompass.views.notice_school import notice_school
from sightline.encompass.views.notices import notice, notices
from sightline.encompass.views.reconciling import reconciliation
from sightline.encompass.views.unread import ring_school, unread_notices

urlpatterns = [
    path("school/", notices, name="notices"),
    path("school/unread/", unread_notices, name="unread-notices"),
    path("school/listed/", listed_incidents, name="listed-incidents"),
    path("school/reconciliation/", reconciliation, name="reconciliation"),
    path("school/<int:pk>/", notice, name="notice"),
    path("school/<int:pk>/moved/", notice_moved, name="notice-moved"),
    path("school/<int:pk>/ring/", ring_school, name="ring-school"),
    path("school/<int:pk>/which-school/", notice_school, name="notice-school"),
]
