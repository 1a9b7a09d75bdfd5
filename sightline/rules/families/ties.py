"""From what sources say of two people to one tie between them, with every doubt kept.

A *statement* is one source saying that `a` is something of `b`. A *tie* is what all sources
together say of one bond between two people. People are numbers; the words that speak of them are
tuples of text and numbers (`Told`), so that whoever shows them puts names in.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sightline.rules.families.kinds import Kind, inverse_of, kind_of

Told = tuple[str | int, ...]

# Of one pair only one of these can be true; partners and relatives by marriage may come and go.
ONE_OF = frozenset(
    {"parent", "step-parent", "grandparent", "aunt or uncle", "sibling", "half-sibling",
     "step-sibling", "cousin"}
)  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """A source says on a day that `a` is `kind` of `b`, and who has parental responsibility."""

    a: int
    b: int
    kind: str
    on: date
    source: str
    responsibility: bool | None = None


@dataclass(frozen=True)
class Tie:
    """What binds two people. `words` is what `a` is of `b`; `back` is what `b` is of `a`.

    since and last: the first and the last day on which it was said. sources: oldest first.
    derived: nobody said it; `because` shows from what it follows. ended: the last word is that it
    is over. responsibility: whether `a` has parental responsibility for `b`; None: not said.
    """

    a: int
    b: int
    bond: str
    words: str
    back: str
    since: date
    last: date
    sources: tuple[str, ...]
    derived: bool = False
    ended: bool = False
    because: Told = ()
    doubts: tuple[Told, ...] = ()
    responsibility: bool | None = None

    def other(self, person: int) -> int:
        return self.b if person == self.a else self.a

    def says(self, person: int) -> str:
        """Return what this person is of the other."""
        return self.words if person == self.a else self.back


def ties_of(statements: Iterable[Statement]) -> list[Tie]:
    """Return one tie for each bond of each pair, by the ids of both, doubts noted."""
    together: dict[tuple[int, int, str], list[tuple[Statement, Kind]]] = defaultdict(list)
    for statement in statements:
        if statement.a != statement.b:
            turned, kind = _turned(statement)
            together[turned.a, turned.b, kind.bond].append((turned, kind))
    ties = [_tie(said) for _, said in sorted(together.items())]
    return [_with_doubts(tie, ties) for tie in ties]


def _turned(statement: Statement) -> tuple[Statement, Kind]:
    """Return the statement with the elder first, or where neither is, the smaller id."""
    kind = kind_of(statement.kind)
    turn = kind.side == "younger" or (kind.side == "each" and statement.a > statement.b)
    if not turn:
        return statement, kind
    # Only a parent is said to have responsibility, whichever way round the sentence was.
    return replace(statement, a=statement.b, b=statement.a), inverse_of(kind)


def _tie(said: Sequence[tuple[Statement, Kind]]) -> Tie:
    in_order = sorted(said, key=lambda one: (one[0].on, one[0].source))
    newest = in_order[-1][0]
    kind = _most_telling([kind for _, kind in in_order])
    held = {s.responsibility for s, _ in in_order} - {None}
    return Tie(
        a=newest.a, b=newest.b, bond=kind.bond, words=kind.words, back=inverse_of(kind).words,
        since=in_order[0][0].on, last=newest.on,
        sources=tuple(dict.fromkeys(s.source for s, _ in in_order)), ended=kind.ended,
        responsibility=held.pop() if len(held) == 1 else None,
        doubts=(*_same_day(in_order), *_responsibility(in_order)),
    )  # fmt: skip


def _most_telling(kinds: Sequence[Kind]) -> Kind:
    """Return the newest kind; of parents the newest that says more than "parent"."""
    told = [kind for kind in kinds if kind.code != kind.bond.replace("-", "_")]
    return (told if kinds[-1].bond != "couple" and told else kinds)[-1]


def _same_day(said: Sequence[tuple[Statement, Kind]]) -> list[Told]:
    """Sources of the same day that do not say the same of a couple."""
    newest = said[-1][0].on
    today = {kind.words: s.source for s, kind in said if s.on == newest and kind.bond == "couple"}
    if len(today) < 2:
        return []
    return [("sources of one day differ: " + "; ".join(f"{w} ({s})" for w, s in today.items()),)]


def _responsibility(said: Sequence[tuple[Statement, Kind]]) -> list[Told]:
    having = {s.responsibility: s.source for s, _ in said if s.responsibility is not None}
    if len(having) < 2:
        return []
    return [(f"has parental responsibility ({having[True]}), has none ({having[False]})",)]


def _with_doubts(tie: Tie, ties: Sequence[Tie]) -> Tie:
    """Add what speaks against a tie: the same pair bound otherwise, or too many parents."""
    if tie.bond not in ONE_OF:
        return tie
    doubts = [
        ("also said: ", other.a, f" is {other.words} ", other.b, f" ({', '.join(other.sources)})")
        for other in ties
        if other is not tie and other.bond in ONE_OF and {other.a, other.b} == {tie.a, tie.b}
    ]
    return replace(tie, doubts=(*tie.doubts, *doubts, *_parents_too_many(tie, ties)))


def _parents_too_many(tie: Tie, ties: Sequence[Tie]) -> list[Told]:
    if tie.bond != "parent":
        return []
    rivals = [t for t in ties if t.bond == "parent" and t.b == tie.b and t.a != tie.a]
    alike = [t for t in rivals if t.words == tie.words and tie.words != "parent of"]
    if alike:
        return [(f"also named as {tie.words} ", tie.b, ": ", t.a) for t in alike]
    return [("more than two people are named as parent of ", tie.b)] if len(rivals) > 1 else []
