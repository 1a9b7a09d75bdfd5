from django.urls import path

from sightline.sharing.views.ledger import audit_reads, disclosures
from sightline.sharing.views.people import closed_case, people
from sightline.sharing.views.reviews import link_review, link_review_next, link_reviews
from sightline.sharing.views.rules import rule_chapter, rules

urlpatterns = [
    path("people/", people, name="people-search"),
    path("people/<int:pk>/closed/", closed_case, name="closed-case"),
    path("people/reviews/", link_reviews, name="link-reviews"),
    path("people/reviews/next/", link_review_next, name="link-review-next"),
    path("people/reviews/<int:pk>/", link_review, name="link-review"),
    path("reads/", audit_reads, name="audit-reads"),
    path("rules/", rules, name="rules"),
    path("rules/<slug:slug>/", rule_chapter, name="rule-chapter"),
    path("disclosures/", disclosures, name="disclosures"),
]
