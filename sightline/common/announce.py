"""How a stage tells that something happened, without knowing who comes next.

`pathway` subscribes; nobody else does. Subscribers run inside the announcing transaction and may
only enqueue durable tasks, so either both the change and its consequence are kept, or neither.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_subscribers: dict[str, list[Callable[[int], None]]] = defaultdict(list)
_quiet: ContextVar[frozenset[str]] = ContextVar("quiet", default=frozenset())


def subscribe(happening: str, tell: Callable[[int], None]) -> None:
    """Call `tell(id)` whenever `happening` is announced."""
    _subscribers[happening].append(tell)


def announce(happening: str, subject_id: int) -> None:
    """Tell the subscribers of `happening` about the record with this id."""
    if happening in _quiet.get():
        return
    for tell in _subscribers[happening]:
        tell(subject_id)


@contextmanager
def quietly(*happenings: str) -> Iterator[None]:
    """Within this block these happenings start nothing: the caller does what follows itself."""
    token = _quiet.set(_quiet.get() | frozenset(happenings))
    try:
        yield
    finally:
        _quiet.reset(token)
