"""Plans and changes of who is who, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.words import moment, plural
from sightline.pathway.planning import Column, Plan, Sight
from sightline.people.models import LinkChange, Person
from sightline.sharing.queries import Answer

SEXES = {"F": "Female", "M": "Male"}
NOTHING = "–"


@dataclass(frozen=True)
class Row:
    """One line of a plan: what, and what it is in each record before and after."""

    what: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PlanPage:
    """A plan as it is shown: headings and rows, what must be read first, what else follows."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    seen: str


def plan_page(plan: Plan) -> PlanPage:
    columns = (*plan.before, *plan.after)
    return PlanPage(
        headings=("What", *_headings(plan)),
        rows=tuple(_rows(columns)),
        warnings=tuple(_warnings(plan)),
        notes=(*plan.notes, *(_sight(s, "will no longer see") for s in plan.narrowed)),
        seen=plan.seen,
    )


def _headings(plan: Plan) -> Iterator[str]:
    if plan.kind == "split":
        yield "Now"
        yield "This record, afterwards"
        yield "The new record"
        return
    for column in plan.before:
        yield f"Record {column.person_id}, now"
    yield "Joined"


def _rows(columns: Sequence[Column]) -> Iterator[Row]:
    """Yield the lines in which something is said. The counts are of everything that hangs on it."""
    words = (
        ("Shown as", [c.name for c in columns]),
        ("Date of birth", [c.born or "Not known" for c in columns]),
        ("Sex", [SEXES.get(c.sex, "") for c in columns]),
        ("Numbers", ["; ".join(c.identifiers) for c in columns]),
        ("Known since", [c.known_since for c in columns]),
        ("Restricted", ["Yes" if c.restricted else "" for c in columns]),
    )
    for what, cells in words:
        if any(cells):
            yield Row(what, tuple(cell or NOTHING for cell in cells))
    numbers: list[tuple[str, list[int]]] = [
        ("Incidents", [c.notifications for c in columns]),
        ("Households", [c.households for c in columns]),
        ("Mentions", [c.mentions for c in columns]),
    ]
    numbers += [
        (same[0][0][:1].upper() + same[0][0][1:], [count for _, count in same])
        for same in zip(*(c.counts for c in columns), strict=True)
    ]
    for what, counts in numbers:
        if any(counts):
            yield Row(what, tuple(f"{count:,}" for count in counts))


def _warnings(plan: Plan) -> Iterator[str]:
    if plan.restricted_anew:
        yield (
            "A restricted record is part of this. What is joined or parted stays restricted: the "
            "screening team, you included, sees none of it until the restriction is lifted."
        )
    for sight in plan.widened:
        yield _sight(sight, "will see more")
    yield from plan.contradictions


def _sight(sight: Sight, what: str) -> str:
    items = ", ".join(label.lower() for label in sight.items)
    return f"{sight.agency} {what}: {items} (of {plural(sight.mentions, 'mention')})."


@dataclass(frozen=True)
class Change:
    """One change in a list or on its page."""

    pk: int
    what: str
    when: str
    who: str
    because: str
    undone: str
    opened: bool
    may_undo: bool


WHAT = {
    "join": "Joined: two records were one person",
    "split": "Parted: one record was two people",
    "not_same": "Kept apart: two records are two people",
    "machine": "The machine looked again and linked anew",
}


DONE = {
    "join": "Joined: both records are one person now. You can take it back on this page.",
    "split": "Parted: what you chose has a record of its own. You can take it back on this page.",
    "not_same": "Kept apart: nobody and nothing joins these two until it is taken back.",
}


def persons_shown(answers: Mapping[int, Answer]) -> list[Person]:
    """Return the persons of a change who have anything left, the one known for longest first."""
    return list(Person.objects.filter(pk__in=list(answers)).order_by("created_at", "pk"))


HELD_BACK = "Held back: somebody is part of it whom you may not see"


def shown_change(change: LinkChange, reader: User, *, opened: bool = True) -> Change:
    """opened: the reader may see everybody in it; otherwise no more is said than that it was."""
    own = change.decided_by_id == reader.pk and Perm.REVIEW_LINKS in reader.perms
    may = opened and (own or Perm.CORRECT_LINKS in reader.perms)
    undone = ""
    if change.undone_at and change.undone_by:
        undone = f"Taken back by {change.undone_by.name}, {moment(change.undone_at)}"
        undone += f": {change.undone_because}" if change.undone_because and opened else ""
    return Change(
        pk=change.pk,
        what=WHAT[change.kind],
        when=moment(change.decided_at),
        who=change.decided_by.name if change.decided_by else "The machine",
        because=change.because if opened else HELD_BACK,
        undone=undone,
        opened=opened,
        may_undo=may and change.undone_at is None,
    )


def kept_plan(change: LinkChange) -> PlanPage | None:
    """Return the plan as it was shown before the change, if one was."""
    data: Mapping[str, Any] = change.planned
    if not data:
        return None
    return plan_page(
        Plan(
            kind=data["kind"],
            before=tuple(Column(**column) for column in data["before"]),
            after=tuple(Column(**column) for column in data["after"]),
            widened=tuple(Sight(**sight) for sight in data["widened"]),
            narrowed=tuple(Sight(**sight) for sight in data["narrowed"]),
            contradictions=tuple(data["contradictions"]),
            notes=tuple(data["notes"]),
            restricted_anew=data["restricted_anew"],
            seen=data["seen"],
        )
    )
