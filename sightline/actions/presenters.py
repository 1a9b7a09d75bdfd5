"""The family page in words: children, adults, what was decided before, what is held back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.actions.adults import AdultRow, adult_rows
from sightline.actions.chronology import chronology
from sightline.actions.clocks import STILL_OPEN, ClockWords, clock_words, running_clocks
from sightline.actions.decided import DecidedRow, decided_rows
from sightline.actions.family import Decided, Family, shown_as
from sightline.actions.pattern import pattern_lines
from sightline.actions.telling import Entry
from sightline.actions.words import outcome_name
from sightline.common.carried import carried
from sightline.common.clock import local_date
from sightline.common.words import moment, plural
from sightline.meetings.marac.presenters import standing_words
from sightline.meetings.marac.reading import Standing, standing_of
from sightline.people.kin import PERPETRATORS, VICTIMS
from sightline.people.models import Link, Presence, Role
from sightline.research.family import AgenciesKnow, what_agencies_know
from sightline.screening.graded import grade_words
from sightline.screening.history_words import history_words
from sightline.screening.models import Screening
from sightline.screening.notified import YES_NO, presence_words
from sightline.screening.parts import counts_of
from sightline.screening.presenters import child_words, reasons_words, scale_words
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import CASE_ITEMS, Item

OF_ADULTS = (Item.IDENTITY, Item.HOUSEHOLD, Item.INCIDENT, Item.HISTORY)


@dataclass(frozen=True)
class ScreeningWords:
    """Where the screening of one child stands."""

    suggested: str
    set: str
    why: str
    reasons: tuple[str, ...]
    open_questions: str
    links: tuple[tuple[str, str], ...]  # words, address


@dataclass(frozen=True)
class ChildRow:
    """One child: who, whether they were there, who works with them, how far screening is."""

    who: str
    name: str
    facts: tuple[tuple[str, str], ...]
    screening: ScreeningWords | None
    decision: str
    clocks: tuple[ClockWords, ...]
    outcomes: str  # where what social care did is shown, "" where it may not be seen


@dataclass(frozen=True)
class FamilyPage:
    """Everything the page shows."""

    title: str
    opened_for: str
    address: str
    picture: str  # address of the family picture, "" where no household may be seen
    assessments: str  # address of the assessments by other tools, "" where no scale may be seen
    children: tuple[ChildRow, ...]
    adults: tuple[AdultRow, ...]
    graded: str
    history: str
    pattern: tuple[str, ...]
    marac: tuple[str, ...]
    refer: str  # where the two are referred to MARAC, "" for whoever may not
    agencies: AgenciesKnow
    dissenting: bool  # whether the reader may say that an agency dissents
    timeline: tuple[Entry, ...]
    decided: tuple[DecidedRow, ...]
    held_back: tuple[str, ...]


def family_page(family: Family, user: User, now: datetime, *, item: int = 0) -> FamilyPage:
    """Return the page; `item`: the family's place on the list of the meeting that looks at it."""
    today = local_date(now)
    marac = _marac(family, today)
    household = family.incident.household
    seen = any(family.sight.sees(link.person_id, Item.HOUSEHOLD) for link in family.sight.shown)
    known = household is not None and seen and household.pk not in family.sheltering
    return FamilyPage(
        title=f"{household.street} family" if household and known else "Family",
        opened_for=f"incident of {moment(family.incident.started_at)}",
        address=f"{household.address} {household.postcode}".strip() if household and known else "",
        picture=_picture(family),
        assessments=_assessments(family),
        children=tuple(_children(family, user, today, item)),
        adults=tuple(adult_rows(family, today)),
        graded=_graded(family),
        history=_history(family),
        pattern=tuple(_pattern(family)),
        marac=tuple(standing_words(marac)),
        refer=_refer(family, user),
        agencies=what_agencies_know(family.incident, user, now),
        dissenting=Perm.ATTEND_MEETINGS in user.perms,
        timeline=tuple(chronology(family)),
        decided=tuple(decided_rows(family, today)),
        held_back=tuple(_held_back(family)),
    )


def _assessments(family: Family) -> str:
    seen = any(family.sight.sees(link.person_id, Item.SCALE) for link in family.sight.shown)
    return reverse("assessments", args=[family.incident.pk]) if seen else ""


def _picture(family: Family) -> str:
    """The family is drawn from a child's side, or a victim's: never from the perpetrator's."""
    own = shown_as(family, Role.CHILD, Role.VICTIM, Role.BOTH_ALLEGED)
    seen = [link.person_id for link in own if family.sight.sees(link.person_id, Item.HOUSEHOLD)]
    return reverse("person-family", args=seen[:1]) if seen else ""


def _children(family: Family, user: User, today: date, item: int) -> Iterator[ChildRow]:
    standing = {d.decision.screening_id: d for d in family.decided}
    clocks = _clocks(family, today)
    for link in shown_as(family, Role.CHILD):
        screening = family.screenings.get(link.person_id)
        decided = standing.get(screening.pk) if screening else None
        yield ChildRow(
            who=child_words(link.mention, link.person, today),
            name=link.person.given_name or link.person.name,
            facts=tuple((key, words) for key, words in _facts(family, link, screening) if words),
            screening=_screening(family, link.person_id, screening, user, item),
            decision=_decision(family, link.person_id, decided),
            clocks=clocks.get(link.person_id, ()),
            outcomes=_outcomes(family, link.person_id, screening),
        )


def _decision(family: Family, child: int, decided: Decided | None) -> str:
    if not family.sight.sees(child, Item.DECISION):
        return "Not shared with your agency"
    return outcome_name(decided.decision) if decided else "Not decided"


