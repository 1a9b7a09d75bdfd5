"""Finding a school by part of its name."""

from django.db.models import Case, IntegerField, Q, Value, When

from sightline.directory.models import School
from sightline.directory.queries import school_key

AT_MOST = 12  # so many radios are still read; more words find fewer


def schools_like(name: str) -> list[School]:
    """Return the open schools that share most words with a name, as it was written or typed.

    The beginning of a word is enough.
    """
    words = school_key(name).split()[:8]
    if not words:
        return []
    shared = sum(
        (
            Case(When(name_key__regex=rf"\m{w}", then=1), default=0, output_field=IntegerField())
            for w in words
        ),
        start=Value(0),
    )
    found = School.objects.filter(agency__closed_on=None).annotate(shared=shared)
    return list(found.filter(Q(shared__gt=0)).order_by("-shared", "name")[:AT_MOST])
