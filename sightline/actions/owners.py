"""Who is to do an action, and who is not there to do it: leavers, and people who are away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.access.models import Absence, User
from sightline.actions.models import Action
from sightline.common.words import short_day


@dataclass(frozen=True)
class Away:
    """Somebody is not there until a day, and who answers in their place, if anybody does."""

    until: date
    deputy: User | None


def away_on(on: date, users: Collection[int] | None = None) -> dict[int, Away]:
    """Return who is away on a day, of these users or of all. One query."""
    absences = _on(on) if users is None else _on(on, user__in=users)
    rows = list(absences.select_related("user__deputy").order_by("last"))
    absent = {row.user_id for row in rows}

    def deputy(user: User) -> User | None:
        other = user.deputy
        return other if other and other.is_active and other.pk not in absent else None

    return {row.user_id: Away(row.last, deputy(row.user)) for row in rows}


def nobodys(today: date) -> Q:
    """The condition on Action under which nobody is there to do it: it was given to nobody, to
    somebody who has left, or to somebody who is away without a deputy."""
    absent = _on(today, user=OuterRef("owner")).filter(user__deputy__isnull=True)
    return Q(owner__isnull=True) | Q(owner__is_active=False) | Q(Exists(absent))


def _on(day: date, **which: object) -> QuerySet[Absence]:
    here = Absence.objects.filter(first__lte=day, last__gte=day, withdrawn_at__isnull=True)
    return here.filter(**which)


def owner_words(action: Action, away: dict[int, Away]) -> str:
    """Who of the agency is to do it; nobody, too, where whoever it was given to is not there."""
    owner = action.owner
    if owner is None:
        return "Nobody yet"
    if not owner.is_active:
        return f"Nobody: {owner.name} has left"
    if owner.pk not in away:
        return owner.name
    gone = away[owner.pk]
    if gone.deputy is None:
        return f"Nobody: {owner.name} is away until {short_day(gone.until)}"
    return f"{gone.deputy.name}, for {owner.name}, who is away until {short_day(gone.until)}"
