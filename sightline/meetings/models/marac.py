"""MARAC: a victim and a perpetrator are referred, heard, and flagged for twelve months.

A referral speaks of two mentions, so that it follows their links to whoever they are.
"""

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record
from sightline.meetings.models.meeting import Meeting, somebody_did
from sightline.people.models import Mention

COUNTED = OnJoin(
    Fate.FOLLOWS, "MARAC referral", "MARAC referrals", models.Q(withdrawn_at__isnull=True)
)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MaracReferral(Record):
    """A pair referred to MARAC, by which agency, on which criteria, each with its reason.

    `repeat_of`: the hearing within whose twelve months this came; the system finds it.
    """

    kept = CASE_RECORD
    personal = ("victim", "perpetrator", "criteria", "judgement")
    on_join = {"victim": COUNTED, "perpetrator": COUNTED}

    victim = models.ForeignKey(Mention, models.PROTECT, related_name="marac_as_victim")
    perpetrator = models.ForeignKey(Mention, models.PROTECT, related_name="marac_as_perpetrator")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    rules = models.CharField(max_length=60)  # version of the criteria
    criteria = models.JSONField(default=list)  # {"id", "name", "because"} each
    judgement = models.TextField(blank=True)  # a professional's own reason
    repeat_of = models.ForeignKey(
        "meetings.MaracHearing", models.PROTECT, null=True, blank=True, related_name="repeats"
    )
    referred_at = models.DateTimeField(db_index=True)
    referred_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(criteria=[]), name="referred_on_a_criterion"
            ),
            somebody_did("withdrawn"),
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MaracHearing(Record):
    """A referral was heard at a meeting. Its flag ends by itself after `flagged_until`."""

    kept = CASE_RECORD
    personal = ("summary",)

    referral = models.ForeignKey(MaracReferral, models.PROTECT, related_name="hearings")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="hearings")
    heard_at = models.DateTimeField(db_index=True)
    heard_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    summary = models.TextField()
    flagged_until = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral"], name="heard_once"),
            models.CheckConstraint(condition=~models.Q(summary=""), name="hearing_is_summed_up"),
        ]
