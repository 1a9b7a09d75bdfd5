"""What the screening team reads of a notice: whom to tell, why the school does not know yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sightline.access.models import User
from sightline.common.words import moment
from sightline.encompass.chasing import Chased
from sightline.encompass.models import Notice
from sightline.encompass.presenters import State, state_of, who_words
from sightline.people.models import Mention
from sightline.sharing.sheltering import homes_sheltering, street_said


@dataclass(frozen=True)
class ChaseShown:
    """The words of the page, and the (name, telephone) of whom to ring."""

    state: State
    why: str
    facts: tuple[tuple[str, str], ...]
    ring: tuple[tuple[str, str], ...]
    settled: str


def chase_shown(chased: Chased, user: User, now: datetime) -> ChaseShown:
    return ChaseShown(
        state=state_of(chased.notice, now),
        why=why_not_told(chased.notice, failed=_has_failed(chased)),
        facts=tuple(_facts(chased.notice, user, now)),
        ring=tuple(_ring(chased)),
        settled=_settled(chased.notice),
    )


def _has_failed(chased: Chased) -> bool:
    return chased.last_try is not None and chased.last_try.failed_because != ""


def why_not_told(notice: Notice, *, failed: bool) -> str:
    """Return in words how far the telling has come and why it stopped there."""
    if notice.no_school_because:
        return notice.no_school_because[0].upper() + notice.no_school_because[1:]
    if notice.reads_again:
        return "Corrected after the school had read it, and not opened since"
    if notice.opened_at:
        return f"Opened {moment(notice.opened_at)}, not yet confirmed"
    if notice.sent_at:
        return f"Sent {moment(notice.sent_at)}, not opened"
    return "The e-mail could not be delivered; it is tried again" if failed else "Being sent"


def _facts(notice: Notice, user: User, now: datetime) -> Iterator[tuple[str, str]]:
    mention = notice.mention
    yield "Child", who_words(mention)
    shelters = homes_sheltering([notice.incident.household_id], user, now)
    yield "Street", street_said(notice.incident.household, shelters) or "Not known"
    yield "School as police wrote it", _as_written(mention)
    to = notice.school or notice.office
    yield "To tell", to.name if to else "Not known yet"
    yield "Due", notice.due_because


def _as_written(mention: Mention) -> str:
    urn = f"URN {mention.school_urn}" if mention.school_urn else ""
    home = "Home educated" if mention.home_educated else ""
    return ", ".join(filter(None, (mention.school_name, urn, home))) or "Not written"


def _ring(chased: Chased) -> Iterator[tuple[str, str]]:
    school = chased.notice.school
    if school is not None and school.telephone:
        yield school.name, school.telephone
    for user in chased.people:
        yield f"{user.name}, {user.job_title or 'key adult'}", user.telephone or "No number held"


def _settled(notice: Notice) -> str:
    """Return why there is nothing to do any more, or ""."""
    if notice.withdrawn_at:
        return f"Withdrawn {moment(notice.withdrawn_at)}: {notice.withdrawn_because}."
    if notice.received_at:
        by = f" by {notice.received_by.name}" if notice.received_by else ""
        how = f" {notice.told_otherwise}." if notice.told_otherwise else ""
        return f"Confirmed {moment(notice.received_at)}{by}.{how}"
    return ""
