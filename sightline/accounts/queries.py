"""What an administrator sees of the people they look after."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.accounts.whose import looked_after_by
from sightline.audit.models import Event
from sightline.common.clock import local_date, now
from sightline.rules.access.rules_file import rules_on

HISTORY = 50


def due(users: QuerySet[User], at: datetime) -> QuerySet[User]:
    """Return those whose confirmation is due now, or who lost access for want of one."""
    rule = rules_on(local_date(at)).confirming
    soon = Q(is_active=True, membership__confirmed_at__lt=at - (rule.every - rule.remind))
    return users.filter(
        soon | Q(is_active=False, membership__ended_by=None, membership__isnull=False)
    )


def to_confirm(user: Any) -> int:
    """Return how many wait for this administrator's confirmation."""
    if Perm.MANAGE_USERS not in getattr(user, "perms", ()):
        return 0
    return due(looked_after_by(user), now()).count()


def history_of(user: User) -> list[tuple[Event, User | None]]:
    """Return what was done about somebody's access, newest first, each with who did it."""
    subject = {"subject": "access.user", "subject_id": str(user.pk)}
    events = list(
        Event.objects.filter(**subject).exclude(what__in=PASSING).order_by("-pk")[:HISTORY]
    )
    people = User.objects.in_bulk({int(event.by) for event in events if event.by.isdecimal()})
    return [(one, people.get(int(one.by)) if one.by.isdecimal() else None) for one in events]


# What is written down about sign-in itself, and is the security lead's business.
PASSING = (
    "user.signed_in", "user.signed_out", "user.sign_in_failed", "user.shown_again",
    "user.second_factor_failed", "session.locked", "session.ended",
)  # fmt: skip
