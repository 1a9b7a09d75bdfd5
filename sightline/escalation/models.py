"""Escalations: what is late was put before somebody, who said that they know and what they did."""

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.actions.models import Action
from sightline.common.models import CASE_RECORD, Record, all_or_none
from sightline.research.models import ResearchRequest
from sightline.screening.models import Screening
from sightline.sharing.models import Emergency


def _only(this: str, **more: str) -> models.Q:
    """A condition: of the things that an escalation may be about, this one is set and no other."""
    things = ("action", "research", "screening", "emergency")
    return models.Q(**{f"{one}__isnull": one != this for one in things}, **more)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Escalation(Record):
    """Something late, or soon due, that was put before somebody at one tier of its ladder.

    Of a clock: the screening of the child for whom it runs, which clock, and since when.
    """

    kept = CASE_RECORD
    personal = ("closing_note",)
    by_the_system = ("raised_at", "mailed_at")

    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    research = models.ForeignKey(
        ResearchRequest, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    screening = models.ForeignKey(
        Screening, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    emergency = models.ForeignKey(
        Emergency, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    clock = models.CharField(max_length=40, blank=True)
    clock_began = models.DateField(null=True, blank=True)
    last_day = models.DateField()  # on which it was, or is, to be done
    tier = models.CharField(max_length=20)
    rules = models.CharField(max_length=40)  # the version of the ladders it was raised by
    because = models.CharField(max_length=300)
    raised_at = models.DateTimeField(db_index=True)
    # For one person; for an agency without one; for neither: for those who run the team.
    to_user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    mailed_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closing_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "tier"],
                condition=models.Q(action__isnull=False),
                name="action_escalated_once_a_tier",
            ),
            models.UniqueConstraint(
                fields=["research", "tier"],
                condition=models.Q(research__isnull=False),
                name="research_escalated_once_a_tier",
            ),
            models.UniqueConstraint(
                fields=["emergency", "tier"],
                condition=models.Q(emergency__isnull=False),
                name="emergency_escalated_once_a_tier",
            ),
            models.UniqueConstraint(
                fields=["screening", "clock", "clock_began", "tier"],
                condition=models.Q(screening__isnull=False),
                name="clock_escalated_once_a_tier",
            ),
            models.CheckConstraint(
                condition=_only("action", clock="")
                | _only("research", clock="")
                | _only("emergency", clock="")
                | (_only("screening") & ~models.Q(clock="")),
                name="escalation_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(to_user__isnull=True) | models.Q(to_agency__isnull=False),
                name="escalated_to_somebody_of_an_agency",
            ),
            models.CheckConstraint(
                condition=all_or_none("acknowledged_at", "acknowledged_by"),
                name="escalation_acknowledged_by",
            ),
            models.CheckConstraint(
                # Nobody: it closed itself, because what it was about was done. The note says so.
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True, closing_note="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(closing_note="")),
                name="escalation_closed_with_a_note",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_agency", "to_user"],
                condition=models.Q(closed_at__isnull=True),
                name="open_escalations",
            )
        ]
