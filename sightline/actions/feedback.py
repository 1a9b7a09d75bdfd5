"""Telling whoever reported what came of it, as far as they may know: never by e-mail."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.actions.models import Feedback
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.wall import Purpose, acting_for
from sightline.intake.models import Notification
from sightline.meetings.models import Decision
from sightline.people.models import Link, Mention
from sightline.people.queries import persons_of
from sightline.rules.feedback import Extent, FeedbackRules, rules_on
from sightline.rules.sharing.deciding import Question, Verdict, may_tell
from sightline.rules.sharing.parts import Matter
from sightline.screening.models import Screening
from sightline.sharing.commands import FOR_FEEDBACK, Door, disclose
from sightline.sharing.table import pack_in_force
from sightline.sharing.telling import KINDS

OPEN_FOR = timedelta(days=28)  # after the last decision, as for an action that is done


@transaction.atomic
def give_feedback(decision_id: int, *, now: datetime) -> list[Feedback]:
    """Let every agency that reported the incident of a decision know of it.

    The narrow door to the child is opened only where what was decided may be known. Doing it again
    changes nothing but the day until which it may be read.
    """
    decision = Decision.objects.select_related("screening").get(pk=decision_id)
    if decision.replaced_at is not None or decision.imported:
        return []
    reported = Notification.objects.filter(
        source__incident=decision.screening.incident_id, superseded_at__isnull=True, history=False
    ).select_related("sender")
    given = [_give(notification, now) for notification in reported.order_by("pk")]
    disclose(FOR_FEEDBACK, _doors(given, now), by=None, now=now)
    return given


def _give(notification: Notification, now: datetime) -> Feedback:
    rules = rules_on(local_date(now))
    feedback, made = Feedback.objects.get_or_create(
        notification=notification,
        defaults={
            "extent": _extent(rules, notification.sender.kind, local_date(now)), "given_at": now,
            "rules": f"{rules.id} {rules.version}",
        },
    )  # fmt: skip
    if made:
        record("feedback.given", feedback, by=None, at=now, extent=feedback.extent)
    return feedback


def _extent(rules: FeedbackRules, kind: str, today: date) -> Extent:
    """What an agency of a kind may know: never more than the sharing rows let it be told."""
    most = rules.to(kind).extent
    return most if most is Extent.FACT or _may_know_decisions(kind, today) else Extent.FACT


def _may_know_decisions(kind: str, today: date) -> bool:
    """Whether a row says that what was decided may be told to such an agency at any scale, without
    agreement or a condition that a person has to confirm."""
    try:
        pack = pack_in_force(today)
    except LookupError:
        return False
    asked = [Question(Matter.DECISION, to, today) for to, kinds in KINDS.items() if kind in kinds]
    return any(may_tell(question, pack).verdict is Verdict.SHARE for question in asked)


def _doors(given: Iterable[Feedback], now: datetime) -> list[Door]:
    told = {one.pk: one for one in given if one.extent == Extent.SUMMARY}
    return [
        Door(told[pk].notification.sender_id, person, str(pk), now + OPEN_FOR)
        for pk, persons in who(told).items()
        for person in persons
    ]


def who(ids: Collection[int]) -> dict[int, set[int]]:
    """Return, for each feedback that says what was decided, the children whom the sender named and
    for whom a decision stands. Two queries.

    Nobody whose record is restricted: of them somebody tells the sender, or nobody.
    """
    links = Link.objects.filter(
        mention__source__notification__feedback__in=ids, mention__role="child",
        mention__source__notification__feedback__extent=Extent.SUMMARY,
        ended_at__isnull=True, person__restricted_at__isnull=True,
    )  # fmt: skip
    columns = ("mention__source__notification__feedback", "mention__source__incident", "person")
    rows = list(links.values_list(*columns))
    decided = _decided({incident for _, incident, _ in rows})
    found: dict[int, set[int]] = {pk: set() for pk in ids}
    for pk, incident, person in rows:
        if (incident, person) in decided:
            found[pk].add(person)
    return found


def _decided(incidents: Collection[int | None]) -> set[tuple[int, int]]:
    """Each incident with the children for whom a decision stands."""
    standing = Decision.objects.filter(
        screening__incident__in=incidents, replaced_at__isnull=True,
        screening__withdrawn_at__isnull=True, screening__mention__links__ended_at__isnull=True,
    )  # fmt: skip
    return set(standing.values_list("screening__incident", "screening__mention__links__person"))


@transaction.atomic
def read_feedback(*, feedback: Feedback, by: User, now: datetime) -> Feedback:
    """Write down who of the agency saw it first."""
    require(by, Perm.SEND_NOTIFICATION)
    feedback = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    if feedback.read_at is None:
        feedback.read_at, feedback.read_by = now, by
        feedback.save(update_fields=["read_at", "read_by"])
        record("feedback.read", feedback, by=by, at=now)
    return feedback


@dataclass(frozen=True)
class Considered:
    """How far the team is with the children of an incident: how many, screened, decided, until."""

    children: int
    screened: int
    decided: int
    last: date | None


@acting_for(Purpose.CHECKING)
def considered(incident_id: int) -> Considered:
    """Return how far the team is with an incident. Two queries."""
    standing = Screening.objects.filter(incident=incident_id, withdrawn_at__isnull=True)
    decided = Decision.objects.filter(screening__in=standing, replaced_at__isnull=True)
    last = decided.aggregate(last=Max("decided_at"))["last"]
    rows = list(standing.values_list("scale", "decisions__pk", "decisions__replaced_at", "pk"))
    return Considered(
        children=len({pk for *_, pk in rows}),
        screened=len({pk for scale, *_, pk in rows if scale is not None}),
        decided=len({pk for _, made, replaced, pk in rows if made and replaced is None}),
        last=local_date(last) if last else None,
    )


@acting_for(Purpose.CHECKING)
def decided_for(mention: Mention) -> date | None:
    """Return on which day it was decided what follows for a child of this incident, if it was: all
    that a school may know of it. Two queries."""
    [person] = persons_of([mention]).values()
    made = Decision.objects.filter(
        screening__incident=mention.source.incident_id, replaced_at__isnull=True,
        screening__withdrawn_at__isnull=True, screening__mention__links__ended_at__isnull=True,
        screening__mention__links__person=person,
    )  # fmt: skip
    at = made.order_by("-decided_at").values_list("decided_at", flat=True).first()
    return local_date(at) if at else None
