"""Reading screenings."""

from django.db.models import Exists, OuterRef, QuerySet

from sightline.screening.models import Screening

# Decisions belong to a later stage. They are reached through the relation that they add to a
# screening, so that this stage need not know them and the fact is kept in one place only.
STANDING = {"decisions__isnull": False, "decisions__replaced_at__isnull": True}


def is_decided(screening: Screening) -> bool:
    """Whether a decision stands for this screening."""
    return Screening.objects.filter(pk=screening.pk, **STANDING).exists()


def undecided(screenings: QuerySet[Screening]) -> QuerySet[Screening]:
    """Return those of `screenings` that hold and for which no decision stands."""
    decided = Screening.objects.filter(pk=OuterRef("pk"), **STANDING)
    return screenings.filter(~Exists(decided), withdrawn_at__isnull=True)
