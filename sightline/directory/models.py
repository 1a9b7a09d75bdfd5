"""Schools and who in them is told."""

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import REFERENCE, STAFF, Record


class SchoolKind(models.TextChoices):
    """What kind of setting it is. All are told of their pupils alike; by which row of the sharing
    rules depends on whether it is a school or comes before school."""

    STATE = "state", "State school"
    INDEPENDENT = "independent", "Independent school"
    ALTERNATIVE = "alternative", "Alternative provision"
    SPECIAL = "special", "Special school"
    COLLEGE = "college", "College"
    EARLY_YEARS = "early_years", "Nursery or childminder"


@pghistory.track()
class School(Record):
    """A school or college. It is also an agency: its users sign in under it."""

    kept = REFERENCE
    personal = ()

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="school")
    urn = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)  # for finding it as police wrote it
    phase = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=20, choices=SchoolKind.choices, default=SchoolKind.STATE)
    low_age = models.PositiveSmallIntegerField(default=4)
    high_age = models.PositiveSmallIntegerField(default=18)
    telephone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Term(Record):
    """First and last school day of a term or half term, of one school or (school empty) of all."""

    kept = REFERENCE
    personal = ()

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="terms")
    first = models.DateField()
    last = models.DateField()


class ClosureDay(Record):
    """An inset or other day on which one school is closed in term."""

    kept = REFERENCE
    personal = ()

    school = models.ForeignKey(School, models.CASCADE, related_name="closures")
    on = models.DateField()
    why = models.CharField(max_length=80, default="inset day")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "on"], name="closed_once_a_day")]


@pghistory.track()
class KeyAdult(Record):
    """Somebody in a school who is told: the designated safeguarding lead or a deputy."""

    kept = STAFF
    personal = ("user",)

    school = models.ForeignKey(School, models.CASCADE, related_name="key_adults")
    user = models.ForeignKey(User, models.PROTECT, related_name="key_adult_of")
    deputy = models.BooleanField(default=False)
    confirmed_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)  # when the school was last asked for it
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["deputy", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user"],
                condition=models.Q(ended_on__isnull=True),
                name="key_adult_once_a_school",
            )
        ]
