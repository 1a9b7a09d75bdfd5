"""Requests in words: lists without names, and one request with whom it asks about and why."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access.cover import Cover
from sightline.access.models import Absence, User
from sightline.common.countdown import by_when
from sightline.common.words import NOT_FOR_ONLINE_VIEW, day, moment, plural, short_day
from sightline.people.kin import PERPETRATORS, VICTIMS
from sightline.people.models import Mention, Person, Presence, Role
from sightline.research.family import ring, state_of
from sightline.research.models import Asked, Basis, Known, MayShare, ResearchRequest, Told
from sightline.research.queries import Seen
from sightline.research.reading import About
from sightline.rules.research.services import Service
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item

HEALTH = (
    Service.HEALTH_VISITING, Service.SCHOOL_NURSING, Service.MIDWIFERY, Service.GP,
    Service.ADULT_MENTAL_HEALTH, Service.SUBSTANCE_USE,
)  # fmt: skip
SCHOOLS = (Service.SCHOOL, Service.HOME_EDUCATION, Service.CHILDREN_WITHOUT_SCHOOL)
JUSTICE = (Service.PROBATION, Service.YOUTH_JUSTICE)
# The number by which a service finds its own record, and what that is called.
NUMBERS = {
    **dict.fromkeys(HEALTH, ("nhs_number", "NHS number")),
    **dict.fromkeys(SCHOOLS, ("upn", "Pupil number")),
    **dict.fromkeys(JUSTICE, ("police_id", "Police number")),
}


# The prompts of research/forms.py as they stand on paper, each with the room to answer in.
PAPER_PROMPTS = (
    ("Known to you?", "☐ Known   ☐ Nothing known   ☐ Not checked, because:"),
    ("Who works with them, and their telephone number", ""),
    ("Since when", ""),
    ("Last seen", ""),
    ("Is what you know a concern for a child or the victim?", "☐ Yes   ☐ No"),
    ("What matters for risk: who did what", ""),
    ("May it be shared?", "   ".join(f"☐ {label}" for label in MayShare.labels)),
    ("On what basis?", "   ".join(f"☐ {label}" for label in Basis.labels)),
)


@dataclass(frozen=True)
class RequestRow:
    """One line of a list: the clock, as which service, about how many people; names only where
    they were asked for."""

    pk: int
    clock: str
    kind: str
    due: str
    service: str
    agency: str
    people: str
    names: tuple[str, ...]
    place: str
    ring: tuple[tuple[str, str, str], ...] = ()
    away: tuple[str, ...] = ()
    nobody: str = ""


def request_row(
    seen: Seen, now: datetime, *, names: bool = False, cover: Cover | None = None, place: str = ""
) -> RequestRow:
    """Return the row of a request; with `cover` it says whom to ring. place: the street."""
    request = seen.request
    _, word, kind = state_of(request, now)
    due = by_when(request.due_at, now)
    if request.answered_at is not None:
        due = moment(request.answered_at)
    return RequestRow(
        pk=request.pk, clock=word, kind=kind, due=due, service=request.service_words,
        agency=request.agency.name if request.agency else "No agency chosen",
        people=_how_many([about.asked for about in seen.about]),
        names=tuple(about.person.name for about in seen.about) if names else (),
        place=place,
        ring=tuple(ring(cover)) if cover else (),
        away=tuple(_away(cover)) if cover else (),
        nobody=_nobody(request, cover) if cover is not None else "",
    )  # fmt: skip


def _how_many(asked: Sequence[Asked]) -> str:
    children = [one.mention for one in asked if one.mention.role == Role.CHILD]
    unborn = sum(mention.presence == Presence.UNBORN for mention in children)
    count = Counter(born=len(children) - unborn, unborn=unborn, adults=len(asked) - len(children))
    parts = [plural(count["born"], "child", "children")] if count["born"] else []
    parts += [f"{count['unborn']} unborn"] if count["unborn"] else []
    parts += [plural(count["adults"], "adult")] if count["adults"] else []
    return ", ".join(parts) or "Nobody any more"


def _away(cover: Cover) -> Iterator[str]:
    for one in cover.away:
        instead = f"{one.deputy.name} stands in" if one.deputy else "nobody stands in"
        yield f"{one.absent.name} is absent until {short_day(one.until)}; {instead}"


def _nobody(request: ResearchRequest, cover: Cover) -> str:
    if request.agency is None:
        return "Choose which agency is asked"
    if not cover.nobody:
        return ""
    number = f" Ring {request.agency.telephone}." if request.agency.telephone else ""
    return f"Nobody of the agency is there to answer.{number}"


@dataclass(frozen=True)
class AskedPerson:
    """Somebody a request asks about: what helps to find the agency's own record, and why."""

    pk: int
    name: str
    facts: tuple[tuple[str, str], ...]


