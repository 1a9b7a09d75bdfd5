"""Reading meetings: which there are, and one as a user may see it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.wall import Purpose, acting_for
from sightline.meetings.families import NOBODY, FamilySeen, families_seen
from sightline.meetings.models import Decision, MaracReferral, Meeting, MeetingItem
from sightline.meetings.opening import sits_in
from sightline.people.models import Link, Presence
from sightline.rules.meetings.kinds import shipped_kinds
from sightline.screening.models import Screening
from sightline.sharing.models import Item
from sightline.sharing.queries import visible_persons
from sightline.sharing.sheltering import homes_sheltering

COUNTED = ("meeting", "incident", "referral", "position", "removed_at")


@dataclass(frozen=True)
class Progress:
    """How far a family on a list is: its children, and for how many a decision stands."""

    children: int = 0
    unborn: int = 0
    decided: int = 0

    @property
    def all(self) -> int:
        return self.children + self.unborn

    @property
    def is_done(self) -> bool:
        return self.decided == self.all


@dataclass(frozen=True)
class Seen:
    """A meeting with what one user may see of its list.

    items: those that stand, in order. off: those that were taken off. families: what they may see
    of each incident's people. referrals_open: those of which they may see both. progress: by
    incident. runs: whether they run meetings, and hear pairs. sheltering: homes not to be named.
    """

    meeting: Meeting
    items: Sequence[MeetingItem]
    off: Sequence[MeetingItem]
    families: Mapping[int, FamilySeen]
    referrals_open: frozenset[int]
    progress: Mapping[int, Progress]
    runs: bool
    sheltering: frozenset[int]

    def is_open(self, item: MeetingItem) -> bool:
        """Whether the user may know what this item is about."""
        return self.family(item).is_open or item.referral_id in self.referrals_open

    def family(self, item: MeetingItem) -> FamilySeen:
        """What of its family the user may see; of a pair that is nothing."""
        return self.families.get(item.incident_id or 0, NOBODY)

    def tells_why(self, item: MeetingItem) -> bool:
        """Whether it may be said why it stands there, was put off or taken off."""
        return item.incident_id is None or self.family(item).tells_why

    def is_done(self, item: MeetingItem) -> bool:
        """Whether nothing of it is left for this meeting."""
        if item.deferred_at is not None:
            return True
        if item.incident_id is None:
            return item.taken_at is not None
        return self.progress.get(item.incident_id, Progress()).is_done


def meetings_of(user: User) -> QuerySet[Meeting]:
    """Return the meetings that a user may know of, latest first, each with how many are `listed`.

    Whoever runs meetings sees all; a member those in which theirs is a member, published.
    """
    standing = Count("items", filter=Q(items__removed_at__isnull=True))
    found = Meeting.objects.annotate(listed=standing).order_by("-starts", "-pk")
    found = found.select_related("published_by", "list_changed_by")
    if Perm.RUN_MEETINGS in user.perms:
        return found
    own = [kind.key for kind in shipped_kinds() if sits_in(user.agency, kind)]
    return found.filter(published_at__isnull=False, rules__in=own)


def meeting_or_404(user: User, pk: int) -> Meeting:
    """Return a meeting that the user may know of; else 404."""
    meeting = meetings_of(user).filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting


def seen_by(user: User, meeting: Meeting, now: datetime) -> Seen:
    """Return a meeting's list as far as a user may see it. Six queries, however long it is."""
    every = _items_of(meeting)
    incidents = [item.incident_id for item in every if item.incident_id is not None]
    families = families_seen(user, incidents, now)
    return Seen(
        meeting=meeting,
        items=[item for item in every if item.removed_at is None],
        off=[item for item in every if item.removed_at is not None],
        families=families,
        referrals_open=_referrals_open(user, [i.referral_id for i in every if i.referral_id], now),
        progress=_progress(families),
        runs=Perm.RUN_MEETINGS in user.perms,
        sheltering=_sheltering(user, every, families, now),
    )


def _sheltering(
    user: User, items: Iterable[MeetingItem], families: Mapping[int, FamilySeen], now: datetime
) -> frozenset[int]:
    """Return the homes, of families whose home may be said, at which somebody hidden lives."""
    said = (i for i in items if Item.HOUSEHOLD in families.get(i.incident_id or 0, NOBODY).some)
    return homes_sheltering((i.incident.household_id for i in said if i.incident), user, now)


def _items_of(meeting: Meeting) -> list[MeetingItem]:
    """Return all that is and was on the list, in its order. Of those that are not open no more is
    loaded than is needed to count and to number them. Two queries."""
    with acting_for(Purpose.CHECKING):
        bare = list(meeting.items.only(*COUNTED))
    related = ("incident__household", "referral__agency", "added_by", "deferred_by", "removed_by")
    read = meeting.items.select_related(*related).in_bulk()
    return [read.get(item.pk, item) for item in bare]


def _referrals_open(user: User, referrals: Collection[int], now: datetime) -> frozenset[int]:
    """Of a pair both must be open: who the other is says as much as either name."""
    seen = visible_persons(user, now)
    found = MaracReferral.objects.filter(pk__in=referrals)
    for side in ("victim", "perpetrator"):
        found = found.filter(
            Exists(
                Link.objects.filter(mention=OuterRef(side), ended_at__isnull=True, person__in=seen)
            )
        )
    return frozenset(found.values_list("pk", flat=True))


def _progress(families: Mapping[int, FamilySeen]) -> dict[int, Progress]:
    """Return how far each of these incidents is with the children whom the user may see. One
    query."""
    standing = Decision.objects.filter(screening=OuterRef("pk"), replaced_at__isnull=True)
    rows = Screening.objects.filter(
        incident__in=families, withdrawn_at__isnull=True, mention__links__ended_at__isnull=True
    ).annotate(decided=Exists(standing))
    columns = ("incident_id", "mention__links__person", "mention__presence", "decided")
    found: dict[int, list[int]] = {pk: [0, 0, 0] for pk in families}
    for incident, child, presence, decided in rows.values_list(*columns):
        if child in families[incident].children:
            counts = found[incident]
            counts[presence == Presence.UNBORN] += 1
            counts[2] += decided
    return {pk: Progress(*counts) for pk, counts in found.items()}


def neighbours(seen: Seen, item: MeetingItem) -> tuple[MeetingItem | None, MeetingItem | None]:
    """Return what stands before and after an item, of what the user may see."""
    shown = [one for one in seen.items if seen.is_open(one)]
    here = next((place for place, one in enumerate(shown) if one.pk == item.pk), None)
    if here is None:
        return None, None
    after = shown[here + 1] if here + 1 < len(shown) else None
    return (shown[here - 1] if here else None), after
