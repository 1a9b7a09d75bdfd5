"""People as they were written down, and what is compared of them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record
from sightline.people.models.sources import Household, Source


class Role(models.TextChoices):
    VICTIM = "victim", "Victim"
    PERPETRATOR = "perpetrator", "Perpetrator"
    BOTH_ALLEGED = "both_alleged", "Each says the other is abusive"
    CHILD = "child", "Child"
    OTHER = "other", "Other adult"


class Presence(models.TextChoices):
    IN_THE_ROOM = "in_the_room", "Present, in the room"
    IN_THE_HOME = "in_the_home", "Present, elsewhere in the home"
    ELSEWHERE = "elsewhere", "Lives there, was elsewhere"
    VISITING = "visiting", "Visiting, was present"
    NOT_LIVING_THERE = "not_living_there", "Does not live there, was not present"
    UNBORN = "unborn", "Unborn"
    NOT_KNOWN = "not_known", "Not known"


class Mention(Record):
    """One person as written in one source. Never edited."""

    kept = CASE_RECORD
    personal = (
        "given_name", "middle_name", "surname", "aliases", "birth_date", "sex", "ethnicity",
        "language", "address", "postcode", "phone", "nhs_number", "upn", "police_id", "household",
        "school_name", "words", "demeanour", "saw_or_heard", "detail",
    )  # fmt: skip

    source = models.ForeignKey(Source, models.PROTECT, related_name="mentions")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=Role.choices)
    given_name = models.CharField(max_length=80, blank=True)
    middle_name = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80, blank=True)
    aliases = ArrayField(models.CharField(max_length=160), default=list)
    birth_date = models.DateField(null=True, blank=True)
    expected_birth = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    ethnicity = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    police_id = models.CharField(max_length=30, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True)
    # a child in the incident
    presence = models.CharField(max_length=20, choices=Presence.choices, blank=True)
    where_in_home = models.CharField(max_length=120, blank=True)
    saw_or_heard = models.TextField(blank=True)
    spoken_to_alone = models.CharField(max_length=10, blank=True)  # yes, no, not_known
    words = models.TextField(blank=True)
    demeanour = models.TextField(blank=True)
    school_name = models.CharField(max_length=160, blank=True)
    school_urn = models.CharField(max_length=6, blank=True)
    home_educated = models.BooleanField(null=True)
    detail = models.JSONField(default=dict)  # the rest of what was written about this person

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "position"], name="mention_once_a_source")
        ]
        triggers = [pgtrigger.Protect(name="never_edited", operation=pgtrigger.Update)]

    @property
    def name(self) -> str:
        if self.presence == Presence.UNBORN and not self.given_name:
            return "Unborn child"
        return f"{self.given_name} {self.surname}".strip() or "Name not known"


class LinkKey(Record):
    """A blocking key of a mention: two mentions that share one are worth comparing.

    Keys are hashed to 64 bits (`rules.linkage.keys`): no name stands in them, and the one index
    that holds them stays small at millions of mentions.
    """

    kept = CASE_RECORD
    personal = ("key",)
    on_join = {"mention": OnJoin(Fate.FOLLOWS)}

    pk = models.CompositePrimaryKey("key", "mention_id")
    key = models.BigIntegerField()
    mention = models.ForeignKey(Mention, models.CASCADE, related_name="keys")
