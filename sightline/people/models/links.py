"""Which person a mention is: the model that decides, changes, links, and what humans keep apart."""

import pghistory
from django.db import models

from sightline.access.models import User
from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record, all_or_none, last_change
from sightline.people.models.mentions import Mention
from sightline.people.models.persons import Person


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
        indexes = [last_change("link_changes", "decided_at", "ended_at")]


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
