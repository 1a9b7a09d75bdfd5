"""Which files may be audited, and which audits may be read: those of children whom one may see."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from sightline.access.models import Agency, AgencyKind, User
from sightline.assurance.models import FileAudit
from sightline.people.models import Link
from sightline.screening.models import Screening
from sightline.screening.sight import Opened, open_screening
from sightline.sharing.models import Item
from sightline.sharing.queries import visible_persons

RECENT = timedelta(days=365)


def audits_for(user: User, now: datetime) -> QuerySet[FileAudit]:
    """Return the audits of files of children whose decisions this user may see, newest first."""
    seen = Link.objects.filter(
        mention=OuterRef("screening__mention"), ended_at__isnull=True,
        person__in=visible_persons(user, now, Item.DECISION),
    )  # fmt: skip
    found = FileAudit.objects.filter(Exists(seen)).prefetch_related("found")
    return found.select_related(
        "council", "recorded_by__agency", "screening__incident__household"
    ).order_by("-recorded_at", "-pk")


def drawn_by_chance(user: User, now: datetime) -> Screening | None:
    """Return a file of the last year, decided on and not audited, that this user may see."""
    seen = Link.objects.filter(
        mention=OuterRef("mention"), ended_at__isnull=True,
        person__in=visible_persons(user, now, Item.DECISION),
    )  # fmt: skip
    audited = FileAudit.objects.filter(screening=OuterRef("pk"), withdrawn_at__isnull=True)
    found = Screening.objects.filter(
        Exists(seen), ~Exists(audited), withdrawn_at__isnull=True, imported=False,
        opened_at__gt=now - RECENT, decisions__isnull=False,
    )  # fmt: skip
    return found.order_by("?").first()


def file_or_404(user: User, screening_id: int, now: datetime) -> Opened:
    """Load the file of a child, and write down the look. 404 unless its decision may be seen."""
    return open_screening(user, screening_id, item=Item.DECISION, page="file-audit", now=now)


def audit_or_404(user: User, pk: int, now: datetime) -> tuple[FileAudit, Opened]:
    """Load an audit with the file it is of, and write down the look."""
    audit = FileAudit.objects.select_related(
        "council", "recorded_by__agency", "withdrawn_by"
    ).filter(pk=pk).first()  # fmt: skip
    if audit is None:
        raise Http404
    return audit, file_or_404(user, audit.screening_id, now)


def councils() -> QuerySet[Agency]:
    """Return whose files may be audited: the social care services of the partnership's councils."""
    return Agency.objects.filter(kind=AgencyKind.SOCIAL_CARE, closed_on__isnull=True)
