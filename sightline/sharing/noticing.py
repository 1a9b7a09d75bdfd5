"""Noticing what happens about restricted records: each look at one, and who is kept from one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import actor, record
from sightline.sharing.models import Caution, Noticed


def notice_looks(
    persons: Mapping[int, str],
    *,
    by: User,
    page: str,
    now: datetime,
    what: Noticed = Noticed.LOOKED,
) -> None:
    """Put before whoever answers for restrictions that `by` saw these persons, and why each was
    open. What nobody has seen yet is counted on. No query where there is nobody."""
    for person, because in sorted(persons.items()):
        _notice(str(person), because, what, actor(by), page, now)


@transaction.atomic  # a command also within a page: whoever looks does not see what was noticed
def _notice(person: str, because: str, what: Noticed, who: str, page: str, now: datetime) -> None:
    caution, fresh = Caution.objects.get_or_create(
        what=what, person=person, by=who, seen_at=None,
        defaults={"page": page, "because": because[:200], "first_at": now, "last_at": now},
    )  # fmt: skip
    if not fresh:
        again = {"times": F("times") + 1, "last_at": now, "page": page}
        Caution.objects.filter(pk=caution.pk).update(**again)


def cautions() -> QuerySet[Caution]:
    """Return them, those that nobody has seen first, then the newest."""
    return Caution.objects.select_related("seen_by").order_by(
        F("seen_at").asc(nulls_first=True), "-last_at", "-pk"
    )


def count_for(user: User) -> int:
    """Return how many nobody has seen, for whoever answers for them. One query, or none."""
    if Perm.RESTRICT not in user.perms:
        return 0
    return Caution.objects.filter(seen_at__isnull=True).count()


@transaction.atomic
def see_caution(*, caution: Caution, done: str, by: User, now: datetime) -> None:
    """Say what was done about one. Of two who say so the first is kept."""
    require(by, Perm.RESTRICT)
    seen = Caution.objects.filter(pk=caution.pk, seen_at__isnull=True).update(
        seen_at=now, seen_by=by, done=" ".join(done.split())
    )
    if seen:
        record("restriction.look_seen", caution, by=by, at=now)
