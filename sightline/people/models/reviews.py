"""Questions to people about who is who, and what each of them said."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record, all_or_none, last_change
from sightline.people.models.links import LinkChange
from sightline.people.models.mentions import Mention
from sightline.people.models.persons import Person


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LinkReview(Record):
    """A person must say whether a mention and a known person are the same.

    Until then the mention has a person of its own, so that nothing waits for the answer. Asked
    of an odd cluster, `mention` made it odd and `candidate` is the person it is linked to.
    What each reviewer said is in `LinkAnswer`; here is what came of it. `closed_at`: nobody needs
    to answer any more, for the reason beside it.
    """

    kept = CASE_RECORD
    personal = ("mention", "candidate")
    by_the_system = ("asked_at", "closed_at")
    on_join = {
        "mention": OnJoin(Fate.ASKED_ANEW),
        "candidate": OnJoin(Fate.ASKED_ANEW),
    }

    kind = models.CharField(
        max_length=10,
        default="same",
        choices=[("same", "Is this the same person?"), ("odd", "Is this one person or several?")],
    )
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="reviews")
    candidate = models.ForeignKey(Person, models.PROTECT, related_name="+")
    weight = models.FloatField()
    model = models.CharField(max_length=40)
    reasons = models.JSONField(default=list)
    doubts = models.JSONField(default=list)  # what kept the machine from joining, in words
    two_to_answer = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    decision = models.CharField(
        max_length=10,
        blank=True,
        choices=[("same", "The same person"), ("not_same", "Not the same person")],
    )
    because = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    change = models.ForeignKey(
        LinkChange, models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)

    OPEN = models.Q(decided_at__isnull=True, closed_at__isnull=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mention", "candidate"],
                condition=models.Q(decided_at__isnull=True, closed_at__isnull=True),
                name="asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=all_or_none("decided_at", "decided_by"), name="review_decided_by_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True) | models.Q(closed_at__isnull=True),
                name="review_decided_or_closed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(decided_at__isnull=True, closed_at__isnull=True),
                name="open_review",
            ),
            last_change("review_changes", "asked_at", "decided_at", "closed_at"),
        ]


class EarlierOutcome(Record):
    """What had come of a question before it was asked again: figures as at then count it so."""

    kept = CASE_RECORD
    personal = ()
    by_the_system = ("over_at", "again_at")

    review = models.ForeignKey(LinkReview, models.CASCADE, related_name="earlier")
    decision = models.CharField(max_length=10, blank=True)  # empty: closed, it needed no answer
    over_at = models.DateTimeField()
    again_at = models.DateTimeField()


class LinkShown(Record):
    """A question was shown to a reviewer, last at this moment.

    For a few minutes nobody else is given it as their next one; and how long an answer took is
    counted from here.
    """

    kept = CASE_RECORD
    personal = ()
    by_the_system = ("shown_at",)

    review = models.ForeignKey(LinkReview, models.CASCADE, related_name="shown")
    shown_to = models.ForeignKey(User, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "shown_to"], name="shown_once_a_reviewer")
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LinkAnswer(Record):
    """What one reviewer said. Never edited; taken back, it stays with the moment it was.

    Whoever could not tell may still answer later: only the other two bind.
    """

    kept = CASE_RECORD
    personal = ("because",)
    by_the_system = ("shown_at",)

    review = models.ForeignKey(LinkReview, models.PROTECT, related_name="answers")
    decision = models.CharField(
        max_length=10,
        choices=[
            ("same", "The same person"),
            ("not_same", "Not the same person"),
            ("unsure", "Cannot tell"),
        ],
    )
    because = models.CharField(max_length=300, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)  # when the page was opened
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=40), default=list)  # theirs when they answered
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "answered_by"],
                condition=models.Q(withdrawn_at__isnull=True, decision__in=["same", "not_same"]),
                name="one_answer_a_reviewer",
            )
        ]
