"""Operation Encompass: which schools are to be told of an incident, and by when.

Domestic Abuse Act 2021 s.49A (Victims and Prisoners Act 2024 s.20): the school is told as soon as
reasonably practicable, and by custom before the next school day starts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sightline.audit.commands import event, record, record_many
from sightline.common.announce import announce
from sightline.directory.queries import calendar_of
from sightline.encompass.addressing import Addressee, Addresses
from sightline.encompass.doors import agency_of
from sightline.encompass.models import Notice
from sightline.intake.models import Notification
from sightline.people.models import Mention, Source
from sightline.rules.calendar import SchoolCalendar, england_and_wales
from sightline.rules.deadlines import school_told_by
from sightline.rules.encompass.whom import Tell
from sightline.sharing.commands import FOR_NOTICE, close

NOT_NAMED = "not in the corrected notification"
OTHER_SCHOOL = "the corrected notification names another school"

Key = tuple[int, str]  # incident, and the child in it


@dataclass(frozen=True)
class Arrived:
    """A source and when the notification it is came in."""

    source: Source
    received_at: datetime


@transaction.atomic
def make_notices(arrived: Sequence[Arrived], *, now: datetime) -> list[Notice]:
    """Make one notice for each school-age child; withdraw what a correction took out.

    Returns the notices that stand for these children, whose schools' doors are to be open. Doing
    it again changes nothing. Each new or changed notice is announced, so that it is sent.
    """
    holding = [one for one in arrived if one.source.superseded_at is None]
    before, children = _standing(holding), _children(holding)
    addresses = Addresses([*children, *(notice.mention for notice in before.values())])
    pupils = {
        (m.source.happened_in, child_key(m)): m
        for m in children
        if addresses.tell(m) is not Tell.NOBODY
    }
    standing = _follow_corrections(before, pupils, addresses, now)
    _find_schools(standing, pupils, addresses, now)
    received = {one.source.pk: one.received_at for one in holding}
    made = Notice.objects.bulk_create(
        _notice(mention, key[1], addresses, received[mention.source_id], now)
        for key, mention in _new(pupils, standing, addresses).items()
    )
    record_many(event("notice.made", notice, by=None, at=now) for notice in made)
    for notice in made:
        announce("notice.made", notice.pk)
    return [*made, *(standing[key] for key in pupils.keys() & standing.keys())]


def _new(
    pupils: Mapping[Key, Mention], standing: Mapping[Key, Notice], addresses: Addresses
) -> dict[Key, Mention]:
    """Return the children without a notice. Two notifications of an incident may write one child in
    two ways: who they are linked to says that it is one, and it gets one notice."""
    known = {(key[0], addresses.person(notice.mention)) for key, notice in standing.items()}
    found: dict[Key, Mention] = {}
    for key, mention in pupils.items():
        child = (key[0], addresses.person(mention))
        if key not in standing and child not in known:
            known.add(child)
            found[key] = mention
    return found


def _find_schools(
    standing: Mapping[Key, Notice],
    pupils: Mapping[Key, Mention],
    addresses: Addresses,
    now: datetime,
) -> None:
    """Give a notice for which nobody could be found the school that a later notification names."""
    for key, notice in standing.items():
        mention = pupils.get(key)
        if mention is None or agency_of(notice) is not None or notice.received_at is not None:
            continue
        to = addresses.of(mention)
        if to.school is None and to.office is None:
            continue
        address_to(notice, to, addresses.register.calendar(to.school))
        record("notice.school_found", notice, by=None, at=now)
        announce("notice.made", notice.pk)


def address_to(notice: Notice, to: Addressee, calendar: SchoolCalendar) -> None:
    """Have a notice be for somebody else, by the clock of their calendar from when it was made."""
    due = school_told_by(received_at(notice), calendar, england_and_wales())
    notice.school, notice.office, notice.no_school_because = to.school, to.office, to.because
    notice.due_at, notice.due_because = due.at, due.because
    if notice.pk is None:
        notice.save(force_insert=True)
        return
    notice.save(update_fields=["school", "office", "no_school_because", "due_at", "due_because"])


def received_at(notice: Notice) -> datetime:
    """Return when it was first notified: a correction that came later does not move the clock."""
    came = Notification.objects.filter(source=notice.mention.source_id)
    return min(notice.made_at, came.values_list("received_at", flat=True).get())


def _children(arrived: Sequence[Arrived]) -> list[Mention]:
    found = Mention.objects.filter(source__in=[one.source for one in arrived], role="child")
    return list(found.select_related("source").order_by("source_id", "position"))


def _standing(arrived: Sequence[Arrived]) -> dict[Key, Notice]:
    incidents = {one.source.incident_id for one in arrived}
    found = Notice.objects.filter(incident__in=incidents, withdrawn_at__isnull=True)
    found = found.select_related("mention__source", "school", "office").order_by("pk")
    return {(n.incident_id, n.child_key): n for n in found}


def child_key(mention: Mention) -> str:
    """Return what makes a child the same child over the versions of one notification."""
    name = f"{mention.given_name} {mention.surname}".casefold().strip()
    return f"{name}|{mention.birth_date or mention.age or ''}"[:60]


def _follow_corrections(
    standing: Mapping[Key, Notice],
    pupils: Mapping[Key, Mention],
    addresses: Addresses,
    now: datetime,
) -> dict[Key, Notice]:
    """Bring notices in line with the versions that hold. Returns those that go on standing.

    Only those made from an earlier version of the same document: another notification of the same
    incident may name other children, or the same child in other words.
    """
    stay = dict(standing)
    for key, notice in standing.items():
        if notice.mention.source.superseded_at is None:
            continue
        mention = pupils.get(key) or _named_elsewhere(notice)
        if mention is None or _has_moved(notice, mention, addresses):
            withdraw(notice, NOT_NAMED if mention is None else OTHER_SCHOOL, now)
            del stay[key]
        else:
            _correct(notice, mention, now)
    return stay


def _named_elsewhere(notice: Notice) -> Mention | None:
    """Return the same child as another notification of the incident, which holds, names it."""
    children = Mention.objects.filter(
        source__incident=notice.incident_id, source__superseded_at__isnull=True, role="child"
    )
    return next((m for m in children if child_key(m) == notice.child_key), None)


def _has_moved(notice: Notice, mention: Mention, addresses: Addresses) -> bool:
    """Whether the corrected version says of another school, or of none: somebody else is to know.

    What it says no more, or says in words that fit no school, changes nothing: the school that was
    found before, or that somebody chose, stays.
    """
    before = notice.mention
    if (mention.school_urn, mention.school_name) != (before.school_urn, before.school_name):
        school = addresses.of(mention).school
        if school is not None and school.pk != notice.school_id:
            return True
    return bool(mention.home_educated and not before.home_educated and notice.school_id)


def withdraw(notice: Notice, because: str, now: datetime, *, tell: bool = True) -> None:
    """Take a notice back. A school that has read it may still see whom it was about, no more.

    tell: whether a school that knows of it hears that it does not hold.
    """
    notice.withdrawn_at, notice.withdrawn_because = now, because
    notice.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("notice.withdrawn", notice, by=None, at=now)
    if notice.opened_at is None:
        close(FOR_NOTICE, origin_id=str(notice.pk), now=now)
    if tell and notice.sent_at is not None:
        announce("notice.made", notice.pk)


def _correct(notice: Notice, mention: Mention, now: datetime) -> None:
    """Have a notice speak of the corrected mention. Its door is opened anew for who that is."""
    notice.mention = mention
    if notice.opened_at or notice.received_at:  # what they know is not what holds
        calendar = calendar_of(notice.school)
        notice.again_due_at = school_told_by(now, calendar, england_and_wales()).at
        notice.again_opened_at = notice.again_opened_by = None
    notice.save(update_fields=["mention", "again_due_at", "again_opened_at", "again_opened_by"])
    record("notice.corrected", notice, by=None, at=now)
    close(FOR_NOTICE, origin_id=str(notice.pk), now=now)
    announce("notice.made", notice.pk)


def _notice(
    mention: Mention, key: str, addresses: Addresses, received_at: datetime, now: datetime
) -> Notice:
    to = addresses.of(mention)
    calendar = addresses.register.calendar(to.school)
    due = school_told_by(received_at, calendar, england_and_wales())
    return Notice(
        incident_id=mention.source.happened_in, mention=mention, child_key=key, school=to.school,
        office=to.office, no_school_because=to.because, made_at=now,
        due_at=due.at, due_because=due.because,
    )  # fmt: skip
