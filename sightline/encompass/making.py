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
from sightline.directory.models import School
from sightline.directory.queries import Register
from sightline.encompass.models import Notice
from sightline.people.models import Mention, Presence, Source
from sightline.rules.calendar import england_and_wales
from sightline.rules.deadlines import school_told_by
from sightline.sharing.commands import FOR_NOTICE, close

SCHOOL_AGE = (4, 18)  # reception to the 18th birthday
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
    received = {one.source.pk: one.received_at for one in holding}
    pupils = {(m.source.happened_in, child_key(m)): m for m in _children(holding) if _is_pupil(m)}
    register = Register()
    standing = _follow_corrections(_standing(holding), pupils, register, now)
    made = Notice.objects.bulk_create(
        _notice(mention, key[1], register, received[mention.source_id], now)
        for key, mention in pupils.items()
        if key not in standing
    )
    record_many(event("notice.made", notice, by=None, at=now) for notice in made)
    for notice in made:
        announce("notice.made", notice.pk)
    return [*made, *(standing[key] for key in pupils.keys() & standing.keys())]


def _children(arrived: Sequence[Arrived]) -> list[Mention]:
    found = Mention.objects.filter(source__in=[one.source for one in arrived], role="child")
    return list(found.select_related("source").order_by("source_id", "position"))


def _standing(arrived: Sequence[Arrived]) -> dict[Key, Notice]:
    incidents = {one.source.incident_id for one in arrived}
    found = Notice.objects.filter(incident__in=incidents, withdrawn_at__isnull=True)
    found = found.select_related("mention__source", "school").order_by("pk")
    return {(n.incident_id, n.child_key): n for n in found}


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


def _follow_corrections(
    standing: Mapping[Key, Notice],
    pupils: Mapping[Key, Mention],
    register: Register,
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
        if mention is None or _has_moved(notice, mention, register):
            _withdraw(notice, NOT_NAMED if mention is None else OTHER_SCHOOL, now)
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


def _has_moved(notice: Notice, mention: Mention, register: Register) -> bool:
    """Whether the corrected version says of another school, or of none: somebody else is to know.

    What it says no more, or says in words that fit no school, changes nothing: the school that was
    found before, or that somebody chose, stays.
    """
    before = notice.mention
    if (mention.school_urn, mention.school_name) != (before.school_urn, before.school_name):
        school = register.find(urn=mention.school_urn, name=mention.school_name)
        if school is not None and school.pk != notice.school_id:
            return True
    return bool(mention.home_educated and not before.home_educated and notice.school_id)


def _withdraw(notice: Notice, because: str, now: datetime) -> None:
    """Take a notice back. A school that has read it may still see whom it was about, no more."""
    notice.withdrawn_at, notice.withdrawn_because = now, because
    notice.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("notice.withdrawn", notice, by=None, at=now)
    if notice.opened_at is None:
        close(FOR_NOTICE, origin_id=str(notice.pk), now=now)
    if notice.sent_at is not None:
        announce("notice.made", notice.pk)


def _correct(notice: Notice, mention: Mention, now: datetime) -> None:
    """Have a notice speak of the corrected mention. Its door is opened anew for who that is."""
    notice.mention = mention
    notice.save(update_fields=["mention"])
    record("notice.corrected", notice, by=None, at=now)
    close(FOR_NOTICE, origin_id=str(notice.pk), now=now)
    announce("notice.made", notice.pk)


def _notice(
    mention: Mention, key: str, register: Register, received_at: datetime, now: datetime
) -> Notice:
    school = register.find(urn=mention.school_urn, name=mention.school_name)
    due = school_told_by(received_at, register.calendar(school), england_and_wales())
    return Notice(
        incident_id=mention.source.happened_in, mention=mention, child_key=key, school=school,
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
