"""What every later stage has on record of the children of incidents, handed down to screening.

Decisions, actions and social care's events are read by actions/record.py. Here are added what
agencies answered and which pairs a MARAC has heard: each stage knows its own, and only the pathway
knows them all.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import F

from sightline.actions.record import record_facts
from sightline.common.clock import local_date
from sightline.meetings.marac.pairs import marac_hearings_of
from sightline.people.models import Link, Role
from sightline.research.models import ResearchRequest, Told
from sightline.rules.screening.record import Concern, RecordFacts

Child = tuple[int, int]  # the incident, the person


@dataclass
class _Asked:
    """What became of the questions about one incident."""

    open: int = 0
    something_known: bool = False
    answered: int = 0

    @property
    def all_knew_nothing(self) -> bool:
        return self.answered > 0 and not self.open and not self.something_known


@dataclass
class _Raised:
    """The concerns about one child, and whether one was raised about anybody in an incident."""

    of_child: dict[int, list[Concern]] = field(default_factory=lambda: defaultdict(list))
    in_incident: set[int] = field(default_factory=set)


def facts_on_record(incidents: Iterable[int], *, now: datetime) -> dict[Child, RecordFacts]:
    """Return what is on record for each child of these incidents; of whom nothing is, are left out.

    The number of queries does not depend on how many incidents and children there are.
    """
    wanted = list(incidents)
    children = _children(wanted)
    found = record_facts(wanted, now=now)
    hearings, asked = marac_hearings_of(wanted), _asked(wanted)
    raised = _raised(wanted, {person for _, person in children})
    for child in children:
        incident, person = child
        facts = replace(
            found.get(child, RecordFacts()),
            marac_hearings=hearings.get(incident),
            concerns=_concerns(raised.of_child.get(person, []), asked[incident]),
            nothing_found_by_agencies=_nothing_found(incident, asked[incident], raised),
        )
        if facts != RecordFacts():
            found[child] = facts
    return found


def _children(incidents: list[int]) -> set[Child]:
    links = Link.objects.filter(
        mention__source__incident__in=incidents, mention__role=Role.CHILD,
        mention__source__superseded_at__isnull=True, ended_at__isnull=True,
        person__restricted_at__isnull=True,
    )  # fmt: skip
    return set(links.values_list("mention__source__incident", "person"))


def _asked(incidents: list[int]) -> dict[int, _Asked]:
    found: dict[int, _Asked] = defaultdict(_Asked)
    rows = ResearchRequest.objects.filter(incident__in=incidents, withdrawn_at__isnull=True)
    for incident, at, nothing in rows.values_list("incident", "answered_at", "nothing_known"):
        found[incident].open += at is None
        found[incident].answered += at is not None
        found[incident].something_known |= at is not None and not nothing
    return found


def _raised(incidents: list[int], children: set[int]) -> _Raised:
    """The concerns that stand: about these children at any time, about anybody in these incidents.

    One query for each.
    """
    standing = Told.objects.filter(
        concern=True, answer__superseded_at__isnull=True, asked__withdrawn_at__isnull=True,
        asked__mention__links__ended_at__isnull=True,
    ).annotate(person=F("asked__mention__links__person"))  # fmt: skip
    raised = _Raised()
    about = standing.filter(asked__mention__links__person__in=children)
    for person, at, agency in about.values_list(
        "person", "answer__answered_at", "answer__request__agency__name"
    ).order_by("answer__answered_at"):
        raised.of_child[person].append(Concern(local_date(at), agency))
    here = standing.filter(answer__request__incident__in=incidents)
    raised.in_incident = set(here.values_list("answer__request__incident", flat=True))
    return raised


def _concerns(raised: list[Concern], asked: _Asked) -> tuple[Concern, ...] | None:
    """Two agencies are enough to say so; that there are not two is known when all have answered."""
    enough = len({concern.agency for concern in raised}) >= 2
    return tuple(raised) if enough or (asked.answered and not asked.open) else None


def _nothing_found(incident: int, asked: _Asked, raised: _Raised) -> bool | None:
    """False where an agency is concerned; True where all have answered and know nothing; None
    while some have not, or know the family without a concern."""
    if incident in raised.in_incident:
        return False
    return True if asked.all_knew_nothing else None
