"""Unborn children who are named again: by mother, incident and expected date (rules/linkage)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from django.db.models import Q, QuerySet

from sightline.people.models import Link, Mention, Presence, Relationship
from sightline.rules.families.kinds import kind_of
from sightline.rules.linkage.compare import Reason
from sightline.rules.linkage.unborn import NOT_SAID, Unborn, same_unborn
from sightline.rules.linkage.verdicts import Match

BY_RULE = "unborn"  # in place of a model's version: no weights speak of whoever has no name yet
SAME = Reason("Unborn, of the same mother or in the version that this corrects", 0.0, "unborn")
NAMELESS = Q(presence=Presence.UNBORN, given_name="")


def is_nameless(mention: Mention) -> bool:
    """Whether this is an unborn child without a name: the machine compares nothing of it."""
    return mention.presence == Presence.UNBORN and not mention.given_name


class Expected:
    """The unborn children held, as far as those in some mentions may be they.

    near: the persons of whom one may be a mother. No query where none of the mentions is an unborn
    child, else four, however many there are.
    """

    def __init__(self, mentions: Sequence[Mention], near: Collection[int]) -> None:
        self._held: list[Unborn] = []
        self._mothers: Mapping[int, int] = {}
        new = [mention for mention in mentions if is_nameless(mention)]
        if new:
            self._read(new, near)

    def _read(self, new: Sequence[Mention], near: Collection[int]) -> None:
        incidents = {one.source.incident_id for one in new} - {None}
        carried = _mothers_in(_related(Q(links__ended_at=None, links__person__in=near)))
        found = Mention.objects.filter(
            NAMELESS, Q(source__incident__in=incidents) | Q(pk__in=carried),
            links__ended_at__isnull=True,
        ).exclude(pk__in=[one.pk for one in new])  # fmt: skip
        held = list(found.select_related("source").prefetch_related("links").order_by("pk"))
        self._mothers = _mothers_in(_related(Q(pk__in=[one.pk for one in (*held, *new)])))
        persons = _persons(self._mothers.values())
        self._held = [self._unborn(one, _person_of(one), persons) for one in held]

    def who(self, together: Sequence[Mention], persons: Mapping[int, int]) -> Mapping[int, Match]:
        """Return who the unborn children of one source are, by mention, and remember them.

        persons: who each mention of the source is, as decided so far.
        """
        new = [self._unborn(one, persons[one.pk], persons) for one in filter(is_nameless, together)]
        found = same_unborn(new, self._held) if new else {}
        self._held += [replace(one, person=found.get(one.mention, one.person)) for one in new]
        return {mention: Match(person, 0.0, (SAME,), ()) for mention, person in found.items()}

    def merge(self, goes: int, stays: int) -> None:
        """Remember that two persons turned out to be one: of either she may be the mother."""
        self._held = [
            replace(one, mother=stays) if one.mother == goes else one for one in self._held
        ]

    def _unborn(self, mention: Mention, person: int, persons: Mapping[int, int]) -> Unborn:
        mother = self._mothers.get(mention.pk)
        return Unborn(
            mention=mention.pk, person=person,
            mother=persons.get(mother, NOT_SAID) if mother else NOT_SAID,
            due=mention.expected_birth, source=mention.source_id,
            incident=mention.source.incident_id, position=mention.position,
            corrected=mention.source.superseded_at is not None,
        )  # fmt: skip


def _person_of(mention: Mention) -> int:
    return next(link.person_id for link in mention.links.all() if link.ended_at is None)


def _related(which: Q) -> QuerySet[Relationship]:
    """The relationships of mentions to others, whichever way round they were written."""
    about = Mention.objects.filter(which).values("pk")
    found = Relationship.objects.filter(Q(a__in=about) | Q(b__in=about))
    return found.select_related("a", "b")


def _mothers_in(related: Iterable[Relationship]) -> dict[int, int]:
    """The mother of each nameless unborn child, both as mentions; none where two are said."""
    said: dict[int, set[int]] = defaultdict(set)
    for one in related:
        kind = kind_of(one.kind)
        elder, younger = (one.a, one.b) if kind.side == "elder" else (one.b, one.a)
        if kind.bond == "parent" and is_nameless(younger) and _is_mother(kind.code, elder):
            said[younger.pk].add(elder.pk)
    return {child: mothers.pop() for child, mothers in said.items() if len(mothers) == 1}


def _is_mother(code: str, elder: Mention) -> bool:
    return code == "mother" or (code != "father" and elder.sex == "F")


def _persons(mentions: Iterable[int]) -> dict[int, int]:
    links = Link.objects.filter(mention__in=list(mentions), ended_at__isnull=True)
    return dict(links.values_list("mention_id", "person_id"))
