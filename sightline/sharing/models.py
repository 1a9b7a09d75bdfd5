"""The disclosure ledger: every lawful sharing decision, which is also what opens the door."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import (
    ACCESS_RECORD,
    CASE_RECORD,
    REFERENCE,
    Fate,
    OnJoin,
    Record,
    all_or_none,
)
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
    EMERGENCY = "emergency", "Opened in an emergency, to be reviewed"
    NAMED = "named", "Restricted, and opened to this user by name"


# Doors of the screening team at large; every other is made for one agency or user and one purpose.
TEAM_AT_LARGE = (Origin.STANDING, Origin.REVIEW, Origin.ENQUIRY, Origin.CONTACT)
# Doors to everybody of an agency: to a restricted person they are shut, and whoever has to work
# with them is named. A school's key adults, whoever is asked by name, and the vault are few.
SHUT_BY_RESTRICTION = (
    *TEAM_AT_LARGE, Origin.ACTION, Origin.OPEN_CASE, Origin.TOLD, Origin.MARAC
)  # fmt: skip


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Disclosure(Record):
    """An agency may see these items of this person, from then until then, for this reason.

    With a `user` it is open to that one alone, and not to the agency.
    """

    kept = CASE_RECORD
    personal = ("person", "user")
    on_join = {"person": OnJoin(Fate.RENEWED)}  # pathway/doors.py; the plan says what it opens
    by_the_system = ("from_at", "until_at")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="disclosures")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
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
    # The two others that are called consent: kept apart, they open and shut nothing.
    treatment = models.CharField(max_length=20, default="not_asked")
    data_consent = models.CharField(max_length=20, default="not_asked")
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


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Emergency(Record):
    """Somebody opened a person's record for some hours because it could not wait, and why.

    Somebody else reviews it: whether it was justified, and what follows from that.
    """

    kept = ACCESS_RECORD
    personal = ("person", "reason", "follows")
    on_join = {"person": OnJoin(Fate.STAYS)}  # it is over in hours; the door keeps its person
    by_the_system = ("until_at", "mailed_at")

    key = models.UUIDField(unique=True)  # of the page: a second click opens nothing more
    person = models.ForeignKey(Person, models.PROTECT, related_name="emergencies")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="emergencies")
    reason = models.TextField()
    opened_at = models.DateTimeField(db_index=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="emergencies")
    until_at = models.DateTimeField()
    review_by = models.DateField()  # the last day on which its review is in time
    mailed_at = models.DateTimeField(null=True, blank=True)
    justified = models.BooleanField(null=True)
    follows = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    WAITS = models.Q(reviewed_at__isnull=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("reviewed_at", "reviewed_by", "justified"),
                name="emergency_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(reviewed_by=models.F("opened_by")),
                name="emergency_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("opened_at")), name="emergency_ends_later"
            ),
        ]


class Noticed(models.TextChoices):
    LOOKED = "looked", "A restricted record was looked at"
    KEPT_AWAY = "kept_away", "Somebody tried to open a record that they are kept from"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Caution(Record):
    """Something about a restricted record that its lead must look at; ids only, as in the logs.

    The same again is counted where it stands, until somebody has seen it.
    """

    kept = ACCESS_RECORD
    personal = ("done",)
    by_the_system = ("first_at", "last_at")
    on_join = {"person": OnJoin(Fate.STAYS)}  # who was looked at, as it was then

    what = models.CharField(max_length=10, choices=Noticed.choices)
    person = models.CharField(max_length=40, db_index=True)
    by = models.CharField(max_length=40)  # user id
    page = models.CharField(max_length=80)
    because = models.CharField(max_length=200)  # the disclosure that opened the door
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    done = models.TextField(blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("seen_at", "seen_by"), name="caution_seen_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["what", "person", "by"],
                condition=models.Q(seen_at__isnull=True),
                name="one_caution_at_a_time",
            ),
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SharingRow(Record):
    """One version of a row of the sharing rules, as the partnership has changed it.

    It holds from its commencement, once it is signed. What it says is never edited: another
    version follows it. No content: the row ends.
    """

    kept = REFERENCE
    personal = ()

    key = models.UUIDField(unique=True)  # of the page: sent twice it is one version
    row = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()  # of the version; the shipped one is none
    content = models.JSONField(null=True, blank=True)  # as a file would say it
    commencement = models.DateField()
    because = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "number"], name="one_row_a_version"),
            models.CheckConstraint(
                condition=all_or_none("signed_at", "signed_by"), name="row_signed_by_somebody"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="followed_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "key",
                    "row",
                    "number",
                    "content",
                    "commencement",
                    "because",
                    "changed_at",
                    "changed_by",
                ),
            )
        ]
