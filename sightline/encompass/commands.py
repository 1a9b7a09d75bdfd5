"""Operation Encompass: making the notice, sending it, and writing down what the school did.

Domestic Abuse Act 2021 s.49A (Victims and Prisoners Act 2024 s.20): the school is told as soon as
reasonably practicable, and by custom before the next school day starts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from sightline.access.models import User
from sightline.audit.commands import event, record, record_many
from sightline.common.announce import announce
from sightline.common.errors import WrongMoment
from sightline.directory.models import School
from sightline.directory.queries import Register
from sightline.encompass.models import Notice
from sightline.people.models import Mention, Presence, Source
from sightline.rules.calendar import england_and_wales
from sightline.rules.deadlines import school_told_by

SCHOOL_AGE = (4, 18)  # reception to the 18th birthday


@dataclass(frozen=True)
class Arrived:
    """A source and when the notification it is came in."""

    source: Source
    received_at: datetime


@transaction.atomic
def make_notices(arrived: Sequence[Arrived], *, now: datetime) -> list[Notice]:
    """Make one notice for each school-age child; withdraw what a correction took out.

    Doing it again changes nothing. Each new notice is announced, so that it is sent.
    """
    holding = [one for one in arrived if one.source.superseded_at is None]
    received = {one.source.pk: one.received_at for one in holding}
    pupils = {
        (m.source.incident_id, child_key(m)): m for m in _children(holding) if _is_pupil(m)
    }
    standing = _standing(holding)
    _withdraw([notice for key, notice in standing.items() if key not in pupils], now)
    for key in pupils.keys() & standing.keys():
        _follow_correction(standing[key], pupils[key])
    register = Register()
    made = Notice.objects.bulk_create(
        _notice(mention, key[1], register, received[mention.source_id], now)
        for key, mention in pupils.items()
        if key not in standing
    )
    record_many(event("notice.made", notice, by=None, at=now) for notice in made)
    for notice in made:
        announce("notice.made", notice.pk)
    return made


def _children(arrived: Sequence[Arrived]) -> list[Mention]:
    found = Mention.objects.filter(source__in=[one.source for one in arrived], role="child")
    return list(found.select_related("source").order_by("source_id", "position"))


def _standing(arrived: Sequence[Arrived]) -> dict[tuple[int, str], Notice]:
    incidents = {one.source.incident_id for one in arrived}
    found = Notice.objects.filter(incident__in=incidents, withdrawn_at__isnull=True)
    return {(n.incident_id, n.child_key): n for n in found.select_related("mention__source")}


def child_key(mention: Mention) -> str:
    """Return what makes a child the same child over the versions of one notification."""
    name = f"{mention.given_name} {mention.surname}".casefold().strip()
    return f"{name}|{mention.birth_date or mention.age or ''}"[:60]


def _is_pupil(mention: Mention) -> bool:
    if mention.presence == Presence.UNBORN:
        return False
    if mention.school_urn or mention.school_name or mention.home_educated:
        return True
    age = _age(mention)
    return age is None or SCHOOL_AGE[0] <= age < SCHOOL_AGE[1]


def _age(mention: Mention) -> int | None:
    born, on = mention.birth_date, mention.source.on
    if born is None:
        return mention.age
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _withdraw(notices: Sequence[Notice], now: datetime) -> None:
    """Take out the notices of children whom the corrected version does not name any more.

    Only those made from an earlier version of the same document: another notification of the same
    incident may name other children.
    """
    earlier = [n for n in notices if n.mention.source.superseded_at is not None]
    for notice in earlier:
        notice.withdrawn_at = now
        notice.withdrawn_because = "not in the corrected notification"
        notice.save(update_fields=["withdrawn_at", "withdrawn_because"])
        record("notice.withdrawn", notice, by=None, at=now)


def _follow_correction(notice: Notice, mention: Mention) -> None:
    if notice.mention_id != mention.pk:
        notice.mention = mention
        notice.save(update_fields=["mention"])


def _notice(
    mention: Mention, key: str, register: Register, received_at: datetime, now: datetime
) -> Notice:
    school = register.find(urn=mention.school_urn, name=mention.school_name)
    due = school_told_by(received_at, register.calendar(school), england_and_wales())
    return Notice(
        incident_id=mention.source.incident_id, mention=mention, child_key=key, school=school,
        no_school_because=_why_no_school(mention, school), made_at=now,
        due_at=due.at, due_because=due.because,
    )  # fmt: skip


def _why_no_school(mention: Mention, school: School | None) -> str:
    if school is not None:
        return ""
    if mention.home_educated:
        return "home educated: tell the council's officer"
    if mention.school_name or mention.school_urn:
        return "the school named is not in the directory, or could be more than one"
    return "no school named"


@transaction.atomic
def choose_school(*, notice: Notice, school: School, by: User, now: datetime) -> Notice:
    """Give a notice without a school the one that somebody found out."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.sent_at is not None:
        raise WrongMoment("The school has been told already. Ring it if it was the wrong one.")
    notice.school, notice.no_school_because = school, ""
    notice.save(update_fields=["school", "no_school_because"])
    record("notice.school_chosen", notice, by=by, at=now, school=school.pk)
    announce("notice.made", notice.pk)
    return notice


@transaction.atomic
def open_notice(*, notice: Notice, by: User, now: datetime) -> Notice:
    """Write down who first opened the message."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.opened_at is None:
        notice.opened_at, notice.opened_by = now, by
        notice.save(update_fields=["opened_at", "opened_by"])
        record("notice.opened", notice, by=by, at=now)
    return notice


@transaction.atomic
def confirm_received(*, notice: Notice, by: User, now: datetime) -> Notice:
    """The school says that it has the message. Saying so twice is saying it once."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.withdrawn_at is not None:
        raise WrongMoment("This message was withdrawn after a correction. There is nothing to do.")
    if notice.received_at is None:
        notice.received_at, notice.received_by = now, by
        notice.save(update_fields=["received_at", "received_by"])
        record("notice.received", notice, by=by, at=now)
    return notice


@transaction.atomic
def record_support(*, notice: Notice, support: str, by: User, now: datetime) -> Notice:
    """Write down what the school did for the child. A newer text replaces the older; history stays."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    notice.support, notice.supported_at, notice.supported_by = support, now, by
    notice.save(update_fields=["support", "supported_at", "supported_by"])
    record("notice.supported", notice, by=by, at=now)
    return notice


def until(notice: Notice) -> datetime:
    """Return when the school's door closes: after a school year's worth of support."""
    return notice.made_at + timedelta(days=365)
