"""Mentions as they were written, the persons they are linked to, and where people lived.

A source is one document in which people are mentioned (a notification). Nobody is two people in
one source. A person is nothing but the mentions linked to it: names and dates on `Person` are a
cached reading of those, redone whenever a link changes.
"""

import re

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, CHILD_RECORD, Fate, OnJoin, Record, all_or_none

NUMBER = re.compile(r"^(flat |unit )?[\d\s/-]+[a-z]?\b(?=\s)\s*", re.IGNORECASE)
STREET = re.compile(
    r"\b(road|rd|street|st|lane|ln|avenue|ave|close|drive|dr|way|row|court|grove|crescent|place"
    r"|terrace|walk|gardens|square|hill|parade|green|mews|rise|view|park)\.?$",
    re.IGNORECASE,
)


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


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Household(Record):
    """An address as somewhere people live."""

    kept = CASE_RECORD
    personal = ("address", "postcode", "uprn", "key")

    key = models.CharField(max_length=200, unique=True)  # normalised, for finding it again
    address = models.CharField(max_length=300)
    postcode = models.CharField(max_length=8, blank=True, db_index=True)
    uprn = models.CharField(max_length=12, blank=True, db_index=True)

    @property
    def street(self) -> str:
        """The street without house or flat: what may be seen over a shoulder."""
        parts = [part.strip() for part in self.address.split(",")]
        streets = [part for part in parts if STREET.search(part)]
        found = streets[0] if streets else parts[0] if NUMBER.match(parts[0]) else ""
        return NUMBER.sub("", found).strip() or "Address held"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Incident(Record):
    """The event that notifications speak of."""

    kept = CASE_RECORD
    personal = ("summary", "household")
    by_the_system = ("started_at",)

    started_at = models.DateTimeField(db_index=True)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="incidents"
    )
    reference = models.CharField(max_length=60, blank=True, db_index=True)  # police log number
    summary = models.TextField(blank=True)
    officer_grade = models.CharField(max_length=20, blank=True)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Source(Record):
    """One document in which people are mentioned, and the version of it that holds."""

    kept = CASE_RECORD
    personal = ("household",)
    by_the_system = ("recorded_at", "superseded_at")

    # None: nothing happened, somebody told of people (a family new to the area).
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="sources"
    )
    # Where its incident happened, as was known when this was recorded. Never edited, unlike the
    # incident's own: figures ask what was known at some moment.
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="sources"
    )
    label = models.CharField(max_length=120)  # "Police notification NW-12, version 1"
    on = models.DateField(db_index=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    @property
    def happened_in(self) -> int:
        """The id of the incident, of a source that speaks of one: notifications all do."""
        if self.incident_id is None:
            raise ValueError(f"source {self.pk} speaks of no incident")
        return self.incident_id


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Person(Record):
    """An identity: the set of mentions linked to it. Cached fields are for lists and search."""

    kept = CHILD_RECORD
    personal = ("given_name", "surname", "birth_date", "sex")
    by_the_system = ("created_at",)

    given_name = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80, blank=True, db_index=True)
    birth_date = models.DateField(null=True, blank=True, db_index=True)
    sex = models.CharField(max_length=1, blank=True)
    unborn_until = models.DateField(null=True, blank=True)  # expected date of birth
    restricted_at = models.DateTimeField(null=True, blank=True)
    restricted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    restricted_because = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("restricted_at", "restricted_by"),
                name="person_restricted_by_somebody",
            )
        ]

    @property
    def name(self) -> str:
        if self.unborn_until and not self.given_name:
            return f"Unborn child, due {self.unborn_until:%B %Y}"
        return f"{self.given_name} {self.surname}".strip() or "Name not known"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class KeptFrom(Record):
    """A user, or everybody of an agency, sees nothing of a restricted person, through no door.

    Whoever takes over mentions of the person is kept from them too (people/restricting.py).
    """

    kept = CASE_RECORD
    personal = ("person", "user")
    on_join = {"person": OnJoin(Fate.RENEWED)}

    person = models.ForeignKey(Person, models.PROTECT, related_name="kept_from")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) ^ models.Q(agency__isnull=True),
                name="kept_from_a_user_or_an_agency",
            ),
            models.CheckConstraint(
                condition=all_or_none("ended_at", "ended_by"), name="kept_from_ended_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["person", "user", "agency"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="kept_from_once",
            ),
        ]


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


