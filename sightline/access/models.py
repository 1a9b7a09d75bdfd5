"""Agencies, their users and teams, who is absent, and the tokens of agencies' machines."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.roles import ROLES, Perm, perms_of
from sightline.common.models import REFERENCE, STAFF, Record, all_or_none
from sightline.rules.research.services import Service


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
    # What it is asked as, when agencies are asked what they know of a family.
    services = ArrayField(
        models.CharField(max_length=30, choices=[(s.value, s.words) for s in Service]),
        default=list,
        blank=True,
    )
    telephone = models.CharField(max_length=30, blank=True)  # a duty number, nobody's own
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def answers_for(self) -> list[str]:
        """The services it may be asked as; a school always as the school of its pupils."""
        own = [Service.SCHOOL.value] if self.kind == AgencyKind.SCHOOL else []
        return [*self.services, *(one for one in own if one not in self.services)]


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
    # Who answers in this user's place while they are absent; of the same agency.
    deputy = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="stands_in_for"
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


@pghistory.track()
class Absence(Record):
    """Days on which somebody is not there, both included; their deputy answers in their place."""

    kept = STAFF
    personal = ("user",)

    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    first = models.DateField()
    last = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="absence_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=all_or_none("withdrawn_at", "withdrawn_by"),
                name="absence_withdrawn_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["user", "first", "last"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_absence_once",
            ),
        ]


class TokenUse(models.TextChoices):
    """What a machine may do with a token."""

    NOTIFICATIONS = "notifications", "Send notifications"
    RESEARCH = "research", "Read and answer what the agency is asked"


def only_notifications() -> list[str]:
    return [TokenUse.NOTIFICATIONS.value]


@pghistory.track(exclude=["digest"])
class SenderToken(Record):
    """Lets one agency's machine in, for some uses. Only a digest of the token is kept."""

    kept = STAFF
    personal = ()

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    uses = ArrayField(
        models.CharField(max_length=20, choices=TokenUse.choices), default=only_notifications
    )
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
