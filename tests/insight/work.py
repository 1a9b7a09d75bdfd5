"""A story of work on the records: who is who is asked, answered, taken back, settled and closed,
texts are reworded and blame again, and an emergency is opened and reviewed. A step an hour."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sightline.access.models import User
from sightline.people.changes import in_order, join
from sightline.people.models import LinkReview
from sightline.people.reviewing import decide_review, show_review, undo_review
from sightline.people.tidying import close_reviews
from sightline.people.undoing import undo
from sightline.screening.wording import look_at_wording
from sightline.sharing.emergencies import open_in_emergency, review
from sightline.sharing.exactly import Exactly
from sightline.sharing.models import Emergency
from tests.insight.story import HOUR
from tests.people.asking import asked, person_of, reviewers
from tests.world import World, notification

BLAMING, BETTER = "Maria failed to protect Leila.", "Daniel pushed Maria while Leila listened."


def worked(world: World) -> Iterator[tuple[str, datetime]]:
    """Have it happen, and yield what happened and when, after each time."""
    at_work = _AtWork(world)
    for step in (at_work.asks, at_work.answers, at_work.settles, at_work.takes_back,
                 at_work.closes, at_work.settles_anew):  # fmt: skip
        world.now += HOUR
        step(world.now)
        yield step.__name__, world.now


class _AtWork:
    """Three questions: one that a single answer settles, one of two, one that a join answers."""

    def __init__(self, world: World) -> None:
        self.world, self.one, self.other = world, *reviewers(world, 2)

    def asks(self, at: datetime) -> None:
        self.world.notify(notification(), now=at)
        self.plain, self.twice, self.joined = (
            asked(self.world, number, two_to_answer=number == 1) for number in range(3)
        )
        self._writes(BLAMING, at)
        open_in_emergency(
            who=Exactly(number="999 000 0026"), reason="He is at the door now, she rang",
            key=UUID(int=1), by=self.world.user("socialworker"), now=at,
        )  # fmt: skip

    def answers(self, at: datetime) -> None:
        self._says(self.plain, "unsure", self.one, at)
        self._says(self.twice, "same", self.one, at)
        self._writes(BETTER, at)

    def settles(self, at: datetime) -> None:
        self._says(self.plain, "not_same", self.other, at)
        self._says(self.twice, "same", self.other, at)
        self._joins(at)
        review(emergency=Emergency.objects.get(), justified=True, follows="",
               by=self.world.user("ig"), now=at)  # fmt: skip

    def takes_back(self, at: datetime) -> None:
        undo_review(review=self.plain, by=self.other, now=at)
        chair = self.world.user("chair")
        for change in (LinkReview.objects.get(pk=self.twice.pk).change, self.change):
            undo(change=change, because="It was her cousin.", by=chair, now=at)
        self._writes(BLAMING, at)

    def closes(self, at: datetime) -> None:
        close_reviews(LinkReview.objects.filter(pk=self.plain.pk), because="corrected", now=at)
        self._says(self.twice, "not_same", self.one, at)
        LinkReview.objects.create(  # about somebody who was named long before
            mention=self.world.mention("Leila"), candidate=self.plain.candidate, weight=14.0,
            model="test", asked_at=at,
        )  # fmt: skip

    def settles_anew(self, at: datetime) -> None:
        self._says(self.joined, "not_same", self.one, at)
        self._writes(BETTER, at)

    def _says(self, question: LinkReview, decision: str, by: User, at: datetime) -> None:
        show_review(review=question, by=by, now=at - HOUR / 60)
        decide_review(review=question, decision=decision, because="a reason", by=by, now=at)

    def _joins(self, at: datetime) -> None:
        gone, stays = in_order(person_of(self.joined), self.joined.candidate)
        self.change = join(
            gone=gone, stays=stays, because="Her aunt says so.", by=self.world.user("chair"), now=at
        )

    def _writes(self, text: str, at: datetime) -> None:
        look_at_wording(
            about=self.world.screening("Leila"), texts={"because": text},
            by=self.world.user("chair"), now=at,
        )  # fmt: skip
