"""Which children live together and which of the household's notifications name each of them.

A shape has no names and no dates yet: only that this household has three notifications, and that
one child is in all of them and another in the second alone.
"""

import random
from bisect import bisect_left
from dataclasses import dataclass, field

from sightline.demo.dudley.dice import DeadEnd
from sightline.demo.dudley.plan import Plan

MOST_CHILDREN = 6
AT_ALL_OF_THEM = 0.6  # of further children with repeats: those who are in every notification
IN_A_ROW = 0.6  # of the others with repeats: those whose notifications follow each other


@dataclass
class Shape:
    """A household with `notifications` places (0, 1, ...) and, for each child, its places."""

    notifications: int
    children: list[tuple[int, ...]] = field(default_factory=list)

    def children_at(self, place: int) -> int:
        """How many children the notification at that place names."""
        return sum(place in places for places in self.children)

    def repeats(self) -> int:
        """How many notifications here are not the first of their child."""
        return sum(len(places) - 1 for places in self.children)


def make_shapes(plan: Plan, dice: random.Random) -> list[Shape]:
    """Households and children exactly as planned; every notification names at least one child.

    Raises DeadEnd if the planned children cannot cover the planned households.
    """
    waiting = dict(plan.children)
    shapes = [
        _covered(size, waiting)
        for size in sorted(plan.households, reverse=True)
        for _ in range(plan.households[size])
    ]
    shapes.reverse()
    further = [size for size, many in waiting.items() for _ in range(many)]
    for size in sorted(further, reverse=True):  # while the few large households have room
        shape = _home_for(size, shapes, dice)
        shape.children.append(_places(size, shape.notifications, dice))
    return shapes


def _covered(size: int, waiting: dict[int, int]) -> Shape:
    """A household of `size` notifications with the fewest children that leave none without one."""
    shape = Shape(size)
    covered = 0
    while covered < size:
        longest = max((k for k, many in waiting.items() if many and k <= size), default=None)
        if longest is None:
            raise DeadEnd(f"no child left for a household with {size} notifications")
        waiting[longest] -= 1
        start = min(covered, size - longest)
        shape.children.append(tuple(range(start, start + longest)))
        covered = start + longest
    return shape


def _home_for(size: int, shapes: list[Shape], dice: random.Random) -> Shape:
    """A household with at least `size` notifications and room for a child (shapes ascend)."""
    lowest = bisect_left(shapes, size, key=lambda shape: shape.notifications)
    highest = bisect_left(shapes, size + 1, key=lambda shape: shape.notifications)
    for _ in range(10_000):
        same_size = size > 1 and highest > lowest and dice.random() < AT_ALL_OF_THEM
        shape = shapes[dice.randrange(lowest, highest if same_size else len(shapes))]
        if len(shape.children) < MOST_CHILDREN:
            return shape
    raise DeadEnd(f"no household has room for a child with {size} notifications")


def _places(size: int, notifications: int, dice: random.Random) -> tuple[int, ...]:
    if dice.random() < IN_A_ROW:
        start = dice.randint(0, notifications - size)
        return tuple(range(start, start + size))
    return tuple(sorted(dice.sample(range(notifications), size)))
