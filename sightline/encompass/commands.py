"""What people do with notices: find the school, open and confirm the message, record support.

Making the notices is in making.py, sending them in sending.py.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.directory.models import School
from sightline.directory.queries import calendar_of
from sightline.encompass.addressing import Addressee
from sightline.encompass.doors import agency_of, open_to_schools
from sightline.encompass.making import address_to
from sightline.encompass.models import Notice
from sightline.encompass.moving import found_where

WITHDRAWN = "This message was withdrawn after a correction. There is nothing to do."
KNOWN = "The school has said that it has the message. There is nothing more to do."


@transaction.atomic
def choose_school(*, notice: Notice, school: School, by: User, now: datetime) -> Notice:
    """Give a notice that nobody could be told of the school that somebody found out.

    The school's door is opened and the e-mail goes out; the clock is the one of that school.
    Choosing the same again sends what could not be sent. Raises WrongMoment once it was sent.
    """
    require(by, Perm.SEE_WORKLIST)
    notice = _still_to_tell(notice)
    if notice.sent_at is not None:
        if notice.school_id == school.pk:
            return notice
        raise WrongMoment("The school has been told already. Ring it if it was the wrong one.")
    found_where(notice, school)
    address_to(notice, Addressee(school=school), calendar_of(school))
    record("notice.school_chosen", notice, by=by, at=now, school=school.pk)
    open_to_schools([notice], by=by, now=now)
    announce("notice.made", notice.pk)
    return notice


@transaction.atomic
def tell_otherwise(*, notice: Notice, how: str, by: User, now: datetime) -> Notice:
    """Write down that somebody was told in another way: by telephone, or the council's officer.

    The clock stops now. Raises NotUnderstood without `how`; saying so twice is saying it once.
    """
    require(by, Perm.SEE_WORKLIST, Perm.CHASE_SCHOOLS)
    if not how.strip():
        raise NotUnderstood("Say who was told, and how.")
    notice = _locked(notice)
    if notice.reads_again:
        _must_stand(notice)
        _read_again(notice, by, now)
    elif notice.received_at is not None and notice.told_otherwise:
        return notice
    else:
        notice = _still_to_tell(notice)
        notice.received_at, notice.received_by = now, by
    notice.told_otherwise = how.strip()[:200]
    notice.save(update_fields=["told_otherwise", "received_at", "received_by"])
    record("notice.told_otherwise", notice, by=by, at=now)
    return notice


@transaction.atomic
def open_notice(*, notice: Notice, by: User, now: datetime) -> Notice:
    """Write down who first opened the message, and who first opened what a correction changed."""
    notice = _of_the_school(notice, by)
    if notice.opened_at is None and notice.withdrawn_at is None:
        notice.opened_at, notice.opened_by = now, by
        notice.save(update_fields=["opened_at", "opened_by"])
        record("notice.opened", notice, by=by, at=now)
    elif notice.reads_again and notice.withdrawn_at is None:
        _read_again(notice, by, now)
    return notice


def _read_again(notice: Notice, by: User, now: datetime) -> None:
    notice.again_opened_at, notice.again_opened_by = now, by
    notice.save(update_fields=["again_opened_at", "again_opened_by"])
    record("notice.opened", notice, by=by, at=now)


@transaction.atomic
def confirm_received(*, notice: Notice, by: User, now: datetime) -> Notice:
    """The school says that it has the message. Saying so twice is saying it once."""
    notice = _of_the_school(notice, by)
    _must_stand(notice)
    if notice.received_at is None:
        _receive(notice, by, now)
        notice.save(update_fields=["received_at", "received_by"])
    return notice


@transaction.atomic
def record_support(*, notice: Notice, support: str, by: User, now: datetime) -> Notice:
    """Write down what the school did for the child; whoever does so has received the message.

    A newer text replaces the older one, which its history keeps. The same text again changes
    nothing. Raises NotUnderstood for no text.
    """
    notice, support = _of_the_school(notice, by), support.strip()
    _must_stand(notice)
    if not support:
        raise NotUnderstood("Write what the school did for the pupil.")
    if support == notice.support:
        return notice
    if notice.received_at is None:
        _receive(notice, by, now)
    notice.support, notice.supported_at, notice.supported_by = support, now, by
    notice.save(
        update_fields=["received_at", "received_by", "support", "supported_at", "supported_by"]
    )
    record("notice.supported", notice, by=by, at=now)
    return notice


def _receive(notice: Notice, by: User, now: datetime) -> None:
    notice.received_at, notice.received_by = now, by
    record("notice.received", notice, by=by, at=now)


def _locked(notice: Notice) -> Notice:
    found = Notice.objects.select_for_update(of=("self",)).select_related(
        "school", "office", "mention__source"
    )
    return found.get(pk=notice.pk)


def _of_the_school(notice: Notice, by: User) -> Notice:
    """Return the notice, locked, if `by` receives the messages of its school."""
    require(by, Perm.RECEIVE_NOTICES)
    notice = _locked(notice)
    if agency_of(notice) != by.agency_id:
        raise PermissionDenied
    return notice


def _still_to_tell(notice: Notice) -> Notice:
    notice = _locked(notice)
    _must_stand(notice)
    if notice.received_at is not None:
        raise WrongMoment(KNOWN)
    return notice


def _must_stand(notice: Notice) -> None:
    if notice.withdrawn_at is not None:
        raise WrongMoment(WITHDRAWN)
