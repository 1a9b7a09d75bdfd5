"""The families on a list as far as one reader may see them, item by item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.access.models import User
from sightline.people.everybody import There, everybody_in
from sightline.people.models import Role
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, what_they_may_see

# What the reasons on a list speak of: the police's grade, earlier incidents, the highest scale.
REASONS = (Item.INCIDENT, Item.HISTORY, Item.SCALE)
OF_CHILDREN = (Item.SCALE,)
SHOWN = (Item.HOUSEHOLD, *REASONS, Item.DECISION)


@dataclass(frozen=True)
class FamilySeen:
    """The people of one incident as a reader may see them.

    some: what is open of at least one of them. whole: what is open of everybody whom it concerns,
    hidden or not. children: those of whom it is open that they were there. decided: whether it is
    open what was decided for each of these.
    """

    some: frozenset[str]
    whole: frozenset[str]
    children: frozenset[int]
    decided: bool

    @property
    def is_open(self) -> bool:
        return Item.INCIDENT in self.some

    @property
    def tells_why(self) -> bool:
        """Whether what is said of the family as a whole may be said: why it stands there."""
        return self.whole.issuperset(REASONS)

    @property
    def held_back(self) -> str:
        """Which items that a list speaks of are not open, in words; "" where all are."""
        said = {item for item in REASONS if item in self.whole}
        said |= {Item.HOUSEHOLD} & self.some | ({Item.DECISION} if self.decided else set())
        return not_shared(said, SHOWN)


NOBODY = FamilySeen(frozenset(), frozenset(), frozenset(), decided=False)


def families_seen(user: User, incidents: Iterable[int], now: datetime) -> dict[int, FamilySeen]:
    """Return what a user may see of the people of these incidents. Two queries."""
    there = everybody_in(incidents)
    persons = {one.person for them in there.values() for one in them}
    answers = what_they_may_see(user, persons, now)
    return {incident: _seen(them, answers) for incident, them in there.items()}


def _seen(there: Sequence[There], answers: Mapping[int, Answer]) -> FamilySeen:
    items = {one.person: _items(answers, one.person) for one in there}
    young = {one.person for one in there if one.role == Role.CHILD}
    known = frozenset(child for child in young if Item.INCIDENT in items[child])
    return FamilySeen(
        some=frozenset().union(*items.values()),
        whole=frozenset(
            item
            for item in REASONS
            if all(item in items[one] for one in (young if item in OF_CHILDREN else items))
        ),
        children=known,
        decided=all(Item.DECISION in items[child] for child in known),
    )


def _items(answers: Mapping[int, Answer], person: int) -> frozenset[str]:
    return answers[person].items if person in answers else frozenset()