class LinkModel(Record):
    """A version of the comparison that decides about links, and the decision to use it."""

    kept = CASE_RECORD
    personal = ()
    by_the_system = ("retired_at",)

    version = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the model's file
    content = models.TextField(default="")  # the file itself
    because = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(retired_at__isnull=True),
                name="one_link_model_at_a_time",
            )
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LinkChange(Record):
    """One change of who is who, as it was planned and carried out; undoing restores exactly it.

    `decided_by` empty: the machine did it, when it looked at links again.
    """

    kept = CASE_RECORD
    personal = ("because", "planned")

    kind = models.CharField(
        max_length=10,
        choices=[
            ("join", "Two persons were one"),
            ("split", "One person was two"),
            ("not_same", "Two persons are not the same"),
            ("machine", "The machine looked again"),
        ],
    )
    because = models.CharField(max_length=300)
    planned = models.JSONField(default=dict)  # what was shown before it was carried out
    # What undoing puts back beside the links: ids of persons it restricted, of whom it kept from
    # them (KeptFrom), and of the candidates of reviews that it asked of somebody else. See
    # people/undoing.py.
    before = models.JSONField(default=dict)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("undone_at", "undone_by"), name="change_undone_by_somebody"
            )
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Link(Record):
    """A mention belongs to a person: who or what said so, why, from when until when."""

    kept = CASE_RECORD
    personal = ("mention", "person")
    on_join = {"mention": OnJoin(Fate.MOVED), "person": OnJoin(Fate.MOVED)}

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, models.PROTECT, related_name="links")
    weight = models.FloatField(null=True)  # null: first mention of a new person, nothing compared
    model = models.CharField(max_length=40)  # version of the comparison that spoke
    reasons = models.JSONField(default=list)  # [[words, weight], ...]
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField()  # decided_by empty: by rule
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)
    made_in = models.ForeignKey(
        LinkChange, models.PROTECT, null=True, blank=True, related_name="made"
    )
    ended_in = models.ForeignKey(
        LinkChange, models.PROTECT, null=True, blank=True, related_name="ended"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mention"],
                condition=models.Q(ended_at__isnull=True),
                name="one_person_a_mention",
            )
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LinkReview(Record):
    """A person must say whether a mention and a known person are the same.

    Until then the mention has a person of its own, so that nothing waits for the answer. Asked
    of an odd cluster, `mention` made it odd and `candidate` is the person it is linked to.
    What each reviewer said is in `LinkAnswer`; here is what came of it. `closed_at`: nobody needs
    to answer any more, for the reason beside it.
    """

    kept = CASE_RECORD
    personal = ("mention", "candidate")
    by_the_system = ("asked_at", "closed_at")
    on_join = {
        "mention": OnJoin(Fate.ASKED_ANEW),
        "candidate": OnJoin(Fate.ASKED_ANEW),
    }

    kind = models.CharField(
        max_length=10,
        default="same",
        choices=[("same", "Is this the same person?"), ("odd", "Is this one person or several?")],
    )
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="reviews")
    candidate = models.ForeignKey(Person, models.PROTECT, related_name="+")
    weight = models.FloatField()
    model = models.CharField(max_length=40)
    reasons = models.JSONField(default=list)
    doubts = models.JSONField(default=list)  # what kept the machine from joining, in words
    two_to_answer = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    decision = models.CharField(
        max_length=10,
        blank=True,
        choices=[("same", "The same person"), ("not_same", "Not the same person")],
    )
    because = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    change = models.ForeignKey(
        LinkChange, models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)

    OPEN = models.Q(decided_at__isnull=True, closed_at__isnull=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mention", "candidate"],
                condition=models.Q(decided_at__isnull=True, closed_at__isnull=True),
                name="asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=all_or_none("decided_at", "decided_by"), name="review_decided_by_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True) | models.Q(closed_at__isnull=True),
                name="review_decided_or_closed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(decided_at__isnull=True, closed_at__isnull=True),
                name="open_review",
            )
        ]


