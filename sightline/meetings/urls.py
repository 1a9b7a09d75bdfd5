from django.urls import path

from sightline.meetings.views import lists, meetings, refer, returned

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/change/", meetings.change, name="meeting-change"),
    path("meetings/<int:pk>/list/", lists.change_list, name="meeting-list"),
    path("meetings/<int:pk>/attendance/", lists.attendance, name="meeting-attendance"),
    path("meetings/<int:pk>/meeting.ics", meetings.entry, name="meeting-entry"),
    path("returned/", returned.returned, name="returned"),
    path("marac/refer/<int:pk>/", refer.refer, name="marac-refer"),
]
