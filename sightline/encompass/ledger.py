"""The receipt of a notice, step by step: sent, delivered, passed on, opened, received, support."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sightline.access.models import User
from sightline.common.words import moment
from sightline.encompass.emails import CAME_BACK
from sightline.encompass.models import UNDER_WAY, Delivery, Notice, PassedOn
from sightline.rules.encompass.rules_file import OFFICER

Step = tuple[datetime, str, str]  # when, what happened, to or by whom


def timeline_of(notice: Notice) -> list[dict[str, Any]]:
    """Return the steps of a notice, oldest first, as the timeline takes them. Two queries."""
    return [
        {"title": what, "source": who, "when": moment(at), "machine": at.isoformat()}
        for at, what, who in sorted(_steps(notice), key=lambda step: step[0])
    ]


def _steps(notice: Notice) -> Iterator[Step]:
    yield notice.made_at, "Message made", notice.due_because
    for tried in notice.deliveries.select_related("to"):
        yield from _tried(tried)
    for passed in notice.passed_on.select_related("to"):
        yield passed.passed_at, _passed(passed), passed.to.name if passed.to else ""
    for at, by, what in (
        (notice.opened_at, notice.opened_by, "Opened"),
        (notice.again_opened_at, notice.again_opened_by, "Known again, as it was corrected"),
        (notice.received_at, notice.received_by, notice.told_otherwise or "Received"),
        (notice.supported_at, notice.supported_by, "Support recorded"),
    ):
        if at is not None:
            yield at, what, _name(by)
    if notice.withdrawn_at is not None:
        yield notice.withdrawn_at, f"Withdrawn: {notice.withdrawn_because}", ""


def _tried(tried: Delivery) -> Iterator[Step]:
    what = _went(tried.failed_because)
    yield tried.tried_at, what, tried.to.name
    if tried.delivered_at is not None:
        yield tried.delivered_at, "E-mail reached the mailbox", tried.to.name


def _went(because: str) -> str:
    if because == "":
        return "E-mail sent"
    if because == UNDER_WAY:
        return "E-mail is being sent"
    return "E-mail came back" if because == CAME_BACK else f"E-mail could not be sent ({because})"


def _passed(passed: PassedOn) -> str:
    if passed.rung == OFFICER:
        return "Unread: put before the council's safeguarding officer"
    return "Unread: passed on to the deputy" if passed.to else "Unread: there is no deputy to tell"


def _name(user: User | None) -> str:
    return user.name if user else ""
