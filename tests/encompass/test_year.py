"""A year day by day: every notice on time or escalated, none doubled, none to a wrong school.

SIGHTLINE_YEAR_DAYS=365 lives through the whole of it. In the ordinary run two fortnights do: around
the clocks' change in spring with the Easter holidays, and around Christmas.
"""

import os
import sys
from datetime import date, datetime, time, timedelta

import pytest

from sightline.access.models import User
from sightline.directory.models import ClosureDay, Term
from sightline.encompass.models import Delivery, Notice, PassedOn
from sightline.rules.calendar import england_and_wales
from sightline.rules.due import LONDON
from sightline.sharing.models import Disclosure
from tests.encompass.year import MINUTE, Year, own_terms

pytestmark = pytest.mark.django_db

WHOLE = int(os.environ.get("SIGHTLINE_YEAR_DAYS", "0"))
SEED = int(os.environ.get("SIGHTLINE_YEAR_SEED", "2026"))
PARTS = (
    [(date(2026, 9, 1), WHOLE)] if WHOLE else [(date(2027, 3, 22), 14), (date(2026, 12, 14), 14)]
)
END = timedelta(days=3)  # after the last day, for its messages to come to their end


@pytest.fixture(params=PARTS, ids=lambda part: f"{part[0]}, {part[1]} days")
def year(request, world, monkeypatch, settings):
    own_terms(world)
    first, days = request.param
    lived = Year(world, first, days, SEED, a_day=1)
    lived.run(monkeypatch, settings)
    return lived


def bell_of(notice: Notice, received: datetime) -> datetime:
    """The next bell after a moment, by looking at one day after the other."""
    own = Term.objects.filter(school=notice.school) if notice.school else Term.objects.none()
    terms = list(own or Term.objects.filter(school=None))
    shut = set(ClosureDay.objects.filter(school=notice.school).values_list("on", flat=True))
    day = received.astimezone(LONDON).date()
    while True:
        bell = datetime.combine(day, time(9), LONDON)
        in_term = any(term.first <= day <= term.last for term in terms)
        open_day = day.weekday() < 5 and day not in england_and_wales().days and day not in shut
        if bell > received and in_term and open_day:
            return bell
        day += timedelta(days=1)


def test_a_year(year):
    standing = list(
        Notice.objects.filter(withdrawn_at=None)
        .select_related("school__agency", "office", "mention__source__notification")
        .order_by("pk")
    )
    assert len(standing) > year.days // 2
    _told_of_every_child(year, standing)
    _to_the_right_school(year)
    _on_time_or_escalated(standing)
    _by_the_schools_own_clock(standing)
    _nothing_doubled(year)
    _nobody_else_was_told(year)
    _nothing_lies_about(year)
    if WHOLE:
        sys.stdout.write(_summary(year, standing))


def _told_of_every_child(year: Year, standing: list[Notice]) -> None:
    """One message each child and incident, for whom the rules say; none for anybody else."""
    last = {}
    for said in year.said:
        last[said.incident, said.child.name] = said
    people = {said.child.name: said.child.person.pk for said in year.said}
    found = {}
    for notice in standing:
        link = notice.mention.links.get(ended_at=None)
        key = (notice.incident_id, link.person_id)
        assert key not in found, "two messages of one child and incident"
        found[key] = notice
    for (incident, name), said in last.items():
        age = said.child.age(said.source.on)
        due = age < 18 and (age >= 4 or said.at_home or said.written != "")
        holds = not _superseded(year, said)
        if due and holds:
            assert (incident, people[name]) in found, f"{name} of {incident} has no message"
        if not due:
            assert (incident, people[name]) not in found, f"{name} is {age}"


def _superseded(year: Year, said) -> bool:
    said.source.refresh_from_db()
    return said.source.superseded_at is not None


