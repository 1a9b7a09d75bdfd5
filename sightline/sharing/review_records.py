"""What a question is decided by: both records, who was named with each, and where they lived."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from sightline.access.models import User
from sightline.common.wall import Purpose, acting_for
from sightline.people.models import Link, LinkReview, Mention, Relationship, Residence
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, what_they_may_see
from sightline.sharing.review_lines import HELD_BACK
from sightline.sharing.sheltering import sheltering

MOST = 100  # mentions of one person on one page; the person's own page has them all


@dataclass(frozen=True)
class Side:
    """One of the two records: who it is now and what was written of them, newest first."""

    person_id: int
    mentions: tuple[Mention, ...]

    @property
    def sources(self) -> set[int]:
        return {mention.source_id for mention in self.mentions}


@dataclass(frozen=True)
class Other:
    """Somebody else in these notifications. `name` is empty where the reader may not know it."""

    person_id: int
    name: str
    roles: tuple[str, ...]
    birth_date: date | None
    with_new: bool
    with_known: bool
    asked: int = 0  # the open question whether they are somebody named with the other record


@dataclass(frozen=True)
class Stay:
    """An address and the first and last day on which a source placed the person there."""

    address: str
    first: date
    last: date


@dataclass(frozen=True)
class Records:
    """All of a question that its page shows."""

    new: Side
    known: Side
    others: tuple[Other, ...]
    tied: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by mention: "child of ..."
    stays: dict[int, tuple[Stay, ...]] = field(default_factory=dict)  # by mention's side: 0, 1
    seen: dict[int, Answer] = field(default_factory=dict)  # whose names are shown, and why


def records_of(review: LinkReview, person_id: int, user: User, now: datetime) -> Records:
    """Read what is known of both persons, as far as this user may see it. Seven queries.

    person_id: who the mention is now.
    """
    new, known = _sides(review, person_id)
    shelters = sheltering((*new.mentions, *known.mentions), user, now)
    _hold_back((*new.mentions, *known.mentions), shelters)
    links = _named_with(new, known)
    answers = what_they_may_see(user, {link.person_id for link in links}, now)
    seen = {pk: answer for pk, answer in answers.items() if Item.IDENTITY in answer.items}
    links = [x for x in links if x.person_id in seen or x.person.restricted_at is None]
    return Records(
        new=new,
        known=known,
        others=tuple(_others(links, new, known, seen)),
        tied=_ties(new, known, links, seen),
        stays={0: _stays(new, shelters), 1: _stays(known, shelters)},
        seen=seen,
    )


def _sides(review: LinkReview, person_id: int) -> tuple[Side, Side]:
    """Return both records. Versions that were corrected are left out where a newer one holds.

    Where both are one person, the mention asked about stands against all the others.
    """
    links = Link.objects.filter(person__in=[person_id, review.candidate_id], ended_at__isnull=True)
    held: dict[int, list[Mention]] = defaultdict(list)
    newest = links.select_related("mention__source").order_by("-mention__source__on", "-mention_id")
    for link in newest:
        held[link.person_id].append(link.mention)
    if person_id == review.candidate_id:
        rest = [m for m in held[person_id] if m.pk != review.mention_id]
        return Side(person_id, (review.mention,)), Side(person_id, _holding(rest))
    return (
        Side(person_id, _holding(held[person_id])),
        Side(review.candidate_id, _holding(held[review.candidate_id])),
    )


def _holding(mentions: list[Mention]) -> tuple[Mention, ...]:
    standing = [m for m in mentions if m.source.superseded_at is None]
    return tuple((standing or mentions)[:MOST])


@acting_for(Purpose.CHECKING)  # of who is not open only the role is told
def _named_with(new: Side, known: Side) -> list[Link]:
    """Return the links of everybody else in the notifications of either."""
    links = Link.objects.filter(mention__source__in=new.sources | known.sources, ended_at=None)
    others = links.exclude(person__in=[new.person_id, known.person_id])
    return list(others.select_related("mention", "person").order_by("mention_id"))


def _others(
    links: Iterable[Link], new: Side, known: Side, seen: Collection[int]
) -> Iterable[Other]:
    by_person: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_person[link.person_id].append(link)
    asked = _asked(by_person)
    for pk, some in by_person.items():
        person, sources = some[0].person, {link.mention.source_id for link in some}
        yield Other(
            person_id=pk,
            name=person.name if pk in seen else "",
            roles=tuple(dict.fromkeys(link.mention.get_role_display() for link in some)),
            birth_date=person.birth_date,
            with_new=bool(sources & new.sources),
            with_known=bool(sources & known.sources),
            asked=asked.get(pk, 0),
        )


def _asked(person_ids: Collection[int]) -> dict[int, int]:
    """Return the open question about each of these persons that is about another of them too."""
    found = LinkReview.objects.filter(
        LinkReview.OPEN, candidate__in=person_ids, mention__links__person__in=person_ids,
        mention__links__ended_at__isnull=True,
    )  # fmt: skip
    asked: dict[int, int] = {}
    for pk, *both in found.values_list("pk", "candidate_id", "mention__links__person_id"):
        asked |= dict.fromkeys(both, pk)
    return asked


def _ties(
    new: Side, known: Side, links: Iterable[Link], seen: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Return in words what each mention is to the others of its notification, as was written."""
    own = {mention.pk for side in (new, known) for mention in side.mentions}
    names = {link.mention_id: _called(link, seen) for link in links}
    found: dict[int, list[str]] = defaultdict(list)
    for tie in Relationship.objects.filter(Q(a__in=own) | Q(b__in=own)).order_by("pk"):
        kind = tie.kind.replace("_", " ")
        if tie.a_id in own and tie.b_id in names:
            found[tie.a_id].append(f"{kind} of {names[tie.b_id]}")
        if tie.b_id in own and tie.a_id in names:
            found[tie.b_id].append(f"{kind}: {names[tie.a_id]}")
    return {mention: tuple(words) for mention, words in found.items()}


def _called(link: Link, seen: Collection[int]) -> str:
    if link.person_id in seen:
        return link.mention.name
    return f"the {link.mention.get_role_display().lower()}"


def _hold_back(mentions: Iterable[Mention], shelters: Collection[int]) -> None:
    """Leave out where somebody lives whom the reader may not find. Nothing is saved of this."""
    for mention in mentions:
        if mention.household_id in shelters:
            mention.address, mention.postcode = HELD_BACK, ""


def _stays(side: Side, shelters: Collection[int]) -> tuple[Stay, ...]:
    """Return where a person lived, the latest first."""
    days: dict[str, list[date]] = defaultdict(list)
    lived = Residence.objects.filter(mention__in=side.mentions).select_related("household")
    for home in lived.exclude(household__in=shelters).order_by("-seen_on", "pk"):
        days[home.household.address].append(home.seen_on)
    return tuple(Stay(address, min(on), max(on)) for address, on in days.items())


def person_of(review: LinkReview) -> int | None:
    """Return the id of who the mention of a question is now."""
    links = Link.objects.filter(mention=review.mention_id, ended_at__isnull=True)
    return links.values_list("person_id", flat=True).first()
