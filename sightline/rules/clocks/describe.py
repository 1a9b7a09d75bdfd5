"""The clocks and the kinds of action as chapters that a screening manager can read and correct."""

from collections.abc import Iterator

from sightline.rules.clocks.clock import Clock, ClockSet, Whose, shipped_sets
from sightline.rules.clocks.kinds import ActionKinds, shipped_kinds
from sightline.rules.handbook.parts import Chapter, Section, Table

WHERE = "sightline/rules/clocks/data"
WHOSE = {Whose.TEAM: "the screening team", Whose.SOCIAL_CARE: "children's social care"}
COUNTED = (
    "A working day is Monday to Friday and no bank holiday of England and Wales. The day on which "
    "a clock begins is never counted.",
    "Months run to the same day of a later month, or to its last where it has no such day.",
    "Hours are sixty minutes each, by night and over weekends and changes of the clock too.",
    "A school is told before 09:00 of its next school day: what arrives before 09:00 on a school "
    "day is due at 09:00 of that day.",
)
READ = (
    "A notification is read as a referral: it is decided on within the limit of a referral.",
    "An assessment counts from the referral that social care accepted; where none is recorded, "
    "from the notification for which an assessment was decided; where neither is, from its own "
    "start. A second notification while one is under way begins no second clock.",
    "A clock stops, neither met nor missed, when social care decides on the referral otherwise, "
    "ends the enquiry without a conference, ends the plan, or closes the case.",
    "What is not recorded counts as not done.",
)
AGREED = (
    "The day follows from the kind of the action and the day on which it was agreed.",
    "The meeting may agree on another day and says why. An action of no kind has a day that the "
    "meeting gives.",
)


def chapters() -> tuple[Chapter, ...]:
    """Return every set of clocks and of kinds of action, in words."""
    return (*map(_of_clocks, shipped_sets()), *map(_of_kinds, shipped_kinds()))


def _of_clocks(clocks: ClockSet) -> Chapter:
    return Chapter(
        title=clocks.title,
        key=f"{clocks.id} {clocks.version}",
        source=clocks.source,
        where=WHERE,
        commencement=min(clock.commencement for clock in clocks.clocks),
        sections=(
            Section("How time is counted", COUNTED),
            Section("When a clock begins and stops", READ),
            Section("The clocks", (), (_clocks(clocks),)),
            Section("How each is read, and what is still to be confirmed", tuple(_notes(clocks))),
        ),
    )


def _clocks(clocks: ClockSet) -> Table:
    headings = ("Clock", "At most", "After", "Kept by", "In force", "Source")
    rows = (
        (one.name, one.length.words, one.start, WHOSE[one.whose], _in_force(one), one.source)
        for one in clocks.clocks
    )
    return Table(headings, tuple(rows))


def _in_force(clock: Clock) -> str:
    until = f" to {clock.end:%d/%m/%Y}" if clock.end else ""
    return f"{clock.commencement:%d/%m/%Y}{until}"


def _notes(clocks: ClockSet) -> Iterator[str]:
    for clock in clocks.clocks:
        confirmed = "" if clock.confirmed else " Not confirmed."
        yield f"{clock.name}: {clock.note}{confirmed}"


def _of_kinds(kinds: ActionKinds) -> Chapter:
    rows = tuple((one.name, one.length.words, one.source) for one in kinds.kinds)
    return Chapter(
        title=kinds.title,
        key=f"{kinds.id} {kinds.version}",
        source=kinds.source,
        where=WHERE,
        commencement=kinds.commencement,
        end=kinds.end,
        sections=(
            Section("By when an action is due", AGREED),
            Section("Kinds", (), (Table(("Kind", "At most", "Source"), rows),)),
        ),
    )