def _clocks(family: Family, today: date) -> dict[int, tuple[ClockWords, ...]]:
    """What runs or was missed for each child of whom may be seen what stops it: decisions and what
    was done. Three queries."""
    sees = family.sight.sees
    children = [
        link.person_id
        for link in shown_as(family, Role.CHILD)
        if sees(link.person_id, Item.ACTIONS) and sees(link.person_id, Item.DECISION)
    ]
    return {
        child: clock_words((one for one in running if one.standing(today) in STILL_OPEN), today)
        for child, running in running_clocks(children, today).items()
    }


def _outcomes(family: Family, child: int, screening: Screening | None) -> str:
    if screening is None or screening.imported or not family.sight.sees(child, Item.ACTIONS):
        return ""
    return reverse("outcomes", args=[screening.pk])


def _facts(family: Family, link: Link, screening: Screening | None) -> Iterator[tuple[str, str]]:
    mention, sees = link.mention, family.sight.sees
    if screening and sees(link.person_id, Item.SCALE):
        yield "Already open to", screening.already_open_to
    yield "School", mention.school_name
    yield "Health visitor", mention.detail.get("health_visitor", "")
    if family.sight.sees_all(Item.IDENTITY):
        yield "Other parent", mention.detail.get("other_parent", "")
    if mention.presence == Presence.UNBORN:
        return
    if sees(link.person_id, Item.INCIDENT):
        yield "At the incident", presence_words(mention)
    if sees(link.person_id, Item.VOICE):
        yield "Spoken to alone", YES_NO.get(mention.spoken_to_alone, "Not said")
        yield "In the child's words", mention.words


def _screening(
    family: Family, child: int, screening: Screening | None, user: User, item: int
) -> ScreeningWords | None:
    if screening is None or not family.sight.sees(child, Item.SCALE):
        return None
    if screening.imported:
        return _screened_elsewhere(screening)
    counts = counts_of(screening.instrument, family.answers.get(screening.pk, {}))
    return ScreeningWords(
        suggested=scale_words(screening.suggested),
        set=scale_words(screening.scale),
        why=f"Why {screening.suggested}",
        reasons=reasons_words(screening),
        open_questions=(
            f"{counts.open} of {counts.total} open, "
            f"{counts.not_known} of these asked and not answered"
        ),
        links=tuple((words, carried(href, item)) for words, href in _links(screening, user)),
    )


def _screened_elsewhere(screening: Screening) -> ScreeningWords:
    """A result that came by file: its questions and answers are not ours to show or change."""
    return ScreeningWords(
        suggested="Not kept: from a file", set=scale_words(screening.scale),
        why="", reasons=(), open_questions="", links=(),
    )  # fmt: skip


def _links(screening: Screening, user: User) -> Iterator[tuple[str, str]]:
    if Perm.SCREEN in user.perms:
        yield "Screen", reverse("screening-domain", args=[screening.pk, "V"])
        yield "Has a social worker", reverse("screening-worker", args=[screening.pk])
        yield "Scale", reverse("screening-scale", args=[screening.pk])
    if Perm.DECIDE in user.perms:
        yield "Decide", reverse("decide", args=[screening.pk])


def _graded(family: Family) -> str:
    if not any(family.sight.sees(link.person_id, Item.INCIDENT) for link in family.sight.shown):
        return "Not shared with your agency"
    newest = max(family.contents, default=None)
    if newest is not None:
        return grade_words(family.contents[newest].risk)
    grade = family.incident.officer_grade
    return grade.capitalize() if grade else "Not graded"


def _history(family: Family) -> str:
    """What the record says beside the police's grade, for those who may see earlier incidents."""
    if family.history is None or not _sees_history(family):
        return ""
    return history_words(family.history)


def _pattern(family: Family) -> list[str]:
    """The perpetrator's pattern, for those who may see earlier incidents."""
    if family.history is None or not _sees_history(family):
        return []
    return pattern_lines(family.history)


def _marac(family: Family, today: date) -> Standing:
    """How the pairs of the incident stand with MARAC, of those whose history is open."""
    shown = frozenset(
        link.person_id
        for link in family.sight.shown
        if family.sight.sees(link.person_id, Item.HISTORY)
    )
    return standing_of(family.incident.pk, family.incident.started_at, shown, today)


def _refer(family: Family, user: User) -> str:
    """Where a pair is referred: offered to members where a victim and a perpetrator are seen."""
    seen = {
        link.mention.role
        for link in family.sight.shown
        if family.sight.sees(link.person_id, Item.HISTORY)
    }
    both = seen.intersection(VICTIMS) and seen.intersection(PERPETRATORS)
    may = Perm.ATTEND_MEETINGS in user.perms
    return reverse("marac-refer", args=[family.incident.pk]) if both and may else ""


def _sees_history(family: Family) -> bool:
    return any(family.sight.sees(link.person_id, Item.HISTORY) for link in family.sight.shown)


def _held_back(family: Family) -> Iterator[str]:
    if people := family.sight.held_back:
        yield (
            f"{plural(people, 'person', 'people')} of this incident: not shared with your agency."
        )
    names: dict[str, list[str]] = {}
    for link in family.sight.shown:
        among = CASE_ITEMS if link.mention.role == Role.CHILD else OF_ADULTS
        shut = not_shared(family.sight.answers[link.person_id].items, among)
        names.setdefault(shut, []).append(link.person.name or "the unborn child")
    yield from (f"Of {', '.join(whom)}: {shut}" for shut, whom in names.items() if shut)
