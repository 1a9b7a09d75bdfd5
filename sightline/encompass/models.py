"""Telling schools: one notice a child, incident and school."""

import pghistory
from django.db import models

from sightline.access.models import User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record, all_or_none
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
    by_the_system = ("due_at", "made_at", "sent_at", "withdrawn_at")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="notices")
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="notices")
    child_key = models.CharField(max_length=60)  # same child over versions of a notification
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="notices"
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
            *[
                models.CheckConstraint(
                    condition=all_or_none(f"{step}_at", f"{step}_by"), name=f"notice_{step}_by"
                )
                for step in ("opened", "received", "supported")
            ],
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(received_at__isnull=True, withdrawn_at__isnull=True),
                name="not_confirmed",
            )
        ]


class Delivery(Record):
    """One try to send the e-mail of a notice."""

    kept = CASE_RECORD
    personal = ("to",)
    by_the_system = ("tried_at",)

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()
    failed_because = models.CharField(max_length=120, blank=True)
