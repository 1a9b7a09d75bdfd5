"""Places and published figures about them, as reference files say: one `Edition` a file.

A new edition stands beside the old ones, so that what was worked out with an old one can be worked
out again. Which edition holds on a day is in `queries`.
"""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import User
from sightline.common.models import REFERENCE, Record, all_or_none


class Kind(models.TextChoices):
    POSTCODES = "postcodes", "Postcode directory"
    LOOKUP = "lookup", "Small areas and their wards"
    SMALL_AREAS = "small_areas", "Boundaries of small areas"
    WARDS = "wards", "Boundaries of wards"
    DEPRIVATION = "deprivation", "Indices of deprivation"
    CHILDREN = "children", "Children's population"
    COUNCILS = "councils", "Children's population, by council"
    IN_NEED = "in_need", "Children in need, by council"
    REFERRALS = "referrals", "Referrals and re-referrals, by council"
    FACTORS = "factors", "Factors at the end of assessment, by council"
    PLANS = "plans", "Child protection plans by duration, by council"


class Editions(models.QuerySet["Edition"]):
    def standing(self) -> "Editions":
        """Those that could be taken in, or still are, and that nobody took out of use."""
        return self.filter(failed_because="", withdrawn_at__isnull=True)

    def known_at(self, at: datetime) -> "Editions":
        """Those that had been taken in at a moment and were not out of use then."""
        withdrawn_later = models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gt=at)
        return self.filter(withdrawn_later, failed_because="", finished_at__lte=at)


class Edition(Record):
    """A reference file as it was published on some day, and how far it has been taken in."""

    kept = REFERENCE
    personal = ()
    by_the_system = ("finished_at",)

    kind = models.CharField(max_length=20, choices=Kind.choices)
    vintage = models.CharField(max_length=60)  # as its publisher calls it: "November 2025"
    source = models.CharField(max_length=200)  # who published it, under which licence
    holds_from = models.DateField()
    councils = ArrayField(models.CharField(max_length=9), default=list)  # only theirs is kept
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    size = models.PositiveBigIntegerField()
    content = models.BinaryField(null=True)  # of an upload, until it has been taken in
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveBigIntegerField(default=0)  # bytes dealt with: where to go on
    lines = models.PositiveIntegerField(default=0)
    rows_kept = models.PositiveIntegerField(default=0)
    elsewhere = models.PositiveIntegerField(default=0)  # rows of other councils
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_because = models.CharField(max_length=400, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # it was the wrong file
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Editions.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "digest"],
                condition=models.Q(failed_because="", withdrawn_at__isnull=True),
                name="edition_taken_in_once",
            ),
            models.CheckConstraint(
                condition=all_or_none("withdrawn_at", "withdrawn_by"),
                name="edition_withdrawn_by_somebody",
            ),
        ]


class BadLine(Record):
    """A line of a reference file that could not be understood, as it was, and why."""

    kept = REFERENCE
    personal = ()

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="bad_lines")
    number = models.PositiveIntegerField()  # the first line of the file is 1
    text = models.CharField(max_length=1000)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="bad_line_once_an_edition")
        ]


class Postcode(Record):
    """A postcode and the small area it lies in, ended ones too: old addresses have them."""

    kept = REFERENCE
    personal = ()

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="postcodes")
    code = models.CharField(max_length=8)  # in its usual form, "ZZ9 4QT"
    small_area = models.CharField(max_length=9)  # LSOA of 2021
    ward = models.CharField(max_length=9, blank=True)
    council = models.CharField(max_length=9, blank=True)
    introduced = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="postcode_once_an_edition")
        ]


class SmallArea(Record):
    """A small area and the one ward it is counted in: that of most of its homes."""

    kept = REFERENCE
    personal = ()

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="small_areas")
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=80, blank=True)
    ward = models.CharField(max_length=80)  # its code, or its name where that is all there is
    ward_name = models.CharField(max_length=80, blank=True)
    council = models.CharField(max_length=9, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="small_area_once_an_edition")
        ]


class Outline(Record):
    """The boundary of an area: polygons, each of rings of [longitude, latitude]."""

    kept = REFERENCE
    personal = ()

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="outlines")
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=80, blank=True)
    shape = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="outline_once_an_edition")
        ]


class Measure(models.TextChoices):
    RANK = "rank", "Rank of deprivation (1 is most deprived)"
    DECILE = "decile", "Decile of deprivation (1 is most deprived)"
    CHILDREN = "children", "Children under 18"


class AreaValue(Record):
    """A number that was published about a small area."""

    kept = REFERENCE
    personal = ()

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="values")
    code = models.CharField(max_length=9)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code", "measure"], name="value_once_an_edition"
            )
        ]


class NationalFigure(Record):
    """A row of the national statistics: a council, a region or England in one year.

    Cells are as they were published, symbols for what is suppressed or missing too.
    """

    kept = REFERENCE
    personal = ()

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField()  # the one that ends in March of it
    level = models.CharField(
        max_length=10,
        choices=[("national", "England"), ("regional", "Region"), ("council", "Council")],
    )
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=80)
    region = models.CharField(max_length=9, blank=True)
    cells = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "year", "code"], name="national_figure_once_an_edition"
            )
        ]
