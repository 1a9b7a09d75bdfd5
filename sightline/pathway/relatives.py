"""One person's family as far as one reader may see it: who, how related, who lives where.

Everybody but the person asked about is here only if both their identity and their household are
disclosed to the reader; whoever is not, is not counted either. Nothing is concluded through
somebody who is not shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.access.models import User
from sightline.people import kin
from sightline.people.everybody import There, everybody_at
from sightline.people.homes import Homes, homes_of
from sightline.people.kin import FAMILY, Named
from sightline.people.models import Household, Person, Role
from sightline.rules.families.derived import ABUSE, abuse, derived
from sightline.rules.families.homes import Stay
from sightline.rules.families.ties import Tie, ties_of
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, what_they_may_see

NEEDED = {Item.IDENTITY, Item.HOUSEHOLD}


@dataclass(frozen=True)
class Relatives:
    """A family as one reader may see it.

    persons: by id, the one asked about first, then the closest. roles: of those of whom what
    happened is open, every role they were named in. stays: by person, home last seen first.
    addresses: the households whose address may be said.
    """

    root: Person
    persons: Mapping[int, Person]
    answers: Mapping[int, Answer]
    ties: Sequence[Tie]
    stays: Mapping[int, Sequence[Stay[int]]]
    addresses: Mapping[int, Household]
    roles: Mapping[int, tuple[str, ...]]
    children: frozenset[int]

    @property
    def others(self) -> dict[int, Answer]:
        """Return why each may be seen who is shown beside the person asked about."""
        return {pk: answer for pk, answer in self.answers.items() if pk != self.root.pk}

    def ties_with(self, person: int) -> list[Tie]:
        return [tie for tie in self.ties if person in (tie.a, tie.b)]

    def home(self, person: int) -> Stay[int] | None:
        """Return the home where a person was last seen, or None where none is known."""
        return next(iter(self.stays.get(person, ())), None)


def relatives_of(
    reader: User, root: Person, answer: Answer, *, now: datetime, whole: bool = True
) -> Relatives:
    """Load a person's family. A fixed number of queries. `whole` False: only the nearest of it.

    The reader may see the identity of `root` under `answer`. Looks at others are the caller's to
    log.
    """
    found = kin.circle(root.pk) if whole else kin.near(root.pk)
    others = {n.person for n in found} - {root.pk} if Item.HOUSEHOLD in answer.items else set()
    seen = what_they_may_see(reader, others, now) if others else {}
    answers = {root.pk: answer} | {p: a for p, a in seen.items() if a.items >= NEEDED}
    named = [n for n in found if n.person in answers]
    ties = _ties(named, answers)
    homes = homes_of({n.mention: n.person for n in named if _open(answers, n.person)})
    in_order = _family(root.pk, ties, homes.together)
    persons = Person.objects.in_bulk(in_order[1:]) | {root.pk: root}
    return Relatives(
        root=root, persons={pk: persons[pk] for pk in in_order},
        answers={pk: answers[pk] for pk in in_order},
        ties=[tie for tie in ties if tie.a in persons and tie.b in persons],
        stays=homes.stays, addresses=_addresses(homes, answers, printed=whole),
        roles=_roles(named, answers),
        children=frozenset(n.person for n in named if n.role == Role.CHILD),
    )  # fmt: skip


def _open(answers: Mapping[int, Answer], person: int, item: Item = Item.HOUSEHOLD) -> bool:
    return person in answers and item in answers[person].items


def _ties(named: Sequence[Named], answers: Mapping[int, Answer]) -> list[Tie]:
    """Return ties among those shown; who did what to whom needs what happened to be open."""
    said = ties_of(kin.statements(named)) if len(answers) > 1 else []
    known = [n for n in named if _open(answers, n.person, Item.INCIDENT)]
    return [*said, *derived(said), *abuse(kin.incidents(known))]


def _family(root: int, ties: Sequence[Tie], together: Iterable[Sequence[int]]) -> list[int]:
    """Return the ids of the family: over ties and shared homes from the root, the closest first.

    Who followed whom at an address shares no home, and whoever was only named beside the family,
    as a neighbour who rang, is no part of it.
    """
    near: dict[int, list[int]] = defaultdict(list)
    pairs = [(tie.a, tie.b) for tie in sorted(ties, key=lambda tie: tie.bond == ABUSE)]
    pairs += [(home[0], other) for home in together for other in home[1:]]
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    found = [root]
    for person in found:  # grows on the way
        found += [other for other in dict.fromkeys(near[person]) if other not in found]
    return found


def _roles(named: Sequence[Named], answers: Mapping[int, Answer]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for one in named:
        if _open(answers, one.person, Item.INCIDENT):
            found[one.person][one.role] = None
    return {person: tuple(roles) for person, roles in found.items()}


def _addresses(
    homes: Homes, answers: Mapping[int, Answer], *, printed: bool
) -> dict[int, Household]:
    """Return the households whose address may be said.

    A restricted person's address is said only to whom it was disclosed, and never on paper. A
    perpetrator's is not where it is the home of another family than the one that is shown.
    """
    there = everybody_at(homes.households)
    return {
        pk: household
        for pk, household in homes.households.items()
        if not _sheltered(there[pk], answers, printed=printed) and _theirs(there[pk], answers)
    }


def _sheltered(there: Sequence[There], answers: Mapping[int, Answer], *, printed: bool) -> bool:
    return any(t.is_restricted and (printed or not _open(answers, t.person)) for t in there)


def _theirs(there: Sequence[There], answers: Mapping[int, Answer]) -> bool:
    """Whether a home is that of somebody shown, or of no victim or child whom we know."""
    families = [one.person for one in there if one.role in FAMILY]
    return not families or any(_open(answers, person) for person in families)
