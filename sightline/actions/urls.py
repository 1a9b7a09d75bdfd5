from django.urls import path

from sightline.actions.views import (
    actions,
    after,
    decide,
    family,
    feedback,
    marac,
    meeting_family,
    outcomes,
    settle,
)

urlpatterns = [
    path("families/<int:pk>/", family.family, name="family"),
    path("screenings/<int:pk>/decision/", decide.decide, name="decide"),
    path("meetings/families/<int:pk>/", meeting_family.meeting_family, name="meeting-family"),
    path("meetings/<int:pk>/minutes/", after.minutes, name="meeting-minutes"),
    path("decisions/<int:pk>/dissent/", after.dissent, name="decision-dissent"),
    path("decisions/<int:pk>/letter/", after.letter, name="decision-letter"),
    path("notifications/<int:pk>/feedback/", feedback.feedback, name="feedback"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/to-settle/", settle.to_be_settled, name="to-settle"),
    path("screenings/<int:pk>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("screenings/<int:pk>/actions/", settle.settle, name="settle"),
    path("marac/", marac.overview, name="marac"),
    path("marac/referrals/<int:pk>/", marac.referral, name="marac-referral"),
    path("marac/referrals/<int:pk>/actions/", settle.settle_pair, name="settle-pair"),
    path("marac/heard/<int:pk>/", marac.hearing, name="marac-hearing"),
]
