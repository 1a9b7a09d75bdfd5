"""Decisions of the screening meeting, one a child."""

import pghistory
from django.db import models

from sightline.access.models import User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record, last_change
from sightline.meetings.models.meeting import Meeting
from sightline.screening.models import Screening


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Decision(Record):
    """What was decided for one child, and why. A newer decision stands beside the older."""

    kept = CASE_RECORD
    personal = ("screening", "rationale")
    by_the_system = ("recorded_at", "replaced_at")
    on_join = {"screening__mention": OnJoin(Fate.FOLLOWS, "decision", "decisions")}

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="decisions")
    outcome_set = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40)
    scale = models.PositiveSmallIntegerField()  # as it was when this was decided
    rationale = models.TextField()
    decided_at = models.DateTimeField(db_index=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(  # who was in the room: its attendance at `decided_at`
        Meeting, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    # When an imported one was taken in; empty: when it was decided.
    recorded_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["screening"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_standing_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(imported=True) | ~models.Q(rationale=""), name="rationale_given"
            ),
            models.CheckConstraint(
                condition=models.Q(imported=True) | models.Q(decided_by__isnull=False),
                name="decided_by_a_person",
            ),
        ]
        indexes = [last_change("decision_changes", "decided_at", "recorded_at", "replaced_at")]
