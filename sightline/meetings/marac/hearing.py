"""Hearing a pair at a MARAC. What each agency is to do after it is agreed in actions/marac.py."""

from datetime import datetime, time, timedelta

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.arranging import must_be_open
from sightline.meetings.lists import mark_taken
from sightline.meetings.models import MaracHearing, MaracReferral, MeetingItem
from sightline.meetings.opening import OPEN_FOR, open_pairs
from sightline.rules.deadlines import LONDON
from sightline.rules.meetings.marac import criteria_on, last_day_after


@transaction.atomic
def hear(*, item: MeetingItem, summary: str, by: User, now: datetime) -> MaracHearing:
    """Write down that a pair on the list was heard, and what was found.

    From then the two are flagged for as long as the criteria of the day say, and the members see
    them. The same again is one hearing. Raises WrongMoment where the meeting is over or not
    published, or another summary stands; NotUnderstood without one.
    """
    require(by, Perm.RUN_MEETINGS)
    item, summary = _at_work(item), summary.strip()
    if not summary:
        raise NotUnderstood("Sum up what was found and what is to happen.")
    referral = MaracReferral.objects.select_for_update().get(items=item)
    return _heard_before(referral, summary) or _new(item, referral, summary, by, now)


def _at_work(item: MeetingItem) -> MeetingItem:
    item = MeetingItem.objects.select_related("meeting").get(pk=item.pk)
    meeting = must_be_open(item.meeting)
    if meeting.published_at is None:
        raise WrongMoment("The list of this meeting has not been published yet.")
    if item.removed_at is not None or item.referral_id is None:
        raise WrongMoment("This pair does not stand on the list of the meeting any more.")
    return item


def _heard_before(referral: MaracReferral, summary: str) -> MaracHearing | None:
    hearing = referral.hearings.first()
    if hearing is not None and hearing.summary != summary:
        raise WrongMoment("This pair has been heard already. What was written is shown below.")
    if hearing is None and referral.withdrawn_at is not None:
        raise WrongMoment("This referral was taken back. There is nothing to hear.")
    return hearing


def _new(
    item: MeetingItem, referral: MaracReferral, summary: str, by: User, now: datetime
) -> MaracHearing:
    today = local_date(now)
    until = last_day_after(today, criteria_on(today).flag_months)
    hearing = MaracHearing.objects.create(
        referral=referral, meeting=item.meeting, heard_at=now, heard_by=by, summary=summary,
        flagged_until=until,
    )  # fmt: skip
    mark_taken(item, by=by, now=now)
    flag_ends = datetime.combine(until + timedelta(days=1), time(0), LONDON)
    ends = max(flag_ends, item.meeting.starts + OPEN_FOR)
    open_pairs(item.meeting, [referral.pk], until=ends, by=by, now=now)
    record("marac.heard", hearing, by=by, at=now, flagged_until=until.isoformat())
    return hearing
