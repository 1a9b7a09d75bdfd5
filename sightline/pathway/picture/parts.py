"""What a picture is made of: first what is to be drawn, then where it stands."""

from dataclasses import dataclass, field

WIDE, HIGH = 162, 88  # a card
GAP = 16  # between cards, and from a card to its frame
BETWEEN = 26  # frames
LANE = 18  # from one horizontal line to the next
LETTER = 6.8  # width of one, about, in the words on lines


@dataclass(frozen=True)
class Card:
    """One person. row: the generation. order: the smaller, the further to the left."""

    id: int
    name: tuple[str, ...]
    facts: tuple[str, ...]
    row: int
    order: str = ""
    child: bool = False
    asked: bool = False
    perpetrator: bool = False


@dataclass(frozen=True)
class Frame:
    """A home: its address or what is known of it, who lives there, and notes."""

    label: str
    cards: tuple[Card, ...]
    notes: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True)
class Bond:
    """A line: down from the elder `a` to the younger `b`, or across between two."""

    a: int
    b: int
    words: str
    style: str  # said, derived or abuse
    down: bool = False


@dataclass(frozen=True)
class Line:
    """A drawn line: an SVG path, its style, and words at a place on it."""

    path: str
    style: str
    words: str
    x: float
    y: float


@dataclass(frozen=True)
class PlacedCard:
    """A card and its upper left corner."""

    card: Card
    x: float
    y: float
    width: float = WIDE
    height: float = HIGH

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class PlacedFrame:
    """A frame, its upper left corner and its size."""

    frame: Frame
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Picture:
    """A drawing of this size, and how many persons found no room in it."""

    width: float
    height: float
    frames: tuple[PlacedFrame, ...]
    cards: tuple[PlacedCard, ...]
    lines: tuple[Line, ...]
    left_out: int


@dataclass
class Lanes:
    """Horizontal stretches that must not touch, each in the first lane that is free for it."""

    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def put(self, left: float, right: float) -> int:
        for number, stretches in enumerate(self.taken):
            if all(right < x or left > y for x, y in stretches):
                stretches.append((left, right))
                return number
        self.taken.append([(left, right)])
        return len(self.taken) - 1

    @property
    def height(self) -> float:
        return len(self.taken) * LANE
