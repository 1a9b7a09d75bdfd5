"""Who did what, who saw what. Append-only, ids as text, no foreign keys: it outlives all else."""

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Cast

from sightline.common.models import ACCESS_RECORD, Fate, OnJoin, Record

_NOW = models.Func(function="pg_current_xact_id", output_field=models.TextField())
THIS_TRANSACTION = Cast(Cast(_NOW, models.TextField()), models.BigIntegerField())


def append_only() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Logged(Record):
    """A line of a log. `tx`, the transaction that wrote it, says when it can be sealed."""

    tx = models.BigIntegerField(db_default=THIS_TRANSACTION, editable=False)

    class Meta:
        abstract = True


class Event(Logged):
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
        indexes = [models.Index(fields=["subject", "subject_id"]), BrinIndex(fields=["tx"])]
        triggers = append_only()


class Read(Logged):
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
        indexes = [BrinIndex(fields=["tx"])]
        triggers = append_only()


class Search(Logged):
    """What a user searched for. The terms are personal data of whoever was looked for."""

    kept = ACCESS_RECORD
    personal = ("terms",)

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40, db_index=True)
    page = models.CharField(max_length=80)
    terms = models.TextField()
    found = models.PositiveIntegerField()

    class Meta:
        indexes = [BrinIndex(fields=["tx"])]
        triggers = append_only()


class Seal(Record):
    """What a log held of some transactions, as a digest that rests on the seal before it.

    Whoever changes, removes or slips in a line afterwards breaks every seal from there on. The
    newest digest is to be kept elsewhere too: `sightline doctor` says it.
    """

    kept = ACCESS_RECORD
    personal = ()
    by_the_system = ("sealed_at",)

    log = models.CharField(max_length=30)  # table
    columns = models.TextField()  # of the table, as it was then
    from_tx = models.BigIntegerField()
    below_tx = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "from_tx"], name="sealed_once"),
            models.CheckConstraint(
                condition=models.Q(below_tx__gt=models.F("from_tx")), name="seal_goes_on"
            ),
        ]
        triggers = append_only()
