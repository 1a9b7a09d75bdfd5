"""Telling schools: one notice a child, incident and school."""

from datetime import datetime

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import (
    ACCESS_RECORD,
    CASE_RECORD,
    Fate,
    OnJoin,
    Record,
    all_or_none,
    last_change,
)
from sightline.directory.models import School
from sightline.people.models import Incident, Mention


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Notice(Record):
    """The school of a child mentioned in a notification is to be told before the bell.

    It speaks of the mention, as police wrote it, so that a doubt about who the child is in our
    records never delays it. `school` is empty where none could be found: somebody must look.
    """

    kept = CASE_RECORD
    personal = ("mention", "support")
    on_join = {
        "mention": OnJoin(
            Fate.FOLLOWS, "message to a school", "messages to schools",
            models.Q(withdrawn_at__isnull=True),
        )
    }  # fmt: skip
    by_the_system = ("due_at", "made_at", "sent_at", "withdrawn_at", "again_due_at")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="notices")
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="notices")
    child_key = models.CharField(max_length=60)  # same child over versions of a notification
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    # The council's service that is told in the place of a school, of a child taught at home.
    office = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    no_school_because = models.CharField(max_length=120, blank=True)
    told_otherwise = models.CharField(max_length=200, blank=True)  # by telephone, or not the school
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    due_because = models.CharField(max_length=300)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Corrected after the school had it: by when that is to be read, and who opened it since.
    again_due_at = models.DateTimeField(null=True, blank=True)
    again_opened_at = models.DateTimeField(null=True, blank=True)
    again_opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    support = models.TextField(blank=True)
    supported_at = models.DateTimeField(null=True, blank=True)
    supported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "child_key"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_notice_a_child_and_incident",
            ),
            models.CheckConstraint(
                condition=models.Q(school__isnull=True) | models.Q(office__isnull=True),
                name="told_a_school_or_an_office",
            ),
            *[
                models.CheckConstraint(
                    condition=all_or_none(f"{step}_at", f"{step}_by"), name=f"notice_{step}_by"
                )
                for step in ("opened", "again_opened", "received", "supported")
            ],
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(received_at__isnull=True, withdrawn_at__isnull=True),
                name="not_confirmed",
            ),
            last_change(
                "notice_changes", "made_at", "withdrawn_at", "sent_at", "received_at", "due_at"
            ),
        ]

    @property
    def bell(self) -> datetime:
        """By when it is to be read: as it is now, where a correction came after it had been."""
        return self.again_due_at or self.due_at

    @property
    def reads_again(self) -> bool:
        """Whether a correction is to be read of a message that the school had before."""
        return self.again_due_at is not None and self.again_opened_at is None


UNDER_WAY = "not known yet"  # what a try says of itself until the mail server has answered


class Delivery(Record):
    """One try to send an e-mail about a notice to somebody.

    `failed_because` is empty once the mail server took it, UNDER_WAY until it answered. `known_as`:
    what a provider calls it. Taken, and given back later, it has failed after all.
    """

    kept = CASE_RECORD
    personal = ("to",)
    by_the_system = ("tried_at", "delivered_at")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, blank=True, db_index=True)  # of the e-mail
    tried_at = models.DateTimeField()
    failed_because = models.CharField(max_length=120, blank=True)
    known_as = models.CharField(max_length=60, blank=True, db_index=True)
    delivered_at = models.DateTimeField(null=True, blank=True)  # in the mailbox, its provider says

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "to"],
                condition=models.Q(failed_because=UNDER_WAY),
                name="one_try_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["name", "to"],
                condition=models.Q(failed_because="") & ~models.Q(name=""),
                name="one_email_once",
            ),
        ]


class PassedOn(Record):
    """A message that nobody had opened so long before the bell went on, to a rung of the rules."""

    kept = CASE_RECORD
    personal = ("to",)
    by_the_system = ("passed_at",)

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="passed_on")
    rung = models.CharField(max_length=20)
    rules = models.CharField(max_length=60)  # by which rules
    to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    passed_at = models.DateTimeField()
    bell = models.DateTimeField(null=True, blank=True)  # of a correction; else the notice's own

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "rung", "bell"], nulls_distinct=False,
                name="passed_on_once_a_rung",
            )
        ]  # fmt: skip


class Move(Record):
    """A child left a school, as somebody of the school or of the screening team said.

    What police write down later may still be the old school: the message follows the child.
    """

    kept = CASE_RECORD
    personal = ("mention",)
    on_join = {"mention": OnJoin(Fate.FOLLOWS)}

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="moves")  # of the child
    left = models.ForeignKey(School, models.PROTECT, related_name="+")
    went_to = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")


class ListedIncident(Record):
    """An incident with a child that police say they attended: a notification must have come of it.

    Nothing but the log number, when, and how many children: enough to see what did not arrive.
    """

    kept = ACCESS_RECORD
    personal = ()
    by_the_system = ("started_at", "listed_at")

    sender = models.ForeignKey(Agency, models.PROTECT, related_name="listed_incidents")
    reference = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    children = models.PositiveSmallIntegerField()
    listed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "reference"], name="listed_once"),
            models.CheckConstraint(
                condition=all_or_none("settled_at", "settled_by"), name="listed_settled_by"
            ),
        ]


class Reconciliation(Record):
    """What did not arrive, counted on one morning."""

    kept = ACCESS_RECORD
    personal = ()
    by_the_system = ("reconciled_at",)

    reconciled_at = models.DateTimeField(db_index=True)
    not_notified = models.PositiveIntegerField()  # incidents with a child and no notification
    not_made = models.PositiveIntegerField()  # children without a message; made now
    no_school = models.PositiveIntegerField()
    no_receipt = models.PositiveIntegerField()
