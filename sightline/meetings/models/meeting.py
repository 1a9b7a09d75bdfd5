"""A meeting of any kind: its list, who was in the room, and the invitations to it."""

from datetime import datetime, timedelta

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, STAFF, Record, all_or_none
from sightline.people.models import Incident


def somebody_did(step: str) -> models.CheckConstraint:
    """Return the constraint that a step has both its moment and its person, or neither."""
    return models.CheckConstraint(
        condition=all_or_none(f"{step}_at", f"{step}_by"), name=f"%(class)s_{step}_by"
    )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Meeting(Record):
    """A daily call, a screening meeting or a MARAC. Its state is read from its moments.

    `rules`: the kind and the version by which its list is built (rules/meetings). `uid` and
    `sequence` name it in calendars; the sequence grows with every change that calendars must know.
    """

    kept = CASE_RECORD
    personal = ()

    kind = models.CharField(max_length=40)
    rules = models.CharField(max_length=60)
    starts = models.DateTimeField(db_index=True)
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200)
    uid = models.UUIDField(unique=True)
    sequence = models.PositiveIntegerField(default=0)
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    listed_at = models.DateTimeField(null=True, blank=True)
    listed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    list_changed_at = models.DateTimeField(null=True, blank=True)
    list_changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "starts"],
                condition=models.Q(cancelled_at__isnull=True),
                name="one_meeting_of_a_kind_at_a_time",
            ),
            *map(somebody_did, ("listed", "published", "list_changed", "closed", "cancelled")),
        ]

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        """Whether its list, its attendance and its decisions may still be written down."""
        return self.closed_at is None and self.cancelled_at is None


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MeetingItem(Record):
    """A family on the list of a meeting, or a pair on that of a MARAC; why it stands there.

    `added_by` empty: a rule put it there. Taken: it was decided on, or heard, in this meeting.
    """

    kept = CASE_RECORD
    personal = ("because", "deferred_because", "removed_because")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="meeting_items"
    )
    referral = models.ForeignKey(
        "meetings.MaracReferral", models.PROTECT, null=True, blank=True, related_name="items"
    )
    position = models.PositiveSmallIntegerField()
    because = models.JSONField(default=list)  # the reasons, a sentence each
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    deferred_at = models.DateTimeField(null=True, blank=True)
    deferred_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    deferred_because = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    removed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(incident__isnull=True) ^ models.Q(referral__isnull=True),
                name="a_family_or_a_pair",
            ),
            *[
                models.UniqueConstraint(
                    fields=["meeting", what],
                    condition=models.Q(removed_at__isnull=True),
                    name=f"one_item_a_{what}",
                )
                for what in ("incident", "referral")
            ],
            *map(somebody_did, ("taken", "deferred", "removed")),
        ]


class Came(models.TextChoices):
    """How an agency was represented."""

    PRESENT = "present", "Present"
    DEPUTY = "deputy", "Deputy present"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent without apology"


IN_THE_ROOM = (Came.PRESENT, Came.DEPUTY)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Attendance(Record):
    """Whether an agency was in the room, through whom, from when until when, if not all along."""

    kept = CASE_RECORD
    personal = ("name",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)  # as it was said; need be no user of ours
    came = models.CharField(max_length=10, choices=Came.choices)
    from_time = models.DateTimeField(null=True, blank=True)
    until_time = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agency"], name="one_attendance_an_agency")
        ]

    def was_there(self, at: datetime) -> bool:
        """Whether somebody of the agency was in the room at that moment."""
        began = self.from_time is None or self.from_time <= at
        stayed = self.until_time is None or at < self.until_time
        return self.came in IN_THE_ROOM and began and stayed


class Invitation(Record):
    """One version of the calendar entry of a meeting, for one member, and whether it went out."""

    kept = STAFF
    personal = ("to",)
    by_the_system = ("made_at", "tried_at", "sent_at")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_because = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "to", "sequence"], name="one_invitation_a_version"
            )
        ]
