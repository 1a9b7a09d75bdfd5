"""How a school is told: every sentence of a message, and the rows of the list of messages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sightline.common.countdown import by_when, clock_to
from sightline.common.words import clock_time, day, moment, plural, short_day
from sightline.encompass.hiding import without_addresses
from sightline.encompass.models import Notice
from sightline.encompass.queries import Facts, Opened, changed_at
from sightline.encompass.told import Told
from sightline.people.models import Mention, Presence, Role
from sightline.rules.sharing.parts import Extent, Matter
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item

NOT_SAID = "Police did not write this down"

THERE = {
    Presence.IN_THE_ROOM: "Yes, in the room",
    Presence.IN_THE_HOME: "Yes, elsewhere in the home",
    Presence.VISITING: "Yes, visiting",
    Presence.ELSEWHERE: "No, was somewhere else",
    Presence.NOT_LIVING_THERE: "No, was somewhere else",
}
LIVES_THERE = {
    Presence.IN_THE_ROOM: "lives there",
    Presence.IN_THE_HOME: "lives there",
    Presence.ELSEWHERE: "lives there",
    Presence.VISITING: "was visiting",
    Presence.NOT_LIVING_THERE: "does not live there",
}
ALONE = {"yes": "Spoken to alone", "no": "Not spoken to alone"}

# Relations as senders write them. Any other word may say more than a school should be told.
RELATIONS = {
    "parent": "parent", "mother": "mother", "moth": "mother", "father": "father", "fath": "father",
    "step_parent": "step-parent", "step_mother": "stepmother", "stepmother": "stepmother",
    "step_father": "stepfather", "stepfather": "stepfather", "step": "step-parent",
    "grandparent": "grandparent", "gran": "grandparent", "grandmother": "grandmother",
    "grandfather": "grandfather", "sibling": "brother or sister", "sibl": "brother or sister",
    "brother": "brother", "sister": "sister", "carer": "carer",
}  # fmt: skip


@dataclass(frozen=True)
class State:
    """How far a message is: words, the kind of their tag, and when in words."""

    word: str
    kind: str
    when: str


def state_of(notice: Notice, now: datetime) -> State:
    """Return how far a message is, by its dates."""
    if notice.withdrawn_at:
        return State("Withdrawn", "restricted", moment(notice.withdrawn_at))
    if notice.received_at is None:
        clock = clock_to(notice.due_at, now)
        return State(clock.words, clock.kind, f"to be read {by_when(notice.due_at, now)}")
    by = f", {notice.received_by.name}" if notice.received_by else ""
    received = f"received {moment(notice.received_at)}{by}"
    if notice.supported_at:
        return State("Support recorded", "done", received)
    return State("Received", "going", received)


@dataclass(frozen=True)
class NoticeRow:
    """A row of the list: nothing that says who the pupil is until the message was opened."""

    pk: int
    pupil: str
    happened: str
    state: State
    changed: str
    link: str
    hidden: str


def notice_row(notice: Notice, *, may_name: bool, now: datetime) -> NoticeRow:
    changed = changed_at(notice)
    corrected = changed is not None and notice.withdrawn_at is None
    happened = _night_of(notice)
    return NoticeRow(
        pk=notice.pk,
        pupil=_initials(notice.mention) if may_name else whose_child(notice),
        happened=happened,
        state=state_of(notice, now),
        changed=f"Corrected {short_day(changed)}" if changed and corrected else "",
        link="Read again" if notice.opened_at else "Read",
        hidden=f" the message about the incident of {happened}",
    )


def _initials(mention: Mention) -> str:
    letters = [f"{part[0].upper()}." for part in (mention.given_name, mention.surname) if part]
    return " ".join(["Pupil", *letters])


def _night_of(notice: Notice) -> str:
    at = notice.incident.started_at
    return f"{short_day(at)}, {clock_time(at)}"


@dataclass(frozen=True)
class Message:
    """A message as it is read: facts as (heading, words), every one from the structured mention."""

    child: str
    facts: tuple[tuple[str, str], ...]
    state: State
    notes: tuple[str, ...]
    say: tuple[str, ...]
    shared: tuple[tuple[str, str], ...]
    withdrawn: bool
    confirmed: bool
    takes_support: bool


def message(opened: Opened, facts: Facts | None, now: datetime) -> Message:
    """Compose a message of what may be said of the pupil; of a withdrawn one, no facts."""
    notice = opened.notice
    told = _facts(opened, facts) if facts is not None else iter(())
    return Message(
        child=notice.mention.name if Item.INCIDENT in opened.items else whose_child(notice),
        facts=tuple(told),
        state=state_of(notice, now),
        notes=tuple(_notes(notice)),
        say=_once(line for answer in opened.told.values() for line in answer.say),
        shared=tuple(_shared(opened)),
        withdrawn=notice.withdrawn_at is not None,
        confirmed=notice.received_at is not None,
        takes_support=Item.SCHOOL in opened.items,
    )


def whose_child(notice: Notice) -> str:
    return "A child of your area" if notice.school is None else "A pupil of your school"


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _shared(opened: Opened) -> Iterator[tuple[str, str]]:
    """Why it may be told, and what is left out: the rows of the sharing rules, by their names."""
    told = opened.told
    for row, matters in _by_row(told).items():
        answer = told[matters[0]]
        yield f"{row} of {answer.pack}", f"{answer.gateway}. {answer.basis}"
    if limits := _once(limit for answer in told.values() for limit in answer.limits):
        yield "Left out on purpose", "; ".join(limits)
    if shut := not_shared(opened.items, (Item.INCIDENT, Item.VOICE)):
        yield "Held back", shut


def _by_row(told: Told) -> dict[str, list[Matter]]:
    rows: dict[str, list[Matter]] = {}
    for matter, answer in told.items():
        rows.setdefault(answer.row, []).append(matter)
    return rows


def _notes(notice: Notice) -> Iterator[str]:
    changed = changed_at(notice)
    if notice.withdrawn_at:
        yield f"Withdrawn {moment(notice.withdrawn_at)}: {_why_withdrawn(notice)}"
        yield "Take it out of the pupil's file, and tell whoever you told that it does not hold."
    elif changed:
        yield f"Police corrected this message {moment(changed)}. It shows what holds now."
    if notice.told_otherwise and notice.received_at:
        yield f"The screening team told the school another way {moment(notice.received_at)}."


def _why_withdrawn(notice: Notice) -> str:
    return f"{notice.withdrawn_because}." if notice.withdrawn_because else "it does not hold."


def _facts(opened: Opened, facts: Facts) -> Iterator[tuple[str, str]]:
    """What happened, then the child's voice, each where its item is open to the school."""
    notice, mention = opened.notice, opened.notice.mention
    yield "Pupil" if notice.school else "Child", who_words(mention)
    yield "When", _when(notice)
    if opened.told[Matter.INCIDENT].extent is Extent.FACT:
        return
    yield "Was the pupil there?", _there(mention, facts)
    yield "Saw or heard", _quoted(mention.saw_or_heard, facts) or NOT_SAID
    if Item.VOICE in opened.items:
        yield from _voice(mention, facts)
    yield "Which household", _household(notice, facts)
    yield from _adults(mention, facts)
    yield "Before this", _before(facts.earlier)


