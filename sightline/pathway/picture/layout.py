"""From top to bottom: rows of cards, and between them the lanes in which lines run.

Lines from parents go down to a lane above their children; lines between others go up to a lane
above both. Cards are drawn over lines, so that a line never strikes out a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sightline.pathway.picture.columns import Columns, Spot, columns
from sightline.pathway.picture.parts import (
    GAP,
    HIGH,
    LANE,
    LETTER,
    WIDE,
    Bond,
    Frame,
    Lanes,
    Line,
    Picture,
    PlacedCard,
    PlacedFrame,
)

HEAD, NOTE = 30, 18  # for a frame's label, for each of its notes
RANK = ("abuse", "said", "derived")  # of several lines between two, the style of the first counts
ARM = 18  # from one line's end at a card to the next


@dataclass(frozen=True)
class Run:
    """A line before its height is known: from these down to those, or across between two.

    arm: how far from the middle of a card above it begins; ends: the same for each card below.
    """

    above: tuple[int, ...]
    below: tuple[int, ...]
    ends: tuple[float, ...]
    words: str
    style: str
    row: int
    lane: int
    arm: float


@dataclass
class Gap:
    """What runs above one row of cards: lines from parents first, then lines across."""

    down: Lanes = field(default_factory=Lanes)
    across: Lanes = field(default_factory=Lanes)


def draw(frames: Sequence[Frame], bonds: Iterable[Bond]) -> Picture:
    """Lay out homes, the first in the middle, with their people and what binds them.

    Of frames that find no room the persons are counted in `left_out`.
    """
    kept = list(bonds)
    across = columns(frames, kept)
    gaps: dict[int, Gap] = defaultdict(Gap)
    there = [bond for bond in kept if bond.a in across.spots and bond.b in across.spots]
    runs = [*_down(there, across.spots, gaps), *_across(there, across.spots, gaps)]
    tops, bottom = _tops(across, gaps)
    cards = {
        pk: PlacedCard(spot.card, spot.x, tops[spot.card.row] + spot.line * (HIGH + GAP))
        for pk, spot in across.spots.items()
    }
    height = bottom + NOTE * max(len(frame.notes) for frame, _, _ in across.frames)
    return Picture(
        across.width, height,
        tuple(PlacedFrame(f, x, 0, width, height) for f, x, width in across.frames),
        tuple(cards.values()),
        tuple(_line(run, cards, tops[run.row], gaps[run.row]) for run in runs), across.left_out,
    )  # fmt: skip


def _down(
    bonds: Iterable[Bond], spots: Mapping[int, Spot], gaps: Mapping[int, Gap]
) -> Iterator[Run]:
    """Yield one run for the children of the same elders, bound to them in the same way."""
    elders: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for bond in bonds:
        if bond.down and spots[bond.a].card.row < spots[bond.b].card.row:
            elders[bond.b, bond.words, bond.style].append(bond.a)
    units: dict[tuple[tuple[int, ...], str, str], list[int]] = defaultdict(list)
    for (child, words, style), parents in elders.items():
        units[tuple(sorted(parents)), words, style].append(child)
    into: dict[int, int] = defaultdict(int)
    for number, ((above, words, style), below) in enumerate(units.items()):
        ends = tuple(_arm(into[child]) / 2 for child in below)
        into |= {child: into[child] + 1 for child in below}
        row = min(spots[child].card.row for child in below)
        lane = gaps[row].down.put(*_reach([*above, *below], spots, words))
        yield Run(above, tuple(below), ends, words, style, row, lane, _arm(number))


def _across(
    bonds: Iterable[Bond], spots: Mapping[int, Spot], gaps: Mapping[int, Gap]
) -> Iterator[Run]:
    """Yield one run for each pair, whatever binds the two."""
    pairs: dict[frozenset[int], list[Bond]] = defaultdict(list)
    for bond in bonds:
        if not bond.down:
            pairs[frozenset((bond.a, bond.b))].append(bond)
    for number, between in enumerate(pairs.values()):
        first = min(between, key=lambda bond: RANK.index(bond.style))
        words = ", ".join(bond.words for bond in between if bond.words)
        row = min(spots[first.a].card.row, spots[first.b].card.row)
        lane = gaps[row].across.put(*_reach([first.a, first.b], spots, words))
        yield Run((first.a, first.b), (), (), words, first.style, row, lane, _arm(1 + number % 4))


def _arm(number: int) -> float:
    return (0, 1, -1, 2, -2)[number % 5] * ARM


def _reach(people: Iterable[int], spots: Mapping[int, Spot], words: str) -> tuple[float, float]:
    """Return from where to where a line runs, or its words where they are longer."""
    middles = [spots[person].x + WIDE / 2 for person in people]
    left, right = min(middles), max(middles)
    longer = max(0.0, len(words) * LETTER - (right - left)) / 2 + 2 * ARM + 6
    return left - longer, right + longer


def _tops(across: Columns, gaps: Mapping[int, Gap]) -> tuple[dict[int, float], float]:
    """Return the upper side of each row of cards, and where the last one ends."""
    lines: dict[int, int] = defaultdict(int)
    for spot in across.spots.values():
        lines[spot.card.row] = max(lines[spot.card.row], spot.line + 1)
    tops, y = {}, float(HEAD)
    for row in sorted(lines):
        gap = gaps[row]
        y += gap.down.height + gap.across.height + LANE
        tops[row] = y
        y += lines[row] * (HIGH + GAP)
    return tops, y


def _line(run: Run, cards: Mapping[int, PlacedCard], top: float, gap: Gap) -> Line:
    if run.below:
        y = top - LANE - gap.across.height - gap.down.height + (run.lane + 0.8) * LANE
        return _descending(run, [cards[p] for p in run.above], [cards[c] for c in run.below], y)
    one, other = run.above
    return _crossing(run, cards[one], cards[other], top - (run.lane + 0.9) * LANE)


def _descending(
    run: Run, above: Sequence[PlacedCard], below: Sequence[PlacedCard], y: float
) -> Line:
    from_x = [card.middle + run.arm for card in above]
    to_x = [card.middle + end for card, end in zip(below, run.ends, strict=True)]
    path = [f"M{x:g} {card.y + HIGH:g}V{y:g}" for x, card in zip(from_x, above, strict=True)]
    path += [f"M{min(from_x + to_x):g} {y:g}H{max(from_x + to_x):g}"]
    path += [f"M{x:g} {y:g}V{card.y:g}" for x, card in zip(to_x, below, strict=True)]
    return Line("".join(path), run.style, run.words, (min(to_x) + max(to_x)) / 2, y - 4)


def _crossing(run: Run, one: PlacedCard, other: PlacedCard, y: float) -> Line:
    a, b = one.middle + run.arm, other.middle + run.arm
    path = f"M{a:g} {one.y:g}V{y:g}H{b:g}V{other.y:g}"
    return Line(path, run.style, run.words, (a + b) / 2, y - 4)
