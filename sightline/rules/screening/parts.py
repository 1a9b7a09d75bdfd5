"""What an instrument is made of. Every part is frozen, and in the order of its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Domain:
    """One area of questions, such as violence or control.

    each_child: its questions are about the child, so that no answer can be taken from a sibling.
    """

    id: str
    name: str
    each_child: bool


@dataclass(frozen=True)
class Item:
    """One question.

    label: how a reason names the item.
    floor: the lowest scale that a Yes points to.
    raises: False where the item only records an absence and never moves the scale.
    from_history: True where the record can answer, see history.answers_from_record.
    route: whom else to tell or ask when this is a concern; empty for most.
    """

    id: str
    domain: str
    question: str
    label: str
    floor: int
    raises: bool
    from_history: bool
    route: str


@dataclass(frozen=True)
class Accumulation:
    """`count` concerns that each point to `of_scale`, over at least `domains` domains, together
    point to `points_to`."""

    id: str
    label: str
    of_scale: int
    count: int
    domains: int
    points_to: int


@dataclass(frozen=True)
class Uplift:
    """A fact about the child that matters whatever the answers.

    It applies from `from_months` to below `under_months` of age (None: no such limit; an unborn
    child is below every age) and, where it names `facts`, when any of them is so.
    minimum: the scale is at least this. offers: (from, to) steps that a person may take.
    """

    id: str
    label: str
    from_months: int | None
    under_months: int | None
    facts: tuple[str, ...]
    minimum: int | None
    offers: tuple[tuple[int, int], ...]
    route: str


@dataclass(frozen=True)
class ProtectiveFactor:
    """Something that helps to keep the child safe. Weighed by a person, never counted."""

    id: str
    question: str
    label: str


@dataclass(frozen=True)
class Instrument:
    """One version of the questions, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    domains: tuple[Domain, ...]
    items: tuple[Item, ...]
    accumulations: tuple[Accumulation, ...]
    uplifts: tuple[Uplift, ...]
    protective_factors: tuple[ProtectiveFactor, ...]

    @property
    def key(self) -> str:
        """What a screening stores to say which version asked the questions."""
        return f"{self.id} {self.version}"

    @cached_property
    def items_by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def factors_by_id(self) -> Mapping[str, ProtectiveFactor]:
        return {factor.id: factor for factor in self.protective_factors}

    def items_of(self, domain: str) -> tuple[Item, ...]:
        """The items of one domain, in order; empty for a domain this version does not have."""
        return tuple(item for item in self.items if item.domain == domain)
