"""What stands beside a decision: an agency that disagrees, a family that goes back to who asked."""

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record
from sightline.meetings.models.decision import Decision
from sightline.meetings.models.meeting import somebody_did


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Dissent(Record):
    """An agency does not agree with a decision, in its own words. Newer words end the older."""

    kept = CASE_RECORD
    personal = ("words",)
    on_join = {
        "decision__screening__mention": OnJoin(
            Fate.FOLLOWS, "dissent", "dissents", models.Q(withdrawn_at__isnull=True)
        )
    }

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="dissents")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    words = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "agency"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_dissent_an_agency",
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="dissent_has_words"),
            somebody_did("withdrawn"),
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ReturnedToReferrer(Record):
    """A decision that goes back to the agency that reported, with what it can do by itself."""

    kept = CASE_RECORD
    personal = ("what_they_can_do",)
    on_join = {
        "decision__screening__mention": OnJoin(
            Fate.FOLLOWS, "return to the referrer", "returns to referrers"
        )
    }

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="returned")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    steps = models.CharField(max_length=60)  # version of the list of steps
    what_they_can_do = models.JSONField(default=list)  # words, a step each
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "agency"], name="returned_once"),
            somebody_did("read"),
        ]
