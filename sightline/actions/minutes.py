"""The minutes of a meeting, as far as one reader may see its families. They name no address."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from sightline.access.models import User
from sightline.actions.letter import HELD_BACK, action_words
from sightline.actions.models import Action
from sightline.actions.words import outcome_name
from sightline.common.words import clock_time, day, plural
from sightline.meetings.dissenting import STANDING_DISSENTS, dissent_words
from sightline.meetings.marac.presenters import criteria_words
from sightline.meetings.models import Decision, MaracHearing, Meeting, MeetingItem
from sightline.meetings.models.meeting import IN_THE_ROOM
from sightline.meetings.presenters import State, attendance_words, item_rows, state_of
from sightline.meetings.queries import Seen, seen_by
from sightline.people.everybody import everybody_in
from sightline.people.models import Link, Person, Role
from sightline.rules.meetings.kinds import kind_called
from sightline.screening.presenters import scale_words
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, log_reads, what_they_may_see


@dataclass(frozen=True)
class Decided:
    """What was decided for one child, or of a pair: for whom, what, why, who does what."""

    child: str
    outcome: str
    rationale: str
    actions: tuple[str, ...]
    dissents: tuple[str, ...]


@dataclass(frozen=True)
class MinutesItem:
    """What became of one family or pair."""

    number: int
    title: str
    state: State
    more: str
    decided: tuple[Decided, ...]


@dataclass(frozen=True)
class Minutes:
    """The minutes as the reader may see them."""

    pk: int
    title: str
    when: str
    state: str
    room: tuple[str, ...]
    not_there: tuple[str, ...]
    held_back: str
    items: tuple[MinutesItem, ...]


def minutes_of(meeting: Meeting, user: User, now: datetime) -> Minutes:
    """Return the minutes, and write down whom they name. A fixed number of queries."""
    seen = seen_by(user, meeting, now)
    people = _people(seen)
    answers = what_they_may_see(user, {p for some in people.values() for p in some}, now)
    log_reads(user, answers, page="minutes", now=now)
    attendance = list(meeting.attendance.select_related("agency"))
    decided = {**_families(meeting, people, answers), **_pairs(meeting)}
    rows = list(item_rows(seen))
    by_pk = {item.pk: item for item in seen.items}
    hidden = len(seen.items) - len(rows)
    return Minutes(
        pk=meeting.pk,
        title=f"{kind_called(meeting.rules).name}, {day(meeting.starts)}",
        when=f"{clock_time(meeting.starts)} to {clock_time(meeting.ends)}, {meeting.place}",
        state=state_of(meeting, now).word,
        room=tuple(attendance_words(one) for one in attendance if one.came in IN_THE_ROOM),
        not_there=tuple(
            attendance_words(one) for one in attendance if one.came not in IN_THE_ROOM
        ),
        held_back=f"{plural(hidden, 'more')} on the list: not shared with your agency."
        if hidden
        else "",
        items=tuple(
            MinutesItem(
                row.number, _title(by_pk[row.pk], people, answers), row.state, row.more,
                tuple(decided.get(row.pk, ())),
            )
            for row in rows
        ),
    )  # fmt: skip


def _people(seen: Seen) -> dict[int, dict[int, str]]:
    """Return the names of the children of each item's family, by person, by item: also that there
    is one who is hidden, without a name. Two queries."""
    of_incident = {item.incident_id: item.pk for item in seen.items if item.incident_id}
    children = {
        of_incident[incident]: [one.person for one in them if one.role == Role.CHILD]
        for incident, them in everybody_in(of_incident).items()
    }
    named = Person.objects.in_bulk({child for some in children.values() for child in some})
    return {
        item: {child: named[child].name if child in named else "" for child in some}
        for item, some in children.items()
    }


def _title(
    item: MeetingItem, people: Mapping[int, Mapping[int, str]], answers: Mapping[int, Answer]
) -> str:
    """Return the children's names, as far as they may be seen; never where they live."""
    if item.incident_id is None:
        referral = item.referral
        return f"Pair {item.referral_id}, {criteria_words(referral)}" if referral else ""
    names = [name for person, name in people.get(item.pk, {}).items() if _sees(answers, person)]
    return ", ".join(names) or "A family"


def _sees(answers: Mapping[int, Answer], person: int, item: Item = Item.IDENTITY) -> bool:
    return person in answers and item in answers[person].items


def _families(
    meeting: Meeting, people: Mapping[int, Mapping[int, str]], answers: Mapping[int, Answer]
) -> dict[int, list[Decided]]:
    """Return what was decided in the meeting, by item. Four queries."""
    actions = Prefetch("actions", Action.objects.select_related("agency").order_by("due_on", "pk"))
    made = list(
        Decision.objects.filter(meeting=meeting, replaced_at__isnull=True)
        .select_related("screening")
        .prefetch_related(actions, STANDING_DISSENTS)
        .order_by("decided_at", "pk")
    )
    links = Link.objects.filter(
        mention__in=[one.screening.mention_id for one in made], ended_at__isnull=True
    )
    who = dict(links.values_list("mention_id", "person_id"))
    items = dict(meeting.items.filter(removed_at__isnull=True).values_list("incident_id", "pk"))
    found: dict[int, list[Decided]] = defaultdict(list)
    for one in made:
        person, item = who.get(one.screening.mention_id, 0), items.get(one.screening.incident_id, 0)
        if _sees(answers, person, Item.DECISION):
            name = people.get(item, {}).get(person, "A child")
            whole = all(_sees(answers, each, Item.DECISION) for each in people.get(item, {}))
            found[item].append(_decided(one, name, whole, _sees(answers, person, Item.ACTIONS)))
    return found


def _decided(decision: Decision, name: str, whole: bool, tasks: bool) -> Decided:
    return Decided(
        child=name,
        outcome=f"{outcome_name(decision)}, scale {scale_words(decision.scale)}",
        rationale=decision.rationale if whole else HELD_BACK,
        actions=tuple(action_words(a) for a in decision.actions.all()) if tasks else (),
        dissents=tuple(dissent_words(decision, whole=whole)),
    )


def _pairs(meeting: Meeting) -> dict[int, list[Decided]]:
    """Return what was found of each pair that was heard, by item. Two queries.

    Who the two are is said on their own page only: minutes are printed.
    """
    heard: Sequence[MaracHearing] = list(
        meeting.hearings.select_related("referral").prefetch_related("actions__agency")
    )
    items = dict(meeting.items.filter(removed_at__isnull=True).values_list("referral_id", "pk"))
    return {
        items[one.referral_id]: [
            Decided(
                child="Heard",
                outcome=f"flagged until {day(one.flagged_until)}",
                rationale=one.summary,
                actions=tuple(
                    f"{a.agency.name}: {a.what}, by {day(a.due_on)}" for a in one.actions.all()
                ),
                dissents=(),
            )
        ]
        for one in heard
        if one.referral_id in items
    }
