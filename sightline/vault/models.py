"""Safe contact and safe addresses: sealed, apart from everything else, each look written down.

Nothing here can be read without a key that is not in the database (keys.py). No history is kept by
triggers: what stands here is superseded, never edited. Signs (rules/scanning) are kept as keyed
digests, so that what leaves can be searched without opening anything.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import (
    ACCESS_RECORD,
    CASE_RECORD,
    Fate,
    OnJoin,
    Record,
    all_or_none,
)
from sightline.people.models import Incident, Mention
from sightline.rules.scanning.signs import Kind


class Entry(Record):
    """One sealed thing about the person that a mention is linked to; it holds until it ends.

    Several hold at once where two records were joined: then the strictest rules of all do.
    `kept_by` empty: it came in a notification.
    """

    kept = CASE_RECORD
    personal = ("sealed", "mention")
    on_join = {"mention": OnJoin(Fate.FOLLOWS)}

    key = models.UUIDField(
        unique=True
    )  # of the form: sent twice it is kept once; bound by the seal
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    sealed_with = models.CharField(max_length=20, db_index=True)  # id of a key
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("ended_at", "ended_by"),
                name="%(class)s_ended_by_somebody",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="superseded_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("key", "mention", "kept_at", "kept_by"),
            )
        ]


class SafeContact(Entry):
    """How somebody can be reached safely (rules/vault/contact.py)."""


class SafeAddress(Entry):
    """Where somebody is safe."""


class Print(Record):
    """A keyed digest of one sign of an entry: what leaves is searched for it.

    Released: somebody who answers for it said that this sign alone gives nothing away any more.
    """

    kept = CASE_RECORD
    personal = ("because",)

    digest = models.BinaryField(db_index=True)
    marked_with = models.CharField(max_length=20)  # id of the key
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    address = models.ForeignKey(
        SafeAddress, models.PROTECT, null=True, blank=True, related_name="prints"
    )
    contact = models.ForeignKey(
        SafeContact, models.PROTECT, null=True, blank=True, related_name="prints"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address__isnull=True) ^ models.Q(contact__isnull=True),
                name="print_of_one_entry",
            ),
            models.CheckConstraint(
                condition=all_or_none("released_at", "released_by"),
                name="print_released_by_somebody",
            ),
        ]


class Look(Record):
    """Somebody opened what stands in the vault about somebody, and said why."""

    kept = ACCESS_RECORD
    personal = ("mention", "reason")
    on_join = {"mention": OnJoin(Fate.FOLLOWS)}

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="+")
    items = ArrayField(models.CharField(max_length=20))
    reason = models.TextField()
    looked_at = models.DateTimeField(db_index=True)
    looked_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class What(models.TextChoices):
    HELD_BACK = "held_back", "Something with a safe address or number in it was held back"
    INCIDENT = "incident", "A safe address has become the address of an incident"
    CHANGED = "changed", "A safe address was changed: stop what is on its way to the old one"


class Alarm(Record):
    """Something that somebody must look at. Ids and names of pages only: no address, no name."""

    kept = ACCESS_RECORD
    personal = ("done",)
    by_the_system = ("first_at", "last_at", "mailed_at")

    what = models.CharField(max_length=10, choices=What.choices)
    way = models.CharField(max_length=10, blank=True)  # page, file, api, mail
    place = models.CharField(max_length=80, blank=True)  # the name of a page, the kind of a mail
    reader = models.CharField(max_length=40, blank=True)  # id of the user it was held back from
    kind = models.CharField(max_length=10, blank=True)  # of sign: a postcode alone may be chance
    address = models.ForeignKey(
        SafeAddress, models.PROTECT, null=True, blank=True, related_name="alarms"
    )
    contact = models.ForeignKey(
        SafeContact, models.PROTECT, null=True, blank=True, related_name="alarms"
    )
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="vault_alarms"
    )
    agency = models.ForeignKey(  # whom it is for; empty: those who answer for the partnership
        Agency, models.PROTECT, null=True, blank=True, related_name="+"
    )
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    done = models.TextField(blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("seen_at", "seen_by"), name="alarm_seen_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["what", "way", "place", "reader", "kind", "address", "contact", "incident",
                        "agency"],
                condition=models.Q(seen_at__isnull=True),
                nulls_distinct=False,
                name="one_alarm_at_a_time",
            ),
        ]  # fmt: skip


class SealedBody(Record):
    """What a notification said of safe contact: the whole body as it came, and the parts."""

    kept = CASE_RECORD
    personal = ("sealed",)
    by_the_system = ("kept_at",)

    receipt = models.CharField(max_length=20, unique=True)  # of the notification
    sealed = models.BinaryField()
    sealed_with = models.CharField(max_length=20, db_index=True)
    kept_at = models.DateTimeField()
