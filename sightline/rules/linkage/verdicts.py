"""What is known of people before a source is read, and what is said of its mentions afterwards."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sightline.rules.linkage.compare import Reason
from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.vetoes import Veto

PersonId = int
SourceId = int
NONE: frozenset[int] = frozenset()
MANY_MET = 60  # persons: whoever was met with more says little about any of them


@dataclass(frozen=True, slots=True)
class Known:
    """A person known so far, with the mentions linked to them and the source of each.

    `apart`: the places of the new mentions that a human has said are not this person; `not_same`:
    the known persons of whom that was said. `sharing`: for the place of a new mention, which of
    these mentions, counted from 0, share a key with it; all of them where nothing is said.
    """

    person_id: PersonId
    mentions: tuple[Described, ...]
    sources: tuple[SourceId, ...]
    apart: frozenset[int] = NONE
    not_same: frozenset[PersonId] = NONE
    sharing: Mapping[int, Collection[int]] = field(default_factory=dict)


Company = Callable[[frozenset[PersonId]], Sequence[Known]]


@dataclass(frozen=True)
class Match:
    """A known person who may be meant: how strongly, why, and what forbids the machine to join."""

    person_id: PersonId
    weight: float
    reasons: tuple[Reason, ...]
    vetoes: tuple[Veto, ...]


@dataclass(frozen=True)
class Verdict:
    """What to do with a mention.

    join: it is `match`. review: it has a person of its own, and may be `match`. new: nobody known;
    `match` is None. Of a joined mention, `question` is somebody else whom that person may be too.
    """

    band: Band
    match: Match | None = None
    question: Match | None = None


@dataclass(frozen=True)
class Resolution:
    """A verdict for each mention, and the known persons who turn out to be one: stays, goes.

    `unsettled`: had these mentions come before the others, some might be somebody else.
    """

    verdicts: tuple[Verdict, ...]
    merged: tuple[tuple[PersonId, PersonId, Match], ...]
    unsettled: bool = False
