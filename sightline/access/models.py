"""Agencies, their users and teams, and the tokens with which machines send notifications."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.roles import ROLES, Perm, perms_of
from sightline.common.models import REFERENCE, STAFF, Record, all_or_none


class AgencyKind(models.TextChoices):
    POLICE = "police", "Police"
    SOCIAL_CARE = "social_care", "Children's social care"
    EARLY_HELP = "early_help", "Early help"
    HEALTH = "health", "Health trust"
    SCHOOL = "school", "School or college"
    EDUCATION = "education", "Council education service"
    PROBATION = "probation", "Probation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    HOUSING = "housing", "Housing"
    MENTAL_HEALTH = "mental_health", "Adult mental health"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse service"
    PERPETRATOR = "perpetrator", "Perpetrator programme"
    COUNCIL = "council", "Council"


@pghistory.track()
class Agency(Record):
    kept = REFERENCE
    personal = ()

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    core = models.BooleanField(default=False)  # sits in the screening team
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(Record):
    kept = REFERENCE
    personal = ()

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="one_team_a_name")]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, Record):
    """Somebody of an agency who may sign in."""

    kept = STAFF
    personal = ("email", "name", "telephone")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="users")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True)
    # Whom it is escalated to when this user's work is late; of the same agency.
    manager = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="manages"
    )
    roles = ArrayField(models.CharField(max_length=40), default=list)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def perms(self) -> frozenset[Perm]:
        return perms_of(self.roles) if self.is_active else frozenset()

    @property
    def role_names(self) -> str:
        return ", ".join(ROLES[code].name for code in self.roles if code in ROLES)

    @property
    def is_core(self) -> bool:
        return any(ROLES[code].core for code in self.roles if code in ROLES)


@pghistory.track(exclude=["digest"])
class SenderToken(Record):
    """Lets one agency's machine send notifications. Only a digest of the token is kept."""

    kept = STAFF
    personal = ()

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("revoked_at", "revoked_by"), name="token_revoked_by_somebody"
            )
        ]

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None or self.revoked_at > now
