"""A school's calendar was changed: what nobody has read yet goes by the new one."""

from datetime import datetime

from django.db import transaction

from sightline.audit.commands import record
from sightline.directory.models import School
from sightline.directory.queries import calendar_of
from sightline.encompass.making import received_at
from sightline.encompass.models import Notice
from sightline.encompass.passing import unopened
from sightline.rules.calendar import SchoolCalendar, england_and_wales
from sightline.rules.deadlines import school_told_by


@transaction.atomic
def renew_clocks(school_id: int, now: datetime) -> int:
    """Reckon the bells of a school's unread messages anew. Returns how many moved.

    A bell that has rung stays: a day that is closed afterwards makes nobody late in time. Doing it
    again changes nothing.
    """
    school = School.objects.get(pk=school_id)
    calendar = calendar_of(school)
    waiting = unopened(now).filter(school=school, due_at__gt=now).select_for_update(of=("self",))
    return sum(_reckon(notice, calendar, now) for notice in waiting)


def _reckon(notice: Notice, calendar: SchoolCalendar, now: datetime) -> bool:
    due = school_told_by(received_at(notice), calendar, england_and_wales())
    if due.at == notice.due_at:
        return False
    notice.due_at, notice.due_because = due.at, due.because
    notice.save(update_fields=["due_at", "due_because"])
    record("notice.clock_moved", notice, by=None, at=now)
    return True
