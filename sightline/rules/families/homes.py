"""When somebody was seen to live where. A source sees on one day; between days nobody knows."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Home = TypeVar("Home", bound=Hashable)


@dataclass(frozen=True)
class Seen(Generic[Home]):
    """A source places somebody at a home on a day."""

    home: Home
    on: date
    source: str


@dataclass(frozen=True)
class Stay(Generic[Home]):
    """What is known of somebody's time at one home. times: how many sources; oldest first.

    elsewhere_since: the first day after the last one here on which another home was named.
    also_elsewhere: another home was named on a day from first to last.
    """

    home: Home
    first: date
    last: date
    sources: tuple[str, ...]
    elsewhere_since: date | None = None
    also_elsewhere: bool = False

    @property
    def is_latest(self) -> bool:
        return self.elsewhere_since is None


def stays(sightings: Iterable[Seen[Home]]) -> list[Stay[Home]]:
    """Return one stay a home, the one last seen first."""
    by_home: dict[Home, list[Seen[Home]]] = defaultdict(list)
    every = sorted(sightings, key=lambda one: one.on)
    for one in every:
        by_home[one.home].append(one)
    found = [_stay(here, every) for here in by_home.values()]
    return sorted(found, key=lambda stay: (stay.last, stay.first), reverse=True)


def _stay(here: Sequence[Seen[Home]], every: Sequence[Seen[Home]]) -> Stay[Home]:
    first, last, home = here[0].on, here[-1].on, here[0].home
    others = [one.on for one in every if one.home != home]
    return Stay(
        home, first, last, tuple(dict.fromkeys(one.source for one in here)),
        elsewhere_since=min((on for on in others if on > last), default=None),
        also_elsewhere=any(first <= on <= last for on in others),
    )  # fmt: skip
