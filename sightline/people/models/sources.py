"""Documents in which people are mentioned, the incidents they speak of, and homes."""

import re

import pghistory
from django.db import models

from sightline.common.models import CASE_RECORD, Record

NUMBER = re.compile(r"^(flat |unit )?[\d\s/-]+[a-z]?\b(?=\s)\s*", re.IGNORECASE)
STREET = re.compile(
    r"\b(road|rd|street|st|lane|ln|avenue|ave|close|drive|dr|way|row|court|grove|crescent|place"
    r"|terrace|walk|gardens|square|hill|parade|green|mews|rise|view|park)\.?$",
    re.IGNORECASE,
)


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
    recorded_at = models.DateTimeField(db_index=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    @property
    def happened_in(self) -> int:
        """The id of the incident, of a source that speaks of one: notifications all do."""
        if self.incident_id is None:
            raise ValueError(f"source {self.pk} speaks of no incident")
        return self.incident_id
