"""What social care really did for a child: written down by hand or taken from a file, once each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.actions.models import EventKind, SocialCareEvent
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Mention
from sightline.people.queries import persons_of
from sightline.rules.clocks.child import Happening
from sightline.rules.social_care import Said, problems
from sightline.screening.models import Screening

SAID = ("ended_on", "outcome", "primary_category", "domestic_abuse", "factors")
KEPT = ("ended_recorded_at", "said_before", "said_again_at")  # by the system, of what was said when
Key = tuple[str, date]  # kind and day: what is one thing for a child


@dataclass
class OnRecord:
    """What is on record for children, by person: the events by kind and day."""

    events: dict[int, dict[Key, SocialCareEvent]] = field(default_factory=lambda: defaultdict(dict))

    def happened(self, person: int) -> list[Happening]:
        return [
            Happening(one.kind, one.on, one.ended_on, one.outcome)
            for one in self.events[person].values()
        ]


def on_record(persons: Collection[int]) -> OnRecord:
    """Return what social care did for these children. One query."""
    found = OnRecord()
    rows = SocialCareEvent.objects.filter(
        mention__links__ended_at__isnull=True, mention__links__person__in=persons
    ).annotate(person=F("mention__links__person"))
    for row in rows.order_by("on", "pk"):
        found.events[row.person].setdefault((row.kind, row.on), row)
    return found


def new_event(mention: Mention, said: Said, by: User | None, now: datetime) -> SocialCareEvent:
    """Build an event without writing it."""
    return SocialCareEvent(
        mention=mention, kind=said.kind, on=said.on, ended_on=said.ended_on, outcome=said.outcome,
        primary_category=said.primary_category, domestic_abuse=said.domestic_abuse,
        factors=list(said.factors), recorded_at=now, recorded_by=by,
    )  # fmt: skip


def filled_in(event: SocialCareEvent, said: Said, now: datetime) -> list[str]:
    """Take into an event what is said now and was not, or otherwise, and return which fields
    changed. What is not said now stays as it is, and what was said is kept beside it."""
    changed, before = [], {name: getattr(event, name) for name in SAID}
    if event.ended_on is None and said.ended_on is not None:
        event.ended_recorded_at = now
        changed.append("ended_recorded_at")
    for name in SAID:
        value = getattr(said, name)
        value = list(value) if name == "factors" else value
        if value not in (None, "", []) and getattr(event, name) != value:
            setattr(event, name, value)
            changed.append(name)
    if changed:
        event.said_before = [*event.said_before, {"until": now.isoformat(), **_in_json(before)}]
        event.said_again_at = now
        changed += ["said_before", "said_again_at"]
    return changed


def _in_json(said: dict[str, Any]) -> dict[str, Any]:
    return {name: str(it) if isinstance(it, date) else it for name, it in said.items()}


@transaction.atomic
def record_outcome(*, screening: Screening, said: Said, by: User, now: datetime) -> SocialCareEvent:
    """Write down by hand what social care did for the child of a screening, or fill in its end,
    its outcome, its categories or factors. The same twice is once.

    Raises NotUnderstood with everything that cannot be so, WrongMoment for a child that a
    correction took out of the notification.
    """
    require(by, Perm.RECORD_OUTCOMES)
    screening = Screening.objects.select_for_update(of=("self",)).get(pk=screening.pk)
    if screening.withdrawn_at is not None:
        raise WrongMoment("A correction took this child out of the notification.")
    if said.kind not in EventKind.values:
        raise NotUnderstood("Choose what social care did from the list.")
    [person] = persons_of([screening.mention]).values()
    held = on_record([person])
    if wrong := problems(said, held.happened(person), local_date(now)):
        raise NotUnderstood(*wrong)
    return _keep(held.events[person].get((said.kind, said.on)), screening.mention, said, by, now)


def _keep(
    event: SocialCareEvent | None, mention: Mention, said: Said, by: User, now: datetime
) -> SocialCareEvent:
    if event is None:
        event = new_event(mention, said, by, now)
        event.save(force_insert=True)
        record("social_care.recorded", event, by=by, at=now, kind=event.kind)
    elif changed := filled_in(event, said, now):
        event.save(update_fields=changed)
        record(
            "social_care.filled_in", event, by=by, at=now,
            fields=[name for name in changed if name in SAID],
        )  # fmt: skip
    return event
