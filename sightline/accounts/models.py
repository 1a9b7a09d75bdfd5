"""How a user proves who they are, and until when it is known that they need access.

What opens a door is kept sealed (`sealing.py`) or as a digest, and never in the history.
"""

from datetime import datetime

import pghistory
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import STAFF, Kept, Record, all_or_none

FAILURES = Kept(0, "the last failure", "only what makes the next attempt wait")


@pghistory.track(exclude=["sealed", "last_step"])
class Authenticator(Record):
    """A user's authenticator app: it and we know one secret, from which each half minute has a
    code. `last_step` is the half minute of the last code that was taken: none is taken twice."""

    kept = STAFF
    personal = ("user",)

    user = models.ForeignKey(User, models.PROTECT, related_name="authenticators")
    sealed = models.TextField()
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at=None), name="one_authenticator_a_user"
            ),
            models.CheckConstraint(
                condition=all_or_none("ended_at", "ended_by"),
                name="authenticator_ended_by_somebody",
            ),
        ]


@pghistory.track(exclude=["data", "counter", "used_at"])
class Passkey(Record):
    """A key that a user's device or security key holds; we know its public half alone."""

    kept = STAFF
    personal = ("user",)
    by_the_system = ("used_at",)

    user = models.ForeignKey(User, models.PROTECT, related_name="passkeys")
    label = models.CharField(max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)  # base64url; 1,023 bytes at most
    data = models.BinaryField()  # AttestedCredentialData of WebAuthn
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("ended_at", "ended_by"), name="passkey_ended_by_somebody"
            )
        ]


class RecoveryCode(Record):
    """One of ten codes for the day when telephone and key are lost. Taken once."""

    kept = STAFF
    personal = ("user",)
    by_the_system = ("used_at",)

    user = models.ForeignKey(User, models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)


class EntryCode(Record):
    """Lets a new user, or one who lost everything, in once. Whoever made it hands it over."""

    kept = STAFF
    personal = ("user",)
    by_the_system = ("used_at", "withdrawn_at")

    user = models.ForeignKey(User, models.PROTECT, related_name="entry_codes")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: console
    good_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # a newer one, or access ended

    @classmethod
    def usable(cls, now: datetime) -> models.Q:
        """The condition under which a code lets somebody in."""
        return models.Q(used_at=None, withdrawn_at=None, good_until__gt=now, user__is_active=True)


@pghistory.track(exclude=["sealed_secret"])
class Issuer(Record):
    """An agency's own sign-in (OpenID Connect): its people come in through it and no other way."""

    kept = STAFF
    personal = ()

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="issuer")
    url = models.URLField()
    client_id = models.CharField(max_length=200)
    sealed_secret = models.TextField()
    asks_second_factor = models.BooleanField(default=False)  # itself, so that we need not
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: console


@pghistory.track()
class Identity(Record):
    """Who somebody is at their agency's own sign-in: issuer and subject, never an e-mail address,
    which may be given to somebody else one day."""

    kept = STAFF
    personal = ("user", "subject")

    user = models.ForeignKey(User, models.PROTECT, related_name="identities")
    issuer = models.URLField()
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()
    bound_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                condition=models.Q(ended_at=None),
                name="one_user_a_subject",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at=None), name="one_identity_a_user"
            ),
        ]


@pghistory.track()
class Membership(Record):
    """That somebody needs access: confirmed when, by whom (nobody: the clock was started by the
    system), and ended when, by whom (nobody: by the rule) and why."""

    kept = STAFF
    personal = ("user",)

    user = models.OneToOneField(User, models.PROTECT, related_name="membership")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)


class Attempts(Record):
    """Failures in a row of one account, browser or address, which are here by digest only."""

    kept = FAILURES
    personal = ()
    by_the_system = ("last_at",)

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
