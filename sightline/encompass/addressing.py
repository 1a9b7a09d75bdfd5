"""Whom a notice is for: the school that police named, the one a child moved to, or the council."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sightline.access.models import Agency
from sightline.directory.models import School
from sightline.directory.queries import Register
from sightline.encompass.models import Move
from sightline.people.models import Mention, Presence
from sightline.people.queries import persons_of
from sightline.rules.encompass.rules_file import rules_on
from sightline.rules.encompass.whom import Child, Tell, who_is_told
from sightline.rules.research.services import Service

AT_HOME = "home educated: tell the council's officer"
NOT_FOUND = "the school named is not in the directory, or could be more than one"
NOT_NAMED = "no school named"
LEFT = "the child left the school named; nobody wrote down where to"


@dataclass(frozen=True)
class Addressee:
    """A school or an office of the council; neither, and why nobody was found."""

    school: School | None = None
    office: Agency | None = None
    because: str = ""


class Addresses:
    """Whom to tell of the children of one batch. Three queries, and one a school."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.register = Register()
        self._person = persons_of(mentions)
        self._moves = _moves(self._person.values())
        self._office = Agency.objects.filter(
            services__contains=[Service.HOME_EDUCATION.value], closed_on=None
        ).first()

    def person(self, mention: Mention) -> int:
        """Return who a mention is linked to; of one that is not, a number of its own below 0."""
        return self._person.get(mention.pk, -mention.pk)

    def tell(self, mention: Mention) -> Tell:
        """Return who is told of a child: a school, the council's officer, or nobody."""
        return who_is_told(_child(mention), rules_on(mention.source.on)).tell

    def of(self, mention: Mention) -> Addressee:
        """Return whom a notice about a child is for."""
        if self.tell(mention) is Tell.HOME_EDUCATION:
            return Addressee(office=self._office, because="" if self._office else AT_HOME)
        school = self.register.find(urn=mention.school_urn, name=mention.school_name)
        if school is None:
            named = mention.school_name or mention.school_urn
            return Addressee(because=NOT_FOUND if named else NOT_NAMED)
        school = self._now_at(mention, school)
        return Addressee(school=school, because="" if school else LEFT)

    def _now_at(self, mention: Mention, named: School) -> School | None:
        """Return the school that a child who left this one went to. A child may come back."""
        school, seen = named, {named.pk}
        for move in self._moves.get(self.person(mention), ()):
            if move.left_id != school.pk or move.on > mention.source.on:
                continue
            if move.went_to is None or move.went_to_id in seen:
                return None
            school = move.went_to
            seen.add(school.pk)
        return school


def _child(mention: Mention) -> Child:
    return Child(
        age=age_of(mention),
        unborn=mention.presence == Presence.UNBORN,
        home_educated=bool(mention.home_educated),
        school_named=bool(mention.school_urn or mention.school_name),
    )


def age_of(mention: Mention) -> int | None:
    """Return how old a child was, in whole years, on the day of the incident."""
    born, on = mention.birth_date, mention.source.on
    if born is None:
        return mention.age
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _moves(persons: Iterable[int]) -> Mapping[int, list[Move]]:
    """Return the moves of these persons, oldest first."""
    wanted = set(persons)
    moves = Move.objects.filter(
        mention__links__ended_at__isnull=True, mention__links__person__in=wanted
    )
    found: dict[int, list[Move]] = {person: [] for person in wanted}
    rows = list(moves.select_related("went_to__agency", "mention").order_by("on", "pk"))
    people = persons_of([move.mention for move in rows])
    for move in rows:
        found[people[move.mention_id]].append(move)
    return found