def who_words(mention: Mention) -> str:
    born = mention.birth_date
    if born:
        return f"{mention.name}, born {born.day} {born:%B %Y}"
    return f"{mention.name}, aged {mention.age}" if mention.age else mention.name


def _when(notice: Notice) -> str:
    at = notice.incident.started_at
    return f"{day(at)}, {clock_time(at)}"


def _quoted(text: str, facts: Facts) -> str:
    return without_addresses(text, facts.addresses)


def _there(mention: Mention, facts: Facts) -> str:
    there = THERE.get(Presence(mention.presence or Presence.NOT_KNOWN), NOT_SAID)
    where = _quoted(mention.where_in_home, facts)
    return f"{there}: {where}" if where else there


def _voice(mention: Mention, facts: Facts) -> Iterator[tuple[str, str]]:
    words = _quoted(mention.words, facts)
    alone = ALONE.get(mention.spoken_to_alone, "Police did not say whether alone")
    yield "The pupil's own words", f"“{words}”" if words else "None were written down"
    yield "How police spoke with the pupil", alone
    yield "How the pupil seemed", _quoted(mention.demeanour, facts) or NOT_SAID


def _household(notice: Notice, facts: Facts) -> str:
    """Whose home it was and whether the pupil lives there; never where it is."""
    mention = notice.mention
    lives = LIVES_THERE.get(Presence(mention.presence or Presence.NOT_KNOWN), "")
    victims = [m for m, _ in facts.adults if m.role == Role.VICTIM]
    home = notice.incident.household_id
    theirs = [m.given_name for m in victims if home and m.household_id == home and m.given_name]
    whose = f"The home of {' and '.join(theirs)}" if theirs else "A home"
    return f"{whose}; the pupil {lives}" if lives else whose


def _adults(mention: Mention, facts: Facts) -> Iterator[tuple[str, str]]:
    """Which parent: the one who was abused by name, whoever was abusive by relation only."""
    victims = [(m, kind) for m, kind in facts.adults if m.role == Role.VICTIM]
    abusive = [_related(kind) for m, kind in facts.adults if m.role == Role.PERPETRATOR]
    if victims:
        yield "Who was abused", "; ".join(_named(m, kind) for m, kind in victims)
    if any(abusive):
        yield "Who was abusive", "; ".join(f"The pupil's {kind}" for kind in abusive if kind)
    if any(m.role == Role.BOTH_ALLEGED for m, _ in facts.adults):
        yield "Not clear yet", "Two adults each say that the other was abusive"


def _related(kind: str) -> str:
    return RELATIONS.get("_".join(kind.casefold().replace("-", " ").split()), "")


def _named(mention: Mention, kind: str) -> str:
    related = _related(kind)
    return (
        f"{mention.name}, the pupil's {related}"
        if related
        else f"{mention.name} (police did not say how related)"
    )


def _before(earlier: int) -> str:
    if earlier == 0:
        return "No other incident on our record in the 12 months before"
    return f"{plural(earlier, 'other incident')} on our record in the 12 months before"


def support_words(notice: Notice) -> Mapping[str, str]:
    """Return who recorded support and when, or nothing."""
    if notice.supported_at is None or notice.supported_by is None:
        return {}
    return {"by": notice.supported_by.name, "when": moment(notice.supported_at)}
