"""Letters to senders: once a month, what their notifications lacked and how to mend it."""

from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import ACCESS_RECORD, Record, all_or_none


class SenderLetter(Record):
    """One letter to one sender about one month, kept as it was written. Numbers, never a name."""

    kept = ACCESS_RECORD
    personal = ()
    by_the_system = ("made_at", "mailed_at")

    sender = models.ForeignKey(Agency, models.PROTECT, related_name="letters")
    month = models.DateField()  # its first day
    content = models.JSONField()  # letters/content.py
    made_at = models.DateTimeField(db_index=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "month"], name="one_letter_a_month"),
            models.CheckConstraint(
                condition=all_or_none("read_at", "read_by"), name="letter_read_by_somebody"
            ),
        ]
