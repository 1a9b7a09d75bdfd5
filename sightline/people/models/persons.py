"""Who people are, and who is kept from them."""

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import CASE_RECORD, CHILD_RECORD, Fate, OnJoin, Record, all_or_none


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

    @property
    def in_a_sentence(self) -> str:
        if self.given_name or self.surname:
            return self.name
        unborn = self.name.replace("Unborn", "an unborn")
        return unborn if self.unborn_until else "somebody whose name is not known"


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
