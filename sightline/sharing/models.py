"""The disclosure ledger: every lawful sharing decision, which is also what opens the door."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, REFERENCE, Fate, OnJoin, Record
from sightline.people.models import Mention, Person


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
    SAFE_CONTACT = "safe_contact", "How to reach them safely"
    SAFE_ADDRESS = "safe_address", "Safe address"


# What stands in the vault: opened by its own doors alone, shown by its own page alone, and not
# named where it is held back, for that would say that there is something.
VAULT_ITEMS = frozenset({Item.SAFE_CONTACT, Item.SAFE_ADDRESS})
CASE_ITEMS = tuple(item for item in Item if item not in VAULT_ITEMS)


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
    TOLD = "told", "Somebody decided to tell this agency"
    OPEN_CASE = "open_case", "Social worker of a child in the notification"
    MARAC = "marac", "Member of the MARAC that hears of this person"
    FEEDBACK = "feedback", "Reported, and is told what came of it"
    RESEARCH = "research", "Asked what it knows of this person"
    ADDRESS = "address", "Has to go to the safe address, or to make it safe"
    REACH = "reach", "Has to reach this person safely"


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


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Telling(Record):
    """Somebody wondered whether to tell, and decided: told or not told, with the ground of it.

    A decision not to tell is kept like one to tell. `verdict` is what the rules said; where the
    person decided otherwise, `because` says why.
    """

    kept = CASE_RECORD
    personal = ("mention", "because", "detrimental")
    on_join = {"mention": OnJoin(Fate.FOLLOWS, "sharing decision", "sharing decisions")}

    key = models.UUIDField(unique=True)  # of the page: a second click decides nothing more
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="tellings")  # of the child
    matter = models.CharField(max_length=20)
    recipient = models.CharField(max_length=30)
    agency = models.ForeignKey(  # where the recipient works with Sightline: a door is opened
        Agency, models.PROTECT, null=True, blank=True, related_name="tellings"
    )
    told = models.BooleanField()
    extent = models.CharField(max_length=10, blank=True, choices=Level.choices)
    pack = models.CharField(max_length=60)
    row = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=20)
    ground = models.TextField(blank=True)  # gateway and lawful basis, as the row says
    scale = models.PositiveSmallIntegerField(null=True, blank=True)
    agreed = models.CharField(max_length=20)  # to the service: never consent to the sharing
    unsafe = ArrayField(models.CharField(max_length=20), default=list)  # why it was not asked
    confirmed = models.BooleanField(default=False)  # the condition of the row
    duty = models.BooleanField(default=False)  # Children Act 2004 s.16LA
    detrimental = models.TextField(blank=True)
    because = models.TextField(blank=True)
    decided_at = models.DateTimeField(db_index=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told=False) | ~(models.Q(extent="") | models.Q(ground="")),
                name="told_on_a_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(told=True, verdict="share")
                | models.Q(told=False, verdict="do_not_share")
                | ~models.Q(because=""),
                name="telling_otherwise_says_why",
            ),
        ]


class SignOff(Record):
    """Somebody answerable has read a chapter of the rules, in these words, and stands by it."""

    kept = REFERENCE
    personal = ()

    key = models.CharField(max_length=60)  # of the chapter: "sharing 2026.1"
    digest = models.CharField(max_length=64)  # of its words; other words need another signature
    note = models.TextField(blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "digest", "signed_by"], name="signed_once")
        ]
