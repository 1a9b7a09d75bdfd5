"""A notice as the screening team sees it: of whom a school is to be told, and why it is not yet."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from sightline.access.models import User
from sightline.directory.queries import key_adults
from sightline.encompass.doors import agency_of
from sightline.encompass.models import Delivery, Notice
from sightline.people.queries import persons_of
from sightline.sharing.models import Item
from sightline.sharing.queries import log_reads, may_see


@dataclass(frozen=True)
class Chased:
    """A notice, who in the school can be rung, and the last try to send its e-mail."""

    notice: Notice
    people: tuple[User, ...]
    last_try: Delivery | None

    @property
    def can_choose(self) -> bool:
        """Whether a school is to be chosen: once one is told, it is for the telephone."""
        nobody = agency_of(self.notice) is None or self.notice.no_school_because != ""
        return self.is_open and nobody and self.notice.sent_at is None

    @property
    def is_for_the_officer(self) -> bool:
        """Whether no school, but the council's officer for home education is to be told."""
        return self.notice.school is None and bool(self.notice.mention.home_educated)

    @property
    def is_open(self) -> bool:
        return self.notice.received_at is None and self.notice.withdrawn_at is None


def chased_or_404(user: User, pk: int, now: datetime) -> Chased:
    """Load a notice for somebody of the screening team who may know who the child is, and write
    down the look. Whoever may not is told that there is nothing: 404."""
    notice = Notice.objects.select_related(
        "incident__household", "mention__source", "school", "office", "received_by",
        "opened_by", "supported_by",
    ).filter(pk=pk).first()  # fmt: skip
    person_id = persons_of([notice.mention]).get(notice.mention_id) if notice else None
    if notice is None or person_id is None:
        raise Http404
    answer = may_see(user, person_id, Item.IDENTITY, now)
    if not {Item.IDENTITY, Item.SCHOOL} <= answer.items:
        raise Http404
    log_reads(user, {person_id: answer}, page="notice-school", now=now)
    people = key_adults(notice.school) if notice.school else []
    return Chased(notice, tuple(people), notice.deliveries.order_by("-tried_at", "-pk").first())
