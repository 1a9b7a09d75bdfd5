"""A child who left a school: the message follows, and so does every later one."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.directory.models import School
from sightline.directory.queries import calendar_of
from sightline.encompass.addressing import LEFT, Addressee
from sightline.encompass.doors import open_to_schools
from sightline.encompass.making import address_to, withdraw
from sightline.encompass.models import Move, Notice

NOT_OURS = "the school says that the child is no pupil of it"


@transaction.atomic
def say_moved(
    *, notice: Notice, went_to: School | None, on: date, by: User, now: datetime
) -> Notice:
    """Write down that the child of a notice left the school it is for, and tell the new one.

    By a key adult of that school or by the screening team. Returns the notice that stands now: for
    the school the child went to, or for nobody yet, which is put before the screening team. Saying
    so twice is saying it once. Raises NotUnderstood for a day to come, or the same school;
    WrongMoment where the notice was withdrawn for another reason.
    """
    notice = _locked(notice)
    _require(notice, by)
    if after := _said_before(notice):
        return after
    if notice.withdrawn_at is not None or notice.school is None:
        raise WrongMoment("This message does not stand any more. There is nothing to do.")
    _refuse(notice, went_to, on, now)
    move = Move.objects.create(
        mention=notice.mention, left=notice.school, went_to=went_to, on=on,
        recorded_at=now, recorded_by=by,
    )  # fmt: skip
    record("child.moved", move, by=by, at=now)
    withdraw(notice, NOT_OURS, now, tell=Perm.SEE_WORKLIST in by.perms)
    return _made_anew(notice, went_to, by, now)


def _require(notice: Notice, by: User) -> None:
    require(by, Perm.RECEIVE_NOTICES, Perm.SEE_WORKLIST)
    own = notice.school is not None and notice.school.agency_id == by.agency_id
    if not (own and Perm.RECEIVE_NOTICES in by.perms) and Perm.SEE_WORKLIST not in by.perms:
        raise PermissionDenied


def _said_before(notice: Notice) -> Notice | None:
    if notice.withdrawn_because != NOT_OURS:
        return None
    later = Notice.objects.filter(incident=notice.incident_id, child_key=notice.child_key)
    return later.filter(pk__gt=notice.pk).order_by("-pk").first()


def _refuse(notice: Notice, went_to: School | None, on: date, now: datetime) -> None:
    if on > local_date(now):
        raise NotUnderstood("The day on which the child left must not be to come.")
    if went_to is not None and went_to.pk == notice.school_id:
        raise NotUnderstood("That is the school that the child is to have left.")


def found_where(notice: Notice, school: School) -> None:
    """Complete what was said of a child's move, now that somebody found out where to."""
    if notice.no_school_because == LEFT:
        Move.objects.filter(mention=notice.mention_id, went_to=None).update(went_to=school)


def _made_anew(notice: Notice, went_to: School | None, by: User, now: datetime) -> Notice:
    fresh = Notice(
        incident=notice.incident, mention=notice.mention, child_key=notice.child_key, made_at=now
    )
    to = Addressee(school=went_to, because="" if went_to else LEFT)
    address_to(fresh, to, calendar_of(went_to))
    record("notice.made", fresh, by=by, at=now)
    open_to_schools([fresh], by=by, now=now)
    announce("notice.made", fresh.pk)
    return fresh


def _locked(notice: Notice) -> Notice:
    found = Notice.objects.select_for_update(of=("self",))
    return found.select_related("school", "incident", "mention__source").get(pk=notice.pk)
