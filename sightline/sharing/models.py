"""The disclosure ledger: every lawful sharing decision, which is also what opens the door."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record
from sightline.people.models import Person


class Item(models.TextChoices):
    """What of a person may be shared, one by one."""

    IDENTITY = "identity", "Who they are"
    HOUSEHOLD = "household", "Address and household"
    INCIDENT = "incident", "What happened"
    VOICE = "voice", "The child's words and demeanour"
    HISTORY = "history", "Earlier incidents"
    SCALE = "scale", "Scale and its reasons"
    DECISION = "decision", "Decisions"
    ACTIONS = "actions", "Actions"
    SCHOOL = "school", "What the school was told and recorded"


class Level(models.TextChoices):
    FACT = "fact", "Fact only"
    SUMMARY = "summary", "Summary"
    DETAIL = "detail", "Detail"


class Origin(models.TextChoices):
    STANDING = "standing", "Core member of the screening team, open case"
    ACTION = "action", "Has an action for this person"
    NOTICE = "notice", "Operation Encompass notice"
    REVIEW = "review", "May be somebody in a notification: who is this?"
    CONTACT = "contact", "The screening team was told of the family"
    ENQUIRY = "enquiry", "Looked up again after the case closed"
    OPEN_CASE = "open_case", "Social worker of a child in the notification"
    MARAC = "marac", "Member of the MARAC that hears of this person"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Disclosure(Record):
    """An agency may see these items of this person, from then until then, for this reason."""

    kept = CASE_RECORD
    personal = ("person",)
    on_join = {"person": OnJoin(Fate.RENEWED)}  # pathway/doors.py; the plan says what it opens
    by_the_system = ("from_at", "until_at")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="disclosures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="disclosures")
    items = ArrayField(models.CharField(max_length=20, choices=Item.choices))
    level = models.CharField(max_length=10, choices=Level.choices)
    purpose = models.CharField(max_length=120)
    basis = models.CharField(max_length=200)  # gateway and lawful basis
    reason = models.CharField(max_length=300)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    origin_id = models.CharField(max_length=40)  # the incident, action or notice it stands for
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "person", "origin", "origin_id"], name="one_disclosure_an_origin"
            ),
            models.CheckConstraint(
                condition=models.Q(until_at__gte=models.F("from_at")), name="disclosure_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["person", "agency", "until_at"])]
