"""Agreed actions, and what really came of them in social care."""

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record, all_or_none, last_change
from sightline.intake.models import Notification
from sightline.meetings.models import Decision, MaracHearing, MaracReferral
from sightline.people.models import Incident, Mention
from sightline.screening.models import Screening


class Ending(models.TextChoices):
    """How an action ended that was not completed."""

    DECLINED = "declined", "Declined"
    NOT_POSSIBLE = "not_possible", "Not possible"
    WITHDRAWN = "withdrawn", "Withdrawn"


RETURNED = (Ending.DECLINED, Ending.NOT_POSSIBLE)  # the team agrees anew, or closes
# What a query of actions loads with them, so that each knows whom it is for and where.
WHOM = (
    "decision__screening__mention", "decision__screening__incident",
    "hearing__referral__victim__source__incident",
)  # fmt: skip
STEPS = ("accepted", "started", "completed", "ended", "closed", "carried", "assigned")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Action(Record):
    """Something an agency agreed to do: for a child, with the decision for it, or for the victim
    of a pair that was heard at a MARAC. Its state is read from its dates.

    Its history is kept: who it was given to before, and with which decision it was agreed first.
    """

    kept = CASE_RECORD
    personal = ("what", "note", "seen_by", "ended_because", "closed_because")
    on_join = {
        "decision__screening__mention": OnJoin(Fate.FOLLOWS, "action", "actions"),
        "hearing__referral__victim": OnJoin(Fate.FOLLOWS, "action", "actions"),
    }

    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    hearing = models.ForeignKey(
        MaracHearing, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=40, blank=True)  # rules/clocks; "": of no kind with a clock
    what = models.CharField(max_length=300)
    due_on = models.DateField(db_index=True)
    due_because = models.CharField(max_length=300, blank=True)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Agreed in place of one that was declined or not possible.
    instead_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="agreed_anew"
    )
    # Kept although its decision was replaced: it belongs to the newer one from then on.
    carried_at = models.DateTimeField(null=True, blank=True)
    carried_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="own_actions"
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)  # what was done and what came of it
    done_on = models.DateField(null=True, blank=True)  # when it was done, as completing said
    seen_by = models.CharField(max_length=200, blank=True)  # who saw that it was
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # the team settled what came back
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_because = models.TextField(blank=True)

    OPEN = models.Q(completed_at__isnull=True, ended_at__isnull=True)
    BACK_WITH_THE_TEAM = models.Q(ending__in=RETURNED, closed_at__isnull=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "agency", "what"], name="agreed_once"),
            models.UniqueConstraint(
                fields=["hearing", "agency", "what"], name="agreed_once_after_a_hearing"
            ),
            models.CheckConstraint(
                condition=models.Q(decision__isnull=True) ^ models.Q(hearing__isnull=True),
                name="action_for_a_child_or_a_pair",
            ),
            *[
                models.CheckConstraint(
                    condition=all_or_none(f"{step}_at", f"{step}_by"), name=f"action_{step}_by"
                )
                for step in STEPS
            ],
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ending="", ended_because="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ending="", ended_because="")),
                name="action_ended_how_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True) | models.Q(ended_at__isnull=True),
                name="action_ended_or_completed",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_because="")
                | (models.Q(ending__in=RETURNED) & ~models.Q(closed_because="")),
                name="action_closed_after_it_came_back",
            ),
            models.CheckConstraint(
                condition=all_or_none("owner", "assigned_at"), name="action_given_to_somebody"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_on"],
                condition=models.Q(completed_at__isnull=True, ended_at__isnull=True),
                name="open_actions",
            ),
            models.Index(
                fields=["ended_at"],
                condition=models.Q(ending__in=RETURNED, closed_at__isnull=True),
                name="actions_back_with_the_team",
            ),
            last_change(
                "action_changes",
                "agreed_at",
                "accepted_at",
                "started_at",
                "completed_at",
                "ended_at",
                "carried_at",
            ),
        ]

    @property
    def screening(self) -> Screening | None:
        """Return the screening of the child it is for; None where it is for a pair."""
        return self.decision.screening if self.decision else None

    @property
    def referral(self) -> MaracReferral | None:
        """Return the MARAC referral of the pair it is for; None where it is for a child."""
        return self.hearing.referral if self.hearing else None

    @property
    def concerns(self) -> Mention:
        """Return whom it is for: the child, or the victim of the pair."""
        if self.screening is not None:
            return self.screening.mention
        if self.referral is not None:
            return self.referral.victim
        raise ValueError(f"action {self.pk} is for nobody")

    @property
    def incident(self) -> Incident:
        """Return the incident by which it became known whom it is for."""
        found = self.screening.incident if self.screening else self.concerns.source.incident
        if found is None:
            raise ValueError(f"action {self.pk} is of no incident")
        return found

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.completed_at is None and self.ended_at is None

    @property
    def is_back_with_the_team(self) -> bool:
        """Whether the team has to agree anew, or close it."""
        return self.ending in RETURNED and self.closed_at is None

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been completed before `today` and is still open."""
        return self.is_open and self.due_on < today


class EventKind(models.TextChoices):
    REFERRAL = "referral", "Referral"
    INITIAL_ASSESSMENT = "initial_assessment", "Initial assessment"
    CORE_ASSESSMENT = "core_assessment", "Core assessment"
    FAMILY_ASSESSMENT = "family_assessment", "Child and family assessment"
    EARLY_HELP = "early_help", "Early help assessment"
    EARLY_HELP_PLAN = "early_help_plan", "Early help support"
    STRATEGY = "strategy_discussion", "Strategy discussion"
    SECTION_47 = "section_47", "Section 47 enquiry"
    INITIAL_CONFERENCE = "initial_conference", "Initial child protection conference"
    PLAN = "child_protection_plan", "Child protection plan"
    CORE_GROUP = "core_group", "Core group"
    REVIEW_CONFERENCE = "review_conference", "Review child protection conference"
    LOOKED_AFTER = "looked_after", "Looked after"
    CLOSED = "closed", "Closed by social care"


class Category(models.TextChoices):
    """Primary category of a child protection plan, by the codes of the children in need census.

    There is none for domestic abuse: it is the secondary category, on its own.
    """

    NEGLECT = "NEG", "Neglect"
    PHYSICAL = "PHY", "Physical abuse"
    SEXUAL = "SAB", "Sexual abuse"
    EMOTIONAL = "EMO", "Emotional abuse"
    MULTIPLE = "MUL", "Multiple or not recommended"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SocialCareEvent(Record):
    """Something social care did for a child after the incident in which it is mentioned.

    What has a length begins `on` a day and ends on another, perhaps still to come to our knowledge.
    """

    kept = CASE_RECORD
    personal = ("mention", "outcome", "factors", "said_before")
    by_the_system = ("ended_recorded_at", "said_again_at")
    on_join = {
        "mention": OnJoin(Fate.FOLLOWS, "thing that social care did", "things that social care did")
    }

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="social_care")
    kind = models.CharField(max_length=30, choices=EventKind.choices)
    on = models.DateField(db_index=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)  # rules/outcomes
    primary_category = models.CharField(max_length=3, choices=Category.choices, blank=True)
    # None: nobody said whether domestic abuse is the secondary category.
    domestic_abuse = models.BooleanField(null=True, blank=True)
    factors = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # When the end was first written down, of what ended later than it was recorded.
    ended_recorded_at = models.DateTimeField(null=True, blank=True)
    # What was said of it before each change, with the moment of that change, `until`, the latest
    # last: figures are counted as at a moment.
    said_before = models.JSONField(default=list, blank=True)
    said_again_at = models.DateTimeField(null=True, blank=True)  # the last such moment

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mention", "kind", "on"], name="happened_once"),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("on")),
                name="social_care_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(primary_category="", domestic_abuse__isnull=True)
                | models.Q(kind="child_protection_plan"),
                name="only_a_plan_has_categories",
            ),
        ]
        indexes = [last_change("care_changes", "recorded_at", "ended_recorded_at", "said_again_at")]


class Feedback(Record):
    """Whoever reported is told what came of it, as far as they may know, on their own page."""

    kept = CASE_RECORD
    personal = ()
    by_the_system = ("given_at",)

    notification = models.OneToOneField(Notification, models.PROTECT, related_name="feedback")
    extent = models.CharField(max_length=10)
    rules = models.CharField(max_length=40)  # the version that said how much
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)  # when somebody of the agency saw it
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("read_at", "read_by"), name="feedback_read_by_somebody"
            )
        ]
