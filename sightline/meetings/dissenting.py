"""An agency that does not agree with a decision: its words stand wherever the decision does."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.models import Decision, Dissent

# Of decisions: the dissents that stand, with who they are of, in `dissents`.
STANDING_DISSENTS = Prefetch(
    "dissents",
    Dissent.objects.filter(withdrawn_at__isnull=True).select_related("agency").order_by("pk"),
)
REPLACED = "This decision has been replaced. Dissent belongs to the newer one."


@transaction.atomic
def record_dissent(
    *, decision: Decision, agency: Agency, words: str, by: User, now: datetime,
    seen: Collection[int] | None = None,
) -> Dissent:  # fmt: skip
    """Write down that an agency does not agree with a standing decision, and why, in its words.

    A member speaks for their own agency; whoever runs the meeting writes it down for any. The
    same words again are one dissent; other words take their place, and both are kept. Raises
    WrongMoment for a decision that was replaced, or where other words of the agency stand that
    were not among those `seen` (ids; None: not asked); NotUnderstood without words.
    """
    _may_speak(agency, by)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    words = words.strip()
    if decision.replaced_at is not None:
        raise WrongMoment(REPLACED)
    if not words:
        raise NotUnderstood("Say with what the agency does not agree, and why.")
    standing = _standing(decision, agency)
    if standing is not None and standing.words == words:
        return standing
    if standing is not None and seen is not None and standing.pk not in seen:
        raise WrongMoment(
            f"{standing.recorded_by.name} wrote down dissent of {agency.name} while this page was "
            "open. It is shown beside what you wrote; send yours again to put it in its place."
        )
    if standing is not None:
        _end(standing, by, now)
    dissent = Dissent.objects.create(
        decision=decision, agency=agency, words=words, recorded_at=now, recorded_by=by
    )
    record("decision.dissent", dissent, by=by, at=now, decision=decision.pk, agency=agency.pk)
    return dissent


@transaction.atomic
def withdraw_dissent(*, dissent: Dissent, by: User, now: datetime) -> Dissent:
    """The agency agrees after all, or it was written down by mistake. It stays in the record."""
    dissent = Dissent.objects.select_for_update().get(pk=dissent.pk)
    _may_speak(dissent.agency, by)
    if dissent.withdrawn_at is None:
        _end(dissent, by, now)
        record("decision.dissent_withdrawn", dissent, by=by, at=now)
    return dissent


def dissent_words(decision: Decision, *, whole: bool) -> list[str]:
    """Return each standing dissent of a decision that was loaded with STANDING_DISSENTS: whose it
    is and, where the reasons of the decision may be told, its words."""
    return [
        f"{one.agency.name} dissents: {one.words}" if whole else f"{one.agency.name} dissents."
        for one in decision.dissents.all()
    ]


def _may_speak(agency: Agency, by: User) -> None:
    require(by, Perm.ATTEND_MEETINGS)
    if agency.pk != by.agency_id and Perm.RUN_MEETINGS not in by.perms:
        raise PermissionDenied


def _standing(decision: Decision, agency: Agency) -> Dissent | None:
    return Dissent.objects.filter(
        decision=decision, agency=agency, withdrawn_at__isnull=True
    ).first()


def _end(dissent: Dissent, by: User, now: datetime) -> None:
    dissent.withdrawn_at, dissent.withdrawn_by = now, by
    dissent.save(update_fields=["withdrawn_at", "withdrawn_by"])
