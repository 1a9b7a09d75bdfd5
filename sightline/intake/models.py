"""Notifications as they came in, what could not be understood, and files on their way in."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import Agency, SenderToken, User
from sightline.common.models import CASE_RECORD, REFERENCE, Kept, Record, last_change
from sightline.people.models import Source

IN_TRANSIT = Kept(1, "the day it came in", "until the sender has corrected it")


class Channel(models.TextChoices):
    FORM = "form", "Form"
    FILE = "file", "File"
    API = "api", "Machine to machine"


class Notification(Record):
    """A notification: the raw body unchanged, and what was read out of it."""

    kept = CASE_RECORD
    personal = ("raw", "content")
    by_the_system = ("notified_at", "linked_at", "opened_at", "superseded_at")

    sender = models.ForeignKey(Agency, models.PROTECT, related_name="notifications")
    reference = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    receipt = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    raw = models.BinaryField()
    raw_type = models.CharField(max_length=60)
    content = models.JSONField()  # the same in our own words, sightline/intake/schema.py
    notified_at = models.DateTimeField(db_index=True)  # when the sender made it
    received_at = models.DateTimeField(db_index=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    token = models.ForeignKey(SenderToken, models.PROTECT, null=True, blank=True, related_name="+")
    history = models.BooleanField(default=False)  # a back-load: no clocks run for it
    missing = ArrayField(models.CharField(max_length=80), default=list)
    notes = ArrayField(models.TextField(), default=list)  # what was mended or not understood
    completeness = models.PositiveSmallIntegerField()  # 0 to 100
    source = models.OneToOneField(
        Source, models.PROTECT, null=True, blank=True, related_name="notification"
    )
    linked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)  # screenings and notices made
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "reference", "version"], name="received_once")
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(opened_at__isnull=True),
                name="still_on_its_way",
            ),
            last_change("notification_changes", "received_at", "superseded_at"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="kept_as_it_came",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("raw", "sender", "reference", "version", "receipt"),
            )
        ]


class Refusal(Record):
    """Something that could not be understood. Kept whole, with what to do about it."""

    kept = IN_TRANSIT
    personal = ("raw",)

    sender = models.ForeignKey(Agency, models.PROTECT, related_name="refusals")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    raw = models.BinaryField()
    raw_type = models.CharField(max_length=60, blank=True)
    reasons = ArrayField(models.TextField())
    digest = models.CharField(max_length=64, db_index=True)


class ColumnMapping(Record):
    """Which column of a sender's file is which field, kept for the next file with that header."""

    kept = REFERENCE
    personal = ()

    sender = models.ForeignKey(Agency, models.CASCADE, related_name="mappings")
    kind = models.CharField(max_length=20)
    header_key = models.CharField(max_length=64)  # digest of the header row
    columns = models.JSONField()  # {column name: field name}
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "kind", "header_key"], name="mapped_once")
        ]


class ImportKind(models.TextChoices):
    NOTIFICATIONS = "notifications", "Notifications"
    DECISIONS = "decisions", "Decisions of earlier screenings"
    SOCIAL_CARE = "social_care", "What social care did"


@pghistory.track(exclude=["content"])
class ImportFile(Record):
    """A file on its way in. Its bytes are kept, so that a killed import can go on."""

    kept = IN_TRANSIT
    personal = ("content",)
    by_the_system = ("finished_at",)

    sender = models.ForeignKey(Agency, models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=20, choices=ImportKind.choices)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    history = models.BooleanField(default=False)
    columns = models.JSONField(default=dict)  # the mapping in use; empty until chosen
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)  # the row from which to go on
    accepted = models.PositiveIntegerField(default=0)
    replayed = models.PositiveIntegerField(default=0)
    failed_because = models.CharField(max_length=300, blank=True)


class RefusedRow(Record):
    """A row of a file that could not be understood, as it was, and why."""

    kept = IN_TRANSIT
    personal = ("row",)

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="refused")
    number = models.PositiveIntegerField()  # as a spreadsheet counts, header is 1
    row = models.JSONField()
    reasons = ArrayField(models.TextField())

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="refused_once_a_row")
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Contact(Record):
    """A family that the team was told of: nothing happened, but they are to be known when it does.

    They may be known by an address alone. Whatever names them later is linked to them.
    """

    kept = CASE_RECORD
    personal = ("comes_from", "told_by")

    key = models.UUIDField(unique=True)  # made with the form: sent twice, it is recorded once
    source = models.OneToOneField(Source, models.PROTECT, related_name="contact")
    comes_from = models.CharField(max_length=300, blank=True)
    told_by = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")


class Draft(Record):
    """A form on its way in, page by page, so that nothing typed is lost."""

    kept = IN_TRANSIT
    personal = ("data",)
    by_the_system = ("changed_at",)

    by = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    key = models.UUIDField(unique=True)  # in the URL, and what makes sending it twice one
    data = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    notification = models.ForeignKey(
        Notification, models.PROTECT, null=True, blank=True, related_name="+"
    )
