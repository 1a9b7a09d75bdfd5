"""Hearing a pair at a MARAC, with what each agency is to do, and what came of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import event, record, record_many
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.arranging import must_be_open
from sightline.meetings.lists import mark_taken
from sightline.meetings.models import MaracAction, MaracHearing, MaracReferral, MeetingItem
from sightline.meetings.opening import OPEN_FOR, open_pairs
from sightline.rules.deadlines import LONDON
from sightline.rules.meetings.marac import criteria_on, last_day_after


@dataclass(frozen=True)
class ForAgency:
    """What an agency is to do for an adult, and the last day for it."""

    agency: Agency
    what: str
    due_on: date


@transaction.atomic
def hear(
    *, item: MeetingItem, summary: str, actions: Sequence[ForAgency], by: User, now: datetime
) -> MaracHearing:
    """Write down that a pair on the list was heard, what was found and who does what.

    From then the two are flagged for as long as the criteria of the day say, and the members see
    them. The same again is one hearing; more actions are added to it. Raises WrongMoment where the
    meeting is over or not published, or another summary stands; NotUnderstood without one.
    """
    require(by, Perm.RUN_MEETINGS)
    item, summary = _at_work(item), summary.strip()
    if not summary:
        raise NotUnderstood("Sum up what was found and what is to happen.")
    agreed = [_tidy(one, now) for one in actions]
    referral = MaracReferral.objects.select_for_update().get(items=item)
    hearing = _heard_before(referral, summary) or _new(item, referral, summary, by, now)
    _agree(hearing, agreed, by, now)
    return hearing


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


def _tidy(one: ForAgency, now: datetime) -> ForAgency:
    what = " ".join(one.what.split())
    if not what or len(what) > 300:
        raise NotUnderstood("Say what is to be done, in 300 characters at most.")
    if one.due_on < local_date(now):
        raise NotUnderstood("The day by which an action is due must be today or later.")
    return ForAgency(one.agency, what, one.due_on)


def _agree(hearing: MaracHearing, agreed: Sequence[ForAgency], by: User, now: datetime) -> None:
    before = {(action.agency_id, action.what) for action in hearing.actions.all()}
    fresh = {(a.agency.pk, a.what): a for a in agreed if (a.agency.pk, a.what) not in before}
    made = MaracAction.objects.bulk_create(
        MaracAction(
            hearing=hearing, agency=one.agency, what=one.what, due_on=one.due_on,
            agreed_at=now, agreed_by=by,
        )
        for one in fresh.values()
    )  # fmt: skip
    record_many(event("marac.agreed", a, by=by, at=now, agency=a.agency_id) for a in made)


@transaction.atomic
def end_marac_action(
    *, action: MaracAction, done: bool, note: str, by: User, now: datetime
) -> MaracAction:
    """The agency says that it has done what was agreed, or that it was not possible, and why.

    The same twice is once. Raises WrongMoment when it was ended otherwise, NotUnderstood without
    a note.
    """
    require(by, Perm.ATTEND_MEETINGS)
    action, note = MaracAction.objects.select_for_update().get(pk=action.pk), note.strip()
    if action.agency_id != by.agency_id:
        raise PermissionDenied
    if not note:
        raise NotUnderstood("Say what was done and what came of it, or why it was not possible.")
    if action.ended_at is not None:
        if (action.done, action.note) != (done, note):
            raise WrongMoment("This action has been ended already. What was written is below.")
        return action
    action.ended_at, action.ended_by, action.done, action.note = now, by, done, note
    action.save(update_fields=["ended_at", "ended_by", "done", "note"])
    record("marac.action_ended", action, by=by, at=now, done=done)
    return action
