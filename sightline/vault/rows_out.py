"""Rows about single persons that leave as a file: of whom there are none yet, and of whom never."""

from collections.abc import Collection, Iterator
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from sightline.common.clock import local_date
from sightline.people.models import Link, Person
from sightline.rules.embargo import rules_on
from sightline.vault.models import SafeAddress, SafeContact


class Why(StrEnum):
    """Why somebody is left out, as it is said beside the file."""

    RESTRICTED = "restricted, or in the vault"
    NEW = "new, and under embargo"


def left_out(persons: Collection[int], now: datetime) -> dict[int, Why]:
    """Return whom of these persons a file may not hold, and why (rules/embargo). One query.

    Somebody parted from another is new too: nobody has flagged them yet.
    """
    rules = rules_on(local_date(now))
    found = Person.objects.filter(pk__in=persons).annotate(shut=_shut())
    rows = found.values_list("pk", "created_at", "shut")
    return {
        pk: Why.RESTRICTED if shut else Why.NEW
        for pk, known, shut in rows
        if shut or rules.holds_back(known, now)
    }


def _shut() -> Q:
    """Whoever is restricted, or of whom the vault ever held anything: what has ended may return."""
    return Q(restricted_at__isnull=False) | Q(*_in_the_vault(), _connector=Q.OR)


def _in_the_vault() -> Iterator[Exists]:
    for entry in (SafeAddress, SafeContact):
        linked = Link.objects.filter(person=OuterRef(OuterRef("pk")), ended_at__isnull=True)
        yield Exists(entry.objects.filter(mention__in=linked.values("mention")))
