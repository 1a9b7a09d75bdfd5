"""Agreed actions, and what really came of them in social care."""

from datetime import date

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record, all_or_none
from sightline.meetings.models import Decision
from sightline.people.models import Mention


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Action(Record):
    """Something an agency agreed to do for a child. Its state is read from its dates."""

    kept = CASE_RECORD
    personal = ("what", "note")
    on_join = {"decision__screening__mention": OnJoin(Fate.FOLLOWS, "action", "actions")}

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="actions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    due_on = models.DateField(db_index=True)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "agency", "what"], name="agreed_once"),
            *[
                models.CheckConstraint(
                    condition=all_or_none(f"{step}_at", f"{step}_by"), name=f"action_{step}_by"
                )
                for step in ("accepted", "started", "completed")
            ],
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_on"],
                condition=models.Q(completed_at__isnull=True),
                name="open_actions",
            )
        ]

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been completed before `today` and is not."""
        return self.completed_at is None and self.due_on < today


class EventKind(models.TextChoices):
    INITIAL_ASSESSMENT = "initial_assessment", "Initial assessment"
    CORE_ASSESSMENT = "core_assessment", "Core assessment"
    FAMILY_ASSESSMENT = "family_assessment", "Child and family assessment"
    EARLY_HELP = "early_help", "Early help assessment"
    SECTION_47 = "section_47", "Section 47 enquiry"
    INITIAL_CONFERENCE = "initial_conference", "Initial child protection conference"
    PLAN = "child_protection_plan", "Child protection plan"
    LOOKED_AFTER = "looked_after", "Looked after"


class SocialCareEvent(Record):
    """Something social care did for a child after the incident in which it is mentioned."""

    kept = CASE_RECORD
    personal = ("mention",)
    on_join = {
        "mention": OnJoin(Fate.FOLLOWS, "thing that social care did", "things that social care did")
    }

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="social_care")
    kind = models.CharField(max_length=30, choices=EventKind.choices)
    on = models.DateField(db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mention", "kind", "on"], name="happened_once")
        ]
