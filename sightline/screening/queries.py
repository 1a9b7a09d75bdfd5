"""Reading screenings."""

from django.db.models import FilteredRelation, Q, QuerySet

from sightline.access.models import Agency, AgencyKind
from sightline.screening.models import Answer, Screening

# Decisions belong to a later stage. They are reached through the relation that they add to a
# screening, so that this stage need not know them and the fact is kept in one place only.
STANDING = {"decisions__isnull": False, "decisions__replaced_at__isnull": True}


def is_decided(screening: Screening) -> bool:
    """Whether a decision stands for this screening."""
    return Screening.objects.filter(pk=screening.pk, **STANDING).exists()


def undecided(screenings: QuerySet[Screening]) -> QuerySet[Screening]:
    """Return those of `screenings` that hold and for which no decision stands."""
    stands = FilteredRelation("decisions", condition=Q(decisions__replaced_at__isnull=True))
    return screenings.alias(stands=stands).filter(stands__isnull=True, withdrawn_at__isnull=True)


def is_open(screening: Screening) -> bool:
    """Whether answers and scale may still be changed."""
    return screening.withdrawn_at is None and not is_decided(screening)


def answers_of(screening: Screening) -> dict[str, Answer]:
    """Return the answers of a screening by item, with who gave each. One query."""
    found = screening.answers.select_related("answered_by__agency")
    return {answer.item: answer for answer in found}


def working_agencies() -> QuerySet[Agency]:
    """Return the agencies that work now, but for schools, of which there are hundreds."""
    return Agency.objects.filter(closed_on__isnull=True).exclude(kind=AgencyKind.SCHOOL)
