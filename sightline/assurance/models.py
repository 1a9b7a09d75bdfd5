"""Audits of case files: what somebody found in one child's file, theme by theme."""

from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record, all_or_none
from sightline.rules.assurance.themes import Met
from sightline.screening.models import Screening


class FileAudit(Record):
    """One child's file after one incident, as one auditor found it.

    Never changed: what was wrong is withdrawn with its reason, and audited anew.
    """

    kept = CASE_RECORD
    personal = ("learning",)
    on_join = {
        "screening__mention": OnJoin(
            Fate.FOLLOWS, "audit of the file", "audits of the file",
            models.Q(withdrawn_at__isnull=True),
        )
    }  # fmt: skip

    key = models.UUIDField(unique=True)  # drawn when the form was opened: sent twice, kept once
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="audits")
    council = models.ForeignKey(Agency, models.PROTECT, related_name="+")  # whose file it is
    themes = models.CharField(max_length=60)  # version of the themes, "file-audit 2026.1"
    learning = models.TextField(blank=True)
    recorded_at = models.DateTimeField(db_index=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("withdrawn_at", "withdrawn_by"),
                name="file_audit_withdrawn_by_somebody",
            )
        ]


class ThemeFound(Record):
    """How far the file holds up in one theme, and what shows it."""

    kept = CASE_RECORD
    personal = ("evidence",)

    audit = models.ForeignKey(FileAudit, models.CASCADE, related_name="found")
    theme = models.CharField(max_length=20)
    met = models.CharField(max_length=10, choices=[(met.value, met.words) for met in Met])
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "theme"], name="one_finding_a_theme")
        ]