class LinkShown(Record):
    """A question was shown to a reviewer, last at this moment.

    For a few minutes nobody else is given it as their next one; and how long an answer took is
    counted from here.
    """

    kept = CASE_RECORD
    personal = ()
    by_the_system = ("shown_at",)

    review = models.ForeignKey(LinkReview, models.CASCADE, related_name="shown")
    shown_to = models.ForeignKey(User, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "shown_to"], name="shown_once_a_reviewer")
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LinkAnswer(Record):
    """What one reviewer said. Never edited; taken back, it stays with the moment it was.

    Whoever could not tell may still answer later: only the other two bind.
    """

    kept = CASE_RECORD
    personal = ("because",)
    by_the_system = ("shown_at",)

    review = models.ForeignKey(LinkReview, models.PROTECT, related_name="answers")
    decision = models.CharField(
        max_length=10,
        choices=[
            ("same", "The same person"),
            ("not_same", "Not the same person"),
            ("unsure", "Cannot tell"),
        ],
    )
    because = models.CharField(max_length=300, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)  # when the page was opened
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "answered_by"],
                condition=models.Q(withdrawn_at__isnull=True, decision__in=["same", "not_same"]),
                name="one_answer_a_reviewer",
            )
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class NotSame(Record):
    """A human said that two persons are not the same. It binds until it is taken back.

    It holds between the mentions each of the two had then, whomever they are linked to later.
    """

    kept = CASE_RECORD
    personal = ("because",)

    because = models.CharField(max_length=300)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    change = models.ForeignKey(
        LinkChange, models.PROTECT, null=True, blank=True, related_name="not_same"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")


class NotSameSide(Record):
    """A mention on one of the two sides of a `NotSame`."""

    kept = CASE_RECORD
    personal = ("mention",)
    on_join = {"mention": OnJoin(Fate.BINDS)}

    not_same = models.ForeignKey(NotSame, models.CASCADE, related_name="sides")
    side = models.CharField(max_length=1, choices=[("a", "One"), ("b", "The other")])
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="not_same")


class SearchEntry(Record):
    """Everything by which a person can be looked up: the terms of all their mentions, together.

    Derived (people/findable.py) and redone whenever a link changes; it may be thrown away.
    """

    kept = CASE_RECORD
    personal = ("terms",)
    on_join = {"person": OnJoin(Fate.RENEWED)}

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    terms = ArrayField(models.TextField())
    last_seen = models.DateField()  # of the newest source that speaks of them

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="search_entry_terms", fastupdate=False),
            models.Index(fields=["-last_seen"], name="search_entry_last_seen"),
        ]


class Findable(Record):
    """The same rows, as a view of the wall (config/wall): its index serves whoever searches.

    Behind a policy no index of arrays is used, because comparing them is not proof against leaks.
    """

    kept = CASE_RECORD
    personal = ("terms",)
    on_join = {"person": OnJoin(Fate.RENEWED)}

    person = models.OneToOneField(
        Person, models.DO_NOTHING, primary_key=True, related_name="findable"
    )
    terms = ArrayField(models.TextField())
    last_seen = models.DateField()

    class Meta:
        managed = False
        db_table = 'wall"."people_searchentry'


class SearchWord(Record):
    """A word that stands in some name or address: what is typed is compared with these alone.

    However many people there are, there are only some tens of thousands of words.
    """

    kept = CASE_RECORD
    personal = ("word",)

    kind = models.CharField(max_length=1)  # rules.search.parts.Kind: a name's or a street's
    word = models.CharField(max_length=160)
    sounds = ArrayField(models.TextField())  # of a name; a street has none

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "word"], name="search_word_once")]
        indexes = [
            GinIndex(fields=["sounds"], name="search_word_sounds"),
            GinIndex(fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"]),
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Residence(Record):
    """A person lived in a household, as a source says."""

    kept = CASE_RECORD
    personal = ("mention", "household")
    on_join = {
        "mention": OnJoin(Fate.FOLLOWS, "note of where they lived", "notes of where they lived")
    }

    mention = models.ForeignKey(Mention, models.CASCADE, related_name="residences")
    household = models.ForeignKey(Household, models.PROTECT, related_name="residences")
    seen_on = models.DateField()


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Relationship(Record):
    """How one person of a source is related to another: `a` is ... of `b`."""

    kept = CASE_RECORD
    personal = ("a", "b", "kind")
    on_join = {
        "a": OnJoin(Fate.FOLLOWS, "relationship to somebody", "relationships to somebody"),
        "b": OnJoin(Fate.FOLLOWS, "relationship of somebody", "relationships of somebody"),
    }

    a = models.ForeignKey(Mention, models.CASCADE, related_name="relationships")
    b = models.ForeignKey(Mention, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    parental_responsibility = models.BooleanField(null=True)
    same_household = models.BooleanField(null=True)
