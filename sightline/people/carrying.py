"""Carrying a change of links out: the entry itself, the links, restrictions, questions, the doors.

What may be changed, and what it is called, is in `changes`; how links are moved in `moving`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sightline.access.models import User
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.people.models import Link, LinkChange, Person
from sightline.people.moving import emptied, keep_strictest, move, tell
from sightline.people.questions import follow_change
from sightline.people.relations import relations
from sightline.people.restricting import keep_away

HUMAN = "human"  # the model of a link that somebody made by hand


@dataclass(frozen=True)
class Shown:
    """What a page showed before a change: the plan, and the fingerprint it rested on."""

    plan: dict[str, Any] = field(default_factory=dict)
    seen: str = ""


UNSEEN = Shown()


@dataclass(frozen=True)
class Compared:
    """What the machine says of a link: the weight, and the reasons in words with theirs."""

    weight: float | None = None
    reasons: Sequence[Sequence[object]] = ()


def begin(kind: str, because: str, shown: Shown, by: User | None, now: datetime) -> LinkChange:
    """Write down that a change begins: what, why, who, and the plan that was shown.

    Raises WrongMoment without a reason.
    """
    relations()  # raises where a record could be left behind
    because = because.strip()
    if not because:
        raise WrongMoment("Say in a few words what tells you. The reason stays in the record.")
    return LinkChange.objects.create(
        kind=kind, because=because[:300], planned=shown.plan, decided_at=now, decided_by=by
    )


def carry_out(
    change: LinkChange,
    moves: Mapping[int, Person],
    by: User | None,
    now: datetime,
    *,
    apart: Sequence[int] = (),
    model: str = HUMAN,
    said: Mapping[int, Compared] | None = None,
) -> LinkChange:
    """Move links, keep the strictest restriction, follow with the open questions, record, tell."""
    words = said or {}

    def made(old: Link, person: Person) -> Link:
        what = words.get(old.mention_id, Compared(None, [[change.because, 0]]))
        return Link(
            mention_id=old.mention_id, person=person, weight=what.weight, model=model,
            reasons=list(what.reasons), decided_at=now, decided_by=by, made_in=change,
        )  # fmt: skip

    ended = move(change, moves, made, by=by, now=now)
    persons = {link.person_id for link in ended} | {p.pk for p in moves.values()} | {*apart}
    questions = follow_change(persons, emptied(ended, moves), apart, now=now)
    kept_from = keep_away(ended, moves)
    change.before = {
        "restricted": keep_strictest(ended, moves), "kept_from": kept_from, **questions
    }  # fmt: skip
    change.save(update_fields=["before"])
    record(
        f"links.{change.kind}", change, by=by, at=now, persons=sorted(persons),
        mentions=sorted(moves),
    )  # fmt: skip
    tell(ended)
    return change
