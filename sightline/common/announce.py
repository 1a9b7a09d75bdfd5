"""How a stage tells that something happened, without knowing who comes next.

`pathway` subscribes; nobody else does. Subscribers run inside the announcing transaction and may
only enqueue durable tasks, so either both the change and its consequence are kept, or neither.
"""

from collections import defaultdict
from collections.abc import Callable

_subscribers: dict[str, list[Callable[[int], None]]] = defaultdict(list)


def subscribe(happening: str, tell: Callable[[int], None]) -> None:
    """Call `tell(id)` whenever `happening` is announced."""
    if tell not in _subscribers[happening]:
        _subscribers[happening].append(tell)


def announce(happening: str, subject_id: int) -> None:
    """Tell the subscribers of `happening` about the record with this id."""
    for tell in _subscribers[happening]:
        tell(subject_id)
