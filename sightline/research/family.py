"""What agencies know of a family, as one user may see it: names and telephone numbers first.

Answers are for the core members of the screening team. Everybody else sees what their own agency
was asked and answered, and that alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sightline.access.cover import Cover, cover_of
from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.clock import local_date
from sightline.common.countdown import by_when, clock_to
from sightline.common.words import moment, short_day
from sightline.people.models import Incident
from sightline.research.models import How, Known, MayShare, ResearchRequest, Told
from sightline.research.reading import About, Read, read
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see


@dataclass(frozen=True)
class KnownPerson:
    """What one agency says of one person. `known`: known, nothing, not_checked; "" not answered.

    sharing: how far it may go, in words; what must not leave the team says so.
    """

    person_id: int
    name: str
    known: str
    words: str
    worker: str = ""
    telephone: str = ""
    since: str = ""
    last_seen: str = ""
    matters: str = ""
    concern: bool = False
    sharing: str = ""
    within_team: bool = False


@dataclass(frozen=True)
class AgencyLine:
    """One agency asked as one service.

    state: answered, nothing, waiting or late. word, kind: the tag of that state. when: by when, or
    when it was answered and how. ring: while it is open, who to ring: name, telephone, and in
    whose place. nobody: nobody of the agency could answer today, or no agency is chosen.
    """

    request_id: int
    agency: str
    service: str
    state: str
    word: str
    kind: str
    when: str
    people: tuple[KnownPerson, ...]
    ring: tuple[tuple[str, str, str], ...]
    nobody: bool
    href: str


@dataclass(frozen=True)
class AgenciesKnow:
    """asked = answered + nothing_known + waiting + late; `late_agencies` names the late ones."""

    asked: int
    answered: int
    nothing_known: int
    waiting: int
    late: int
    late_agencies: tuple[str, ...]
    lines: tuple[AgencyLine, ...]
    ask_href: str  # where to ask another agency; empty for whoever may not

    @property
    def summary(self) -> str:
        """ "7 asked, 5 answered, 1 nothing known, 1 late: GP"; "" where nobody was asked."""
        if not self.asked:
            return ""
        parts = [f"{self.asked} asked", f"{self.answered} answered"]
        parts += [f"{self.nothing_known} nothing known"] if self.nothing_known else []
        parts += [f"{self.waiting} not yet due"] if self.waiting else []
        parts += [f"{self.late} late: {', '.join(self.late_agencies)}"] if self.late else []
        return ", ".join(parts)


def what_agencies_know(incident: Incident | int, user: User, now: datetime) -> AgenciesKnow:
    """Return what agencies were asked and answered about an incident's people. Eight queries at
    most, however many were asked. The caller has written down the look at the family."""
    incident_id = incident if isinstance(incident, int) else incident.pk
    requests = ResearchRequest.objects.filter(incident=incident_id, withdrawn_at__isnull=True)
    if not user.is_core:
        requests = requests.filter(agency=user.agency_id)
    found = read(requests.select_related("agency").order_by("due_at", "service", "pk"))
    seen = _seen(user, found, now)
    shown = [(one, about) for one in found if (about := visible(one, seen))]
    cover = cover_for((one for one, _ in shown), now)
    lines = [agency_line(one, about, cover, user, now) for one, about in shown]
    return _counted(sorted(lines, key=_order), incident_id, user)


def _seen(user: User, found: Sequence[Read], now: datetime) -> frozenset[int]:
    persons = {about.person.pk for one in found for about in one.about}
    answers = what_they_may_see(user, persons, now)
    return frozenset(p for p, answer in answers.items() if Item.IDENTITY in answer.items)


def visible(one: Read, seen: frozenset[int]) -> list[About]:
    """Whom the request asks about and the user may see, each once: two mentions may be one."""
    by_person = {about.person.pk: about for about in one.about if about.person.pk in seen}
    return list(by_person.values())


def cover_for(found: Iterable[Read], now: datetime) -> dict[int, Cover]:
    waiting = {one.request.agency_id for one in found if one.request.is_open}
    return cover_of({pk for pk in waiting if pk}, Perm.ANSWER_RESEARCH, local_date(now))


def _order(line: AgencyLine) -> tuple[int, str]:
    """What is known comes first, then what is late and can be chased."""
    return ("answered", "late", "waiting", "nothing").index(line.state), line.service


def _counted(lines: list[AgencyLine], incident_id: int, user: User) -> AgenciesKnow:
    by_state = dict.fromkeys(("answered", "nothing", "waiting", "late"), 0)
    for line in lines:
        by_state[line.state] += 1
    late = tuple(line.service for line in lines if line.state == "late")
    may_ask = Perm.CHASE_AGENCIES in user.perms
    return AgenciesKnow(
        asked=len(lines), answered=by_state["answered"], nothing_known=by_state["nothing"],
        waiting=by_state["waiting"], late=by_state["late"], late_agencies=late,
        lines=tuple(lines),
        ask_href=reverse("research-ask", args=[incident_id]) if may_ask else "",
    )  # fmt: skip


def agency_line(
    one: Read, about: Sequence[About], cover: dict[int, Cover], user: User, now: datetime
) -> AgencyLine:
    """Return the line of one request, saying of `about` what was answered of them."""
    request = one.request
    state, word, kind = state_of(request, now)
    there = cover.get(request.agency_id or 0, Cover())
    return AgencyLine(
        request_id=request.pk,
        agency=request.agency.name if request.agency else "No agency chosen",
        service=request.service_words,
        state=state, word=word, kind=kind,
        when=_when(one, now),
        people=tuple(_person(each) for each in about),
        ring=tuple(ring(there)) if request.is_open else (),
        nobody=request.is_open and there.nobody,
        href=_href(request, user),
    )  # fmt: skip


def state_of(request: ResearchRequest, now: datetime) -> tuple[str, str, str]:
    """Return the state of a request, its word and the kind of its tag."""
    if request.withdrawn_at is not None:
        return "withdrawn", "Withdrawn", "plain"
    if request.answered_at is not None:
        known = ("nothing", "Nothing known", "plain")
        return known if request.nothing_known else ("answered", "Answered", "done")
    clock = clock_to(request.due_at, now)
    return ("late" if clock.is_late else "waiting"), clock.words, clock.kind


def _when(one: Read, now: datetime) -> str:
    if one.answer is None:
        return by_when(one.request.due_at, now)
    by = one.answer.answered_by.name if one.answer.answered_by else ""
    told = f"{one.answer.told_by}; keyed in by {by}" if one.answer.how == How.PAPER else by
    if one.answer.how == How.API:
        told = "the agency's system"
    return f"{moment(one.answer.answered_at)}, {told}"


def _person(about: About) -> KnownPerson:
    told = about.told
    if told is None:
        return KnownPerson(about.person.pk, about.person.name, "", "Not answered yet")
    if told.known != Known.KNOWN:
        words = Known(told.known).label
        return KnownPerson(about.person.pk, about.person.name, told.known, words,
                           matters=told.matters)  # fmt: skip
    return KnownPerson(
        person_id=about.person.pk, name=about.person.name, known=told.known, words="Known",
        worker=told.worker, telephone=told.telephone, since=told.since, last_seen=_last_seen(told),
        matters=told.matters, concern=bool(told.concern),
        sharing=MayShare(told.may_share).label,
        within_team=told.may_share != MayShare.HELPING,
    )  # fmt: skip


def _last_seen(told: Told) -> str:
    return short_day(told.last_seen) if told.last_seen else "not known"


def ring(cover: Cover) -> list[tuple[str, str, str]]:
    """Return whom to ring: name, telephone, and in whose place they answer."""
    place = {
        one.deputy.pk: f"in place of {one.absent.name}, absent until {short_day(one.until)}"
        for one in cover.away
        if one.deputy
    }
    return [
        (user.name, user.telephone or "No number held", place.get(user.pk, ""))
        for user in cover.here
    ]


def _href(request: ResearchRequest, user: User) -> str:
    if Perm.CHASE_AGENCIES in user.perms:
        return reverse("research-chase-one", args=[request.pk])
    if Perm.ANSWER_RESEARCH in user.perms and request.agency_id == user.agency_id:
        return reverse("research-request", args=[request.pk])
    return ""
