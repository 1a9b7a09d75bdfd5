"""Who did what, who saw what. Append-only, ids as text, no foreign keys: it outlives all else."""

import pgtrigger
from django.db import models

from sightline.common.models import ACCESS_RECORD, Fate, OnJoin, Record


class Event(Record):
    """Something a person or the system did. `detail` holds ids and codes, never personal data."""

    kept = ACCESS_RECORD
    personal = ()

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40)  # user id, or "system"
    what = models.CharField(max_length=60, db_index=True)  # "decision.made"
    subject = models.CharField(max_length=60)  # "meetings.decision"
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"])]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class Read(Record):
    """One user saw items of one person, for a purpose, under a disclosure."""

    kept = ACCESS_RECORD
    personal = ()
    on_join = {"person": OnJoin(Fate.STAYS)}  # who was looked at, as it was then

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40, db_index=True)
    agency = models.CharField(max_length=40)
    person = models.CharField(max_length=40, db_index=True)
    page = models.CharField(max_length=80)
    items = models.JSONField(default=list)
    because = models.CharField(max_length=200)  # the disclosure that opened the door

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class Search(Record):
    """What a user searched for. The terms are personal data of whoever was looked for."""

    kept = ACCESS_RECORD
    personal = ("terms",)

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40, db_index=True)
    page = models.CharField(max_length=80)
    terms = models.TextField()
    found = models.PositiveIntegerField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
