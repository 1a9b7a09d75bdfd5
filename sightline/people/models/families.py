"""What sources say of where people lived and how they are related."""

import pghistory
from django.db import models

from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record
from sightline.people.models.mentions import Mention
from sightline.people.models.sources import Household


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
