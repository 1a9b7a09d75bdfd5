"""Who may stand in a table of persons that leaves the partnership."""

from datetime import datetime

from django.db.models import QuerySet

from sightline.common.wall import Purpose, acting_for
from sightline.people.models import Person
from sightline.rules.vault.embargo import EMBARGO
from sightline.vault.models import SafeAddress


def may_leave(persons: QuerySet[Person], now: datetime) -> QuerySet[Person]:
    """Leave out whoever is new, restricted, or safe somewhere that nobody may learn.

    Every export of rows about persons asks this (tests/policy/test_exports.py); counts do not.
    """
    standing = SafeAddress.objects.filter(
        mention__links__ended_at__isnull=True, ended_at__isnull=True
    )
    with acting_for(Purpose.CHECKING):  # whoever exports sees none of them
        safe = list(standing.values_list("mention__links__person", flat=True))
    known = persons.filter(created_at__lte=now - EMBARGO, restricted_at__isnull=True)
    return known.exclude(pk__in=safe)
