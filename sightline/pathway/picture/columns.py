"""From left to right: which frame stands where, and in it which card in which column."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sightline.pathway.picture.parts import BETWEEN, GAP, LETTER, WIDE, Bond, Card, Frame

MOST_WIDE = 1260  # so that words can still be read on one sheet
MOST_IN_FRAME = 4


@dataclass(frozen=True)
class Spot:
    """Where a card stands: its left side, and in which line of its row."""

    card: Card
    x: float
    line: int


@dataclass(frozen=True)
class Columns:
    """Frames with their left side and width, cards with their spots."""

    frames: tuple[tuple[Frame, float, float], ...]
    spots: Mapping[int, Spot]
    width: float
    left_out: int


def columns(frames: Sequence[Frame], bonds: Iterable[Bond]) -> Columns:
    """Set the first frame in the middle and the others, as they come, to its sides.

    Frames for which there is no more room are left out and their persons counted.
    """
    couples = [(bond.a, bond.b) for bond in bonds if not bond.down and bond.style != "abuse"]
    shown = _that_fit(frames)
    left, placed = 0.0, []
    spots: dict[int, Spot] = {}
    for frame in _middle_first(shown):
        width = _width(frame)
        placed.append((frame, left, width))
        spots |= {spot.card.id: spot for spot in _spots(frame, left, width, couples)}
        left += width + BETWEEN
    left_out = sum(len(frame.cards) for frame in frames[len(shown) :])
    return Columns(tuple(placed), spots, left - BETWEEN, left_out)


def _rows(frame: Frame) -> dict[int, list[Card]]:
    rows: dict[int, list[Card]] = defaultdict(list)
    for card in frame.cards:
        rows[card.row].append(card)
    return rows


def _cards_wide(frame: Frame) -> float:
    """How many cards stand beside each other; where a row is broken its lines stand staggered."""
    most = max(len(cards) for cards in _rows(frame).values())
    return most if most <= MOST_IN_FRAME else MOST_IN_FRAME + 0.5


def _width(frame: Frame) -> float:
    longest = max(len(words) for words in (frame.label, *frame.notes))
    return max(_cards_wide(frame) * (WIDE + GAP) + GAP, longest * LETTER + 2 * GAP)


def _that_fit(frames: Sequence[Frame]) -> Sequence[Frame]:
    room = float(MOST_WIDE)
    for number, frame in enumerate(frames):
        room -= _width(frame) + BETWEEN
        if room < 0 and number:
            return frames[:number]
    return frames


def _middle_first(frames: Sequence[Frame]) -> list[Frame]:
    return [*reversed(frames[1::2]), *frames[0::2]]


def _spots(
    frame: Frame, left: float, width: float, couples: Sequence[tuple[int, int]]
) -> Iterable[Spot]:
    for cards in _rows(frame).values():
        in_order = _couples_together(sorted(cards, key=lambda card: card.order), couples)
        for line, start in enumerate(range(0, len(in_order), MOST_IN_FRAME)):
            beside = in_order[start : start + MOST_IN_FRAME]
            free = width - GAP - len(beside) * (WIDE + GAP)
            broken = len(in_order) > MOST_IN_FRAME
            margin = (line % 2) * (WIDE + GAP) / 2 if broken else free / 2
            for number, card in enumerate(beside):
                yield Spot(card, left + GAP + margin + number * (WIDE + GAP), line)


def _couples_together(cards: list[Card], couples: Sequence[tuple[int, int]]) -> list[Card]:
    by_id = {card.id: card for card in cards}
    in_order: dict[int, Card] = {}
    for card in cards:
        partners = [a if b == card.id else b for a, b in couples if card.id in (a, b)]
        for one in (card.id, *partners):
            if one in by_id:
                in_order.setdefault(one, by_id[one])
    return list(in_order.values())
