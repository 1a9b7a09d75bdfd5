"""Records opened in an emergency, one that waits for its review and one justified; and a restricted
record with somebody named, somebody kept from it, and a look."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sightline.demo.cast import Cast
from sightline.people.models import Mention, Role
from sightline.sharing.emergencies import OpenAlready, open_in_emergency, review
from sightline.sharing.exactly import Exactly, find_exactly
from sightline.sharing.models import Emergency, Item
from sightline.sharing.queries import may_see, person_or_404
from sightline.sharing.restricting import Whom, restrict

WAITS = "Her neighbour rang me: he is outside the door, and I do not know who is in the flat"
REVIEWED = "School rang at six: nobody has fetched the boy, and I need to know who may"


def guard_some(cast: Cast, *, now: datetime) -> None:
    """Have it happen once; doing it again changes nothing."""
    children = _children()
    idva, worker, ig = (cast.users[local] for local in ("idva", "socialworker", "ig"))
    for by, reason, at in (
        (idva, WAITS, now - timedelta(hours=30)), (worker, REVIEWED, now - timedelta(days=8)),
    ):  # fmt: skip
        child = next(children, None)
        if child is None or Emergency.objects.filter(key=_key(reason)).exists():
            continue
        who = Exactly(name=child.name, birth_date=child.birth_date)
        opened = open_in_emergency(who=who, reason=reason, key=_key(reason), by=by, now=at)
        person_or_404(by, opened.person_id, page="person", now=at + timedelta(minutes=2))
        if reason == REVIEWED and not isinstance(opened, OpenAlready):
            review(
                emergency=opened, justified=True, by=ig, now=at + timedelta(days=1),
                follows="The school now has the number of the duty worker.",
            )  # fmt: skip
    if child := next(children, None):
        _restrict(child, cast, now)


def _children() -> Iterator[Mention]:
    """Children of whom exactly one person fits, the latest first; nobody of the named families."""
    found = Mention.objects.filter(
        role=Role.CHILD, birth_date__isnull=False, links__ended_at__isnull=True,
        source__notification__reference__regex=r"^NM-[0-9]",
    ).exclude(given_name="")  # fmt: skip
    for child in found.order_by("-source__recorded_at", "-pk")[:60]:
        if len(find_exactly(Exactly(name=child.name, birth_date=child.birth_date))) == 1:
            yield child


def _restrict(child: Mention, cast: Cast, now: datetime) -> None:
    [person] = find_exactly(Exactly(name=child.name, birth_date=child.birth_date))
    health = cast.users["health"]
    restrict(
        person_id=person, because="Her aunt is a team manager of children's social care",
        whom=Whom([health], [cast.users["teammanager"]]), by=cast.users["ig"],
        now=now - timedelta(days=3),
    )  # fmt: skip
    if may_see(health, person, Item.IDENTITY, now - timedelta(days=2)).allowed:
        person_or_404(health, person, page="person", now=now - timedelta(days=2))


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/{what}")
