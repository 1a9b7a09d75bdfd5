"""What one user may see of the people of one incident, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.urls import reverse

from sightline.access.models import User
from sightline.common.errors import TakenOut
from sightline.common.wall import Purpose, acting_for
from sightline.people.everybody import everybody_in
from sightline.people.models import Link, Person
from sightline.screening.models import Screening
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, log_reads, what_they_may_see


@dataclass(frozen=True)
class Sight:
    """The people of an incident, newest mention of each, and what may be seen of whom.

    links: one for each person, with mention, source and person loaded, in the order of mention.
    everybody: the ids of all persons of the incident, of whom nothing else may be known here.
    """

    links: tuple[Link, ...]
    answers: Mapping[int, Answer]
    everybody: frozenset[int]

    def sees(self, person_id: int | None, item: Item) -> bool:
        answer = self.answers.get(person_id) if person_id else None
        return answer is not None and item in answer.items

    def sees_all(self, item: Item) -> bool:
        """Whether what speaks of everybody in the incident at once may be seen."""
        return all(self.sees(person, item) for person in self.everybody)

    @property
    def shown(self) -> tuple[Link, ...]:
        """The people of whom at least the name may be seen."""
        return tuple(link for link in self.links if self.sees(link.person_id, Item.IDENTITY))

    @property
    def held_back(self) -> int:
        return len(self.everybody) - len(self.shown)


def sight_of(user: User, incident_id: int, now: datetime) -> Sight:
    """Return what `user` may see of the people of an incident. Three queries."""
    links = Link.objects.filter(
        mention__source__incident=incident_id, mention__source__superseded_at__isnull=True,
        ended_at__isnull=True,
    ).select_related("mention__source", "person")  # fmt: skip
    newest = {link.person_id: link for link in links.order_by("mention__source_id", "mention_id")}
    in_order = sorted(newest.values(), key=lambda link: (link.mention.position, link.mention_id))
    everybody = frozenset(one.person for one in everybody_in([incident_id])[incident_id])
    return Sight(tuple(in_order), what_they_may_see(user, newest, now), everybody)


@dataclass(frozen=True)
class Opened:
    """A screening that a user may look at: of whom, and what else of the incident they may see."""

    screening: Screening
    child: Person
    sight: Sight

    @property
    def items(self) -> frozenset[str]:
        """What of the child may be seen."""
        answer = self.sight.answers.get(self.child.pk)
        return answer.items if answer else frozenset()

    def sees(self, item: Item) -> bool:
        """Whether `item` of the child may be seen."""
        return self.sight.sees(self.child.pk, item)


def open_screening(user: User, pk: int, *, item: Item, page: str, now: datetime) -> Opened:
    """Load a screening, and write down that it was looked at. 404 unless `item` of the child may
    be seen: that there is a screening of somebody is not to be known either. TakenOut of a child
    whom a correction took out, to who may see everybody who is left."""
    found = Screening.objects.select_related(
        "incident__household", "mention__source", "scale_set_by__agency", "lower_agreed_by"
    ).filter(pk=pk)
    screening = found.first()
    if screening is None:  # of whom a correction took out no door is open any more
        with acting_for(Purpose.CHECKING):
            screening = found.filter(withdrawn_at__isnull=False).first()
    if screening is None or screening.imported:  # of an imported one there are no questions
        raise Http404
    link = Link.objects.filter(mention=screening.mention_id, ended_at__isnull=True)
    child = link.select_related("person").first()
    sight = sight_of(user, screening.incident_id, now)
    if screening.withdrawn_at is not None and sight.links and sight.sees_all(Item.INCIDENT):
        family = reverse("family", args=[screening.incident_id])
        raise TakenOut("A correction took this child out of the notification.", family)
    if child is None or not sight.sees(child.person_id, item):
        raise Http404
    log_reads(user, dict(sight.answers), page=page, now=now)
    return Opened(screening, child.person, sight)
