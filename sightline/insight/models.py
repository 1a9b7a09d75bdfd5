"""Figures that were published: which, of which days, as known when, with every digit."""

import pghistory
from django.db import models

from sightline.access.models import User
from sightline.common.models import REFERENCE, Record


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Published(Record):
    """A figure that somebody gave to others. It can be counted again to the digit.

    `rows` is what was counted; `given` is the same with small counts hidden, as everybody else may
    see it (insight/reading), or null where days or moment are such that nobody else may.
    """

    kept = REFERENCE
    personal = ()
    by_the_system = ("as_at",)

    figure = models.CharField(max_length=60)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    as_at = models.DateTimeField()
    part = models.CharField(max_length=120, blank=True)  # "column=value"; "" is everything
    rows = models.JSONField()  # each cell as it was printed
    given = models.JSONField(null=True, blank=True)  # likewise
    policy = models.CharField(max_length=40, blank=True)  # by which small counts of it are hidden
    records = models.PositiveIntegerField()
    definition = models.CharField(max_length=64)  # digest of the question and its facts
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "part", "first", "last", "as_at"],
                name="published_once",
                nulls_distinct=False,
            )
        ]