def _to_the_right_school(year: Year) -> None:
    """Every e-mail went to somebody of whom the message was for; a message is for the school that
    police wrote, unless somebody had said that the child had left it."""
    by_mention = {said.mention: said for said in year.said}
    for tried in Delivery.objects.filter(failed_because="", name__startswith="notice-"):
        notice = tried.notice
        agency = notice.school.agency_id if notice.school else notice.office_id
        assert tried.to.agency_id == agency
    for notice in Notice.objects.exclude(school=None).select_related("school"):
        said = by_mention[notice.mention_id]
        name, child = notice.school.name, said.child
        assert name in {said.written, child.school(said.source.on), *_written(year, notice)}
        if name in said.away:
            assert name == child.school(said.source.on), f"{child.name} had left {name}"


def _written(year: Year, notice: Notice) -> set[str]:
    return {said.written for said in year.said if said.incident == notice.incident_id}


def _on_time_or_escalated(standing: list[Notice]) -> None:
    """By its bell a message was opened, told otherwise, or was with the council's officer."""
    rungs = {(one.notice_id, one.rung): one for one in PassedOn.objects.all()}
    for notice in standing:
        known = [at for at in (notice.opened_at, notice.received_at) if at is not None]
        officer = rungs.get((notice.pk, "officer"))
        ends = [*known, *([officer.passed_at] if officer else [])]
        bell = max(notice.due_at, notice.made_at + MINUTE)
        assert ends, f"{notice.pk} was due {notice.due_at} and nobody knows"
        assert min(ends) <= bell, f"{notice.pk}: {min(ends)} is after {bell}"
        deputy = rungs.get((notice.pk, "deputy"))
        if deputy:
            local = deputy.passed_at.astimezone(LONDON)
            assert (local.hour, local.minute) >= (8, 30) or deputy.passed_at > notice.due_at


def _by_the_schools_own_clock(standing: list[Notice]) -> None:
    """Where no day was closed or opened afterwards, the bell is the one that a calendar shows."""
    changed = set(ClosureDay.objects.values_list("school", flat=True))
    for notice in standing:
        if notice.school_id in changed:
            continue
        came = min(notice.made_at, notice.mention.source.notification.received_at)
        local = notice.due_at.astimezone(LONDON)
        assert (local.hour, local.minute) == (9, 0)
        corrected = notice.mention.source.recorded_at > notice.made_at
        assert corrected or notice.due_at == bell_of(notice, came)


def _nothing_doubled(year: Year) -> None:
    """The provider took each e-mail once."""
    references = [reference for _, _, reference in year.provider.took]
    assert len(references) == len(set(references))


def _nobody_else_was_told(year: Year) -> None:
    """Doors are open to whom a message was for, and to what the rules allow; no more."""
    told = {str(n.pk): n for n in Notice.objects.select_related("school")}
    children = {said.child.person.pk for said in year.said}
    for door in Disclosure.objects.all():
        notice = told[door.origin_id]
        agency = notice.school.agency_id if notice.school else notice.office_id
        assert (door.origin, door.agency_id) == ("notice", agency)
        assert set(door.items) == {"incident", "voice", "school"}
        assert door.person_id in children
    readers = set(User.objects.filter(roles__overlap=["key_adult", "education_officer"]))
    assert {User.objects.get(email=to) for _, to, _ in year.provider.took} <= readers


def _nothing_lies_about(year: Year) -> None:
    """Whatever could be sent was sent in the end, however long the provider was down."""
    waiting = Notice.objects.filter(
        withdrawn_at=None, sent_at=None, received_at=None, opened_at=None, no_school_because="",
        made_at__lt=year.now - END,
    )  # fmt: skip
    assert list(waiting) == []


def _summary(year: Year, standing: list[Notice]) -> str:
    rungs = PassedOn.objects.values_list("rung", flat=True)
    return (
        f"{len(standing)} messages stand, {Notice.objects.count() - len(standing)} withdrawn; "
        f"{len(year.provider.took)} e-mails taken, {len(year.provider.nights)} outages, "
        f"{Delivery.objects.exclude(failed_because='').count()} tries failed; "
        f"{list(rungs).count('deputy')} to deputies, {list(rungs).count('officer')} to the officer"
    )