# What whoever answers would look for beside a name, and may have to ask for.
ASKED_FOR = (Item.HOUSEHOLD, Item.INCIDENT, Item.VOICE, Item.HISTORY)


@dataclass(frozen=True)
class RequestShown:
    """A request as whoever answers it sees it. held_back: what is not shared with them."""

    request: ResearchRequest
    word: str
    kind: str
    due: str
    happened: str
    asked: str
    people: tuple[AskedPerson, ...]
    held_back: str

    @property
    def mind(self) -> str:
        """What whoever reads it must mind: health records can be read by the family, online."""
        return NOT_FOR_ONLINE_VIEW if Service(self.request.service) in HEALTH else ""


def request_shown(seen: Seen, now: datetime) -> RequestShown:
    request = seen.request
    _, word, kind = state_of(request, now)
    return RequestShown(
        request=request, word=word, kind=kind, due=by_when(request.due_at, now),
        happened="Police attended an incident of domestic abuse on "
        f"{day(request.incident.started_at)}.",
        asked=_asked_by(request),
        people=tuple(_person(about, request.service) for about in seen.about),
        held_back=not_shared(seen.items, ASKED_FOR) if seen.about else "",
    )  # fmt: skip


@dataclass(frozen=True)
class Stands:
    """The answer that stands: its id for the page to send along, who gave it, what it says of
    whom."""

    pk: int
    who: str
    lines: tuple[tuple[str, str], ...]


def answer_stands(seen: Seen) -> Stands:
    """Return the answer that a page shows, of those whom the user may see; 0: there is none."""
    given = seen.read.answer
    if given is None:
        return Stands(0, "", ())
    by = given.told_by or (given.answered_by.name if given.answered_by else "Another system")
    told = [(about.person.name, about.told) for about in seen.about if about.told]
    return Stands(given.pk, f"{by}, {moment(given.answered_at)}", tuple(map(_line, told)))


def _line(of: tuple[str, Told]) -> tuple[str, str]:
    name, told = of
    rest = filter(None, (told.worker, told.telephone, told.since, told.matters))
    return name, ". ".join([Known(told.known).label, *rest])


def _asked_by(request: ResearchRequest) -> str:
    if request.asked_by is None:
        return f"Asked {moment(request.asked_at)}, by rule ({request.rules})"
    by = request.asked_by
    who = ", ".join(filter(None, (by.name, by.agency.name, by.telephone)))
    return f"Asked {moment(request.asked_at)} by {who}"


def _person(about: About, service: str) -> AskedPerson:
    facts = _facts(about.asked, about.person, service)
    return AskedPerson(about.asked.pk, about.person.name, tuple(f for f in facts if f[1]))


def _facts(asked: Asked, person: Person, service: str) -> Iterator[tuple[str, str]]:
    mention = asked.mention
    yield "Named as", _role(mention)
    if person.birth_date:
        yield "Born", short_day(person.birth_date)
    elif person.unborn_until:
        yield "Due", short_day(person.unborn_until)
    elif mention.age is not None:
        yield "Age", f"{mention.age}, date of birth not known"
    if mention.aliases:
        yield "Also known as", ", ".join(mention.aliases)
    number = NUMBERS.get(Service(service))
    if number:
        field, words = number
        yield words, getattr(mention, field)
    yield "Why you are asked", asked.because


def _role(mention: Mention) -> str:
    if mention.role == Role.CHILD:
        return "Unborn child" if mention.presence == Presence.UNBORN else "Child"
    if mention.role in PERPETRATORS and mention.role in VICTIMS:
        return "Each says the other is abusive"
    return Role(mention.role).label


@dataclass(frozen=True)
class Member:
    """Somebody who answers for an agency: telephone, deputy, absences with their ids in words."""

    name: str
    telephone: str
    deputy: str
    absent_now: bool
    absences: tuple[tuple[int, str], ...]


def members_shown(
    members: Sequence[User], absences: Sequence[Absence], today: date
) -> list[Member]:
    """Return who answers for an agency, each with their absences that are not over."""
    return [
        Member(
            name=user.name,
            telephone=user.telephone or "No number held",
            deputy=user.deputy.name if user.deputy else "Nobody",
            absent_now=any(a.first <= today for a in absences if a.user_id == user.pk),
            absences=tuple(
                (a.pk, f"{short_day(a.first)} to {short_day(a.last)}")
                for a in absences
                if a.user_id == user.pk
            ),
        )
        for user in members
    ]
