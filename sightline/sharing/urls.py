from django.urls import path

from sightline.sharing.views.emergencies import emergencies, emergency, emergency_new
from sightline.sharing.views.history import access_history, access_history_csv
from sightline.sharing.views.ledger import audit_reads, disclosures
from sightline.sharing.views.people import closed_case, people
from sightline.sharing.views.restrictions import (
    restricted_look,
    restricted_looks,
    restriction,
    restriction_end,
    restriction_new,
    restrictions,
)
from sightline.sharing.views.reviews import link_review, link_review_next, link_reviews
from sightline.sharing.views.rows import sharing_row, sharing_row_new, sharing_rows
from sightline.sharing.views.rules import rule_chapter, rules

urlpatterns = [
    path("people/", people, name="people-search"),
    path("people/<int:pk>/closed/", closed_case, name="closed-case"),
    path("people/reviews/", link_reviews, name="link-reviews"),
    path("people/reviews/next/", link_review_next, name="link-review-next"),
    path("people/reviews/<int:pk>/", link_review, name="link-review"),
    path("reads/", audit_reads, name="audit-reads"),
    path("reads/<int:pk>/", access_history, name="access-history"),
    path("reads/<int:pk>.csv", access_history_csv, name="access-history-csv"),
    path("rules/", rules, name="rules"),
    path("rules/rows/", sharing_rows, name="sharing-rows"),
    path("rules/rows/new/", sharing_row_new, name="sharing-row-new"),
    path("rules/rows/<slug:row>/", sharing_row, name="sharing-row"),
    path("rules/<slug:slug>/", rule_chapter, name="rule-chapter"),
    path("disclosures/", disclosures, name="disclosures"),
    path("emergencies/", emergencies, name="emergencies"),
    path("emergencies/new/", emergency_new, name="emergency-new"),
    path("emergencies/<int:pk>/", emergency, name="emergency"),
    path("restricted/", restrictions, name="restrictions"),
    path("restricted/new/", restriction_new, name="restriction-new"),
    path("restricted/looks/", restricted_looks, name="restricted-looks"),
    path("restricted/looks/<int:pk>/", restricted_look, name="restricted-look"),
    path("restricted/<int:pk>/", restriction, name="restriction"),
    path("restricted/<int:pk>/end/", restriction_end, name="restriction-end"),
]
