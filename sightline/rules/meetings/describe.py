"""Meetings, MARAC and what goes back to a referrer, as chapters of the handbook."""

from collections.abc import Iterator

from sightline.rules.handbook.parts import Chapter, Section, Table
from sightline.rules.meetings.kinds import Kind, Listed, shipped_kinds
from sightline.rules.meetings.marac import (
    ESCALATION,
    HIGH_RISK,
    JUDGEMENT,
    REPEAT,
    Criteria,
    shipped_criteria,
)
from sightline.rules.meetings.returning import SingleAgency, shipped_steps

FOLDER = "sightline/rules/meetings/data"


def chapters() -> tuple[Chapter, ...]:
    """Return a chapter for every version of every kind of meeting, of the MARAC criteria and of
    the steps for one agency."""
    return (
        *map(describe_kind, shipped_kinds()),
        *map(describe_criteria, shipped_criteria()),
        *map(describe_steps, shipped_steps()),
    )


def describe_kind(kind: Kind) -> Chapter:
    """Return a kind of meeting in words."""
    what = "case" if kind.about == "pairs" else "family"
    return Chapter(
        title=kind.name,
        key=kind.key,
        source=kind.source,
        where=FOLDER,
        commencement=kind.commencement,
        end=kind.end,
        sections=(
            Section("Who sits in it, and for how long", tuple(_frame(kind, what))),
            Section(
                f"Which {kind.about} stand on the list, and in which order",
                (
                    f"A {what} stands where the first rule that fits it stands; every rule that "
                    "fits says why, of several about one thing (scale, clock) the first.",
                    f"Of those in one place the {what} that is due first comes first, then the one "
                    "that has waited longest.",
                    f"A {what} that somebody adds, moves, puts off or takes off by hand says who "
                    "did it and why.",
                ),
                (Table(("place", "rule", "what is said"), tuple(_rules(kind))),),
            ),
        ),
    )


def _frame(kind: Kind, what: str) -> Iterator[str]:
    members = ", ".join(member.replace("_", " ") for member in kind.members)
    yield f"Members are the partnership's agencies of these kinds: {members}."
    yield (
        f"It lasts {kind.minutes} minutes, {kind.minutes_a_case} for each {what}: room for "
        f"{kind.room}. What does not fit waits for the next, and the list says how many."
    )
    yield (
        f"The list closes {_length(kind.closes_minutes_before)} before it begins; what comes after "
        "that stands on the next one."
    )
    yield f"What was notified more than {_days(kind.notified_within_hours)} before is not listed."


def _length(minutes: int) -> str:
    if minutes and minutes % 1440 == 0:
        return _count(minutes // 1440, "day")
    return _count(minutes // 60, "hour") if minutes % 60 == 0 else _count(minutes, "minute")


def _days(hours: int) -> str:
    return _count(hours // 24, "day") if hours % 24 == 0 else _count(hours, "hour")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _rules(kind: Kind) -> Iterator[tuple[str, ...]]:
    for place, rule in enumerate(kind.listed, start=1):
        words = rule.words.format(scale=rule.scale or "n", recent=rule.recent or "n")
        yield str(place), " and ".join(_asks(rule)) or "every other", words


def _asks(rule: Listed) -> Iterator[str]:
    if rule.scale is not None:
        yield f"scale {rule.scale} or higher, proposed or set, for a child"
    if rule.grades:
        yield f"police grade {' or '.join(rule.grades)}"
    if rule.late:
        yield "the day for deciding has passed when it begins"
    if rule.due_within_hours is not None:
        yield f"to be decided within {_days(rule.due_within_hours)} of its beginning"
    if rule.recent is not None:
        yield f"incident number {rule.recent} or later of the family in twelve months"
    if rule.criteria:
        yield f"referred for {' or '.join(one.replace('_', ' ') for one in rule.criteria)}"


def describe_criteria(criteria: Criteria) -> Chapter:
    """Return the MARAC criteria in words."""
    names = criteria.names
    rows = (
        (names[HIGH_RISK],
         f"{criteria.yes_answers} or more yes answers to the {criteria.tool}, or as many as the "
         "partnership's own version says; of a tool that counts nothing, the assessor's grade "
         f"{' or '.join(criteria.grades)}. The newest assessment of each tool holds; no number "
         "of one is made into another's"),
        (names[JUDGEMENT], "a professional says why the risk is high; enough alone"),
        (names[ESCALATION],
         f"{criteria.events} or more incidents on record between the two in "
         f"{criteria.events_in_months} months, the day asked about included"),
        (names[REPEAT],
         f"anything between the two within {criteria.repeat_in_months} months of the last hearing, "
         "a crime or not, whatever the grade"),
    )  # fmt: skip
    return Chapter(
        title="Referral to MARAC",
        key=criteria.key,
        source=criteria.source,
        where=FOLDER,
        commencement=criteria.commencement,
        end=criteria.end,
        sections=(
            Section(
                "The four criteria",
                (
                    "A victim and a perpetrator are referred when any one is met.",
                    f"A victim under {criteria.youngest} is referred to children's social care.",
                ),
                (Table(("criterion", "met when"), rows),),
            ),
            Section(
                "Flag and tag",
                (
                    f"The two are flagged for {criteria.flag_months} months from the hearing; the "
                    "flag ends by itself.",
                    "It is shown beside the victim's family and to the members of the MARAC, and "
                    "never beside another victim of the same perpetrator.",
                ),
            ),
        ),
    )


def describe_steps(steps: SingleAgency) -> Chapter:
    """Return in words what an agency can do by itself when a family goes back to it."""
    rows = tuple(
        (", ".join(one.outcomes), ", ".join(one.agencies), words)
        for one in steps.steps
        for words in one.words
    )
    return Chapter(
        title="What one agency can do",
        key=steps.key,
        source=steps.source,
        where=FOLDER,
        commencement=steps.commencement,
        end=steps.end,
        sections=(
            Section(
                "When a family goes back to whoever reported",
                (
                    "After these outcomes every agency that reported the incident is told the "
                    "outcome and what it can do; its own steps first, then those for any agency.",
                ),
                (Table(("outcome", "agency", "step"), rows),),
            ),
        ),
    )
