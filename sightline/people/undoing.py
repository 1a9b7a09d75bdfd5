"""Taking a change of links back: links, restrictions, "not the same" and questions as before."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.common.words import short_day
from sightline.people.holding import hold_links
from sightline.people.models import Link, LinkChange, NotSame, Person
from sightline.people.moving import (
    RESTRICTION,
    move,
    refuse_contradictions,
    restrict_like,
    tell,
)
from sightline.people.questions import put_back
from sightline.people.restricting import keep_away_like, let_back


def in_words(change: LinkChange) -> str:
    """Return a change as a message names it: "change 12 of 22 Nov 2026 (Two persons were one)"."""
    return f"change {change.pk} of {short_day(change.decided_at)} ({change.get_kind_display()})"


@transaction.atomic
def undo(
    *,
    change: LinkChange,
    because: str,
    by: User,
    now: datetime,
    withdraw_answers: bool = True,
) -> LinkChange:
    """Take a change back: every link, restriction and "not the same" is again as it was before.

    Doing it twice is doing it once. One's own needs REVIEW_LINKS, anybody else's CORRECT_LINKS.
    Raises WrongMoment where later changes stand on this one, and says which. withdraw_answers: the
    answers of reviewers that led to it are taken back too.
    """
    _may(change, by)
    hold_links()
    change = LinkChange.objects.select_for_update().get(pk=change.pk)
    if change.undone_at is not None:
        return change
    former = _former_links(change)
    _refuse_later(change, former)
    NotSame.objects.filter(change=change, ended_at__isnull=True).update(ended_at=now, ended_by=by)
    refuse_contradictions({mention: link.person_id for mention, link in former.items()})
    _put_links_back(change, former, by, now)
    change.undone_at, change.undone_by, change.undone_because = now, by, because.strip()[:300]
    change.save(update_fields=["undone_at", "undone_by", "undone_because"])
    put_back(change, by=by, now=now, withdraw_answers=withdraw_answers)
    record("links.undone", change, by=by, at=now, mentions=sorted(former))
    return change


def _may(change: LinkChange, by: User) -> None:
    own = change.decided_by_id is not None and change.decided_by_id == by.pk
    require(by, Perm.CORRECT_LINKS, *([Perm.REVIEW_LINKS] if own else []))


def _former_links(change: LinkChange) -> dict[int, Link]:
    """Return the link that this change ended, by mention."""
    ended = Link.objects.filter(ended_in=change)
    return {link.mention_id: link for link in ended.select_related("person")}


def _refuse_later(change: LinkChange, mentions: Collection[int]) -> None:
    """Raise WrongMoment unless every link that this change made holds still."""
    moved_on = Link.objects.filter(mention__in=mentions, ended_at__isnull=True).exclude(
        made_in=change
    )
    if not moved_on.exists():
        return
    later = LinkChange.objects.filter(
        ended__mention__in=moved_on.values("mention"), undone_at__isnull=True, pk__gt=change.pk
    )
    named = [in_words(one) for one in later.distinct().order_by("-pk")]
    raise WrongMoment(
        f"Later changes stand on this one: take back {', then '.join(named)} first."
        if named
        else "What this change linked has been linked otherwise since. Join or part it anew."
    )


def _put_links_back(
    change: LinkChange, former: Mapping[int, Link], by: User, now: datetime
) -> None:
    """Link every mention as it was. Later restrictions by a person go along with the mentions."""

    def made(ended: Link, person: Person) -> Link:
        old = former[ended.mention_id]
        return Link(
            mention_id=old.mention_id, person=person, weight=old.weight, model=old.model,
            reasons=old.reasons, decided_at=now, decided_by=by, made_in_id=old.made_in_id,
        )  # fmt: skip

    moves = {mention: link.person for mention, link in former.items()}
    ended = move(change, moves, made, by=by, now=now)
    _lift(change, by, now)
    for link in ended:
        _keep_later_restriction(change, link.person_id, moves[link.mention_id].pk)
    tell(ended)


def _lift(change: LinkChange, by: User, now: datetime) -> None:
    """Lift the restrictions that this change brought, unless another that stands brought one too.

    Then that other one is what lifts it when it is taken back.
    """
    stay: list[int] = []
    for person in Person.objects.filter(pk__in=change.before.get("restricted", [])):
        if other := _also_brings(change, person):
            stay.append(person.pk)
            _is_lifted_with(other, person, change.before.get("kept_from", []))
            continue
        person.restricted_at = person.restricted_by = None
        person.restricted_because = ""
        person.save(update_fields=RESTRICTION)
    let_back(change.before.get("kept_from", []), but=stay, by=by, now=now)


def _is_lifted_with(other: LinkChange, person: Person, kept_from: list[int]) -> None:
    """Have another change, which stands, lift what this one brought to a person."""
    here = person.kept_from.filter(pk__in=kept_from).values_list("pk", flat=True)
    other.before["restricted"] = [*other.before.get("restricted", []), person.pk]
    other.before["kept_from"] = [*other.before.get("kept_from", []), *here]
    other.save(update_fields=["before"])


def _also_brings(change: LinkChange, person: Person) -> LinkChange | None:
    """Return another standing change through which a restricted person's mentions came here."""
    here = Link.objects.filter(person=person, ended_at__isnull=True, made_in__isnull=False)
    came = Link.objects.filter(
        mention__in=here.values("mention"), person__restricted_at__isnull=False,
        ended_in__in=here.values("made_in"), ended_in__undone_at__isnull=True,
    )  # fmt: skip
    found = came.exclude(ended_in=change).exclude(person=person).order_by("ended_in")
    first = found.select_related("ended_in").first()
    return first.ended_in if first else None


def _keep_later_restriction(change: LinkChange, source_id: int, target_id: int) -> None:
    """Whoever was restricted by a person since the change: so is who goes out of it again."""
    source, target = Person.objects.get(pk=source_id), Person.objects.get(pk=target_id)
    later = source.restricted_at is not None and source.restricted_at > change.decided_at
    if later and target.restricted_at is None:
        restrict_like(source, target)
    if source.restricted_at is not None:
        keep_away_like(source_id, target_id)
