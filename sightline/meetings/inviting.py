"""Inviting the members of a meeting by e-mail, durably: one invitation a member and version.

The mail server is asked outside any transaction. A crash between its answer and our writing it
down may send an e-mail twice, under one name, with one entry in it; it can never lose one.
"""

from collections.abc import Iterable
from datetime import datetime
from email.mime.text import MIMEText

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.announce import announce
from sightline.common.mail import NotDelivered, hand_over
from sightline.common.words import moment
from sightline.meetings.calendar import NO_DETAILS, entry_of, link_to, title_of
from sightline.meetings.models import Invitation, Meeting
from sightline.meetings.opening import members_of

BODY = """{what}
{when}
{place}

{no_details}

{link}

Do not reply to this e-mail.
"""


def people_invited(meeting: Meeting) -> list[User]:
    """Return who of the members' agencies may attend meetings. Two queries."""
    agencies = members_of(meeting)
    users = User.objects.filter(agency__in=agencies, is_active=True).order_by("pk")
    return [user for user in users if Perm.ATTEND_MEETINGS in user.perms]


def invite_all(meeting: Meeting, now: datetime) -> None:
    """Invite every member to the meeting as it is now. Whoever was is not invited twice to it."""
    _invite(meeting, people_invited(meeting), now)


def invite_again(meeting: Meeting, now: datetime) -> None:
    """Tell whoever was invited how a published meeting has changed."""
    if meeting.published_at is not None:
        before = User.objects.filter(pk__in=meeting.invitations.values("to"))
        _invite(meeting, {*before, *people_invited(meeting)}, now)


def _invite(meeting: Meeting, users: Iterable[User], now: datetime) -> None:
    for user in sorted(users, key=lambda each: each.pk):
        made, fresh = Invitation.objects.get_or_create(
            meeting=meeting, to=user, sequence=meeting.sequence, defaults={"made_at": now}
        )
        if fresh:
            announce("invitation.made", made.pk)


def send_invitation(invitation_id: int, *, now: datetime) -> bool:
    """Send one invitation, once. Returns whether it was sent now.

    A version that a newer one has overtaken is not sent any more. Raises NotDelivered where the
    mail server did not take it.
    """
    invitation = Invitation.objects.select_related("meeting", "to").get(pk=invitation_id)
    meeting = invitation.meeting
    if invitation.sent_at is not None or invitation.sequence < meeting.sequence:
        return False
    failed = _hand_over(invitation, now)
    Invitation.objects.filter(pk=invitation.pk).update(
        tried_at=now,
        sent_at=None if failed else now,
        failed_because=type(failed).__name__ if failed else "",
    )
    if failed is not None:
        raise NotDelivered(type(failed).__name__)
    return True


def _hand_over(invitation: Invitation, now: datetime) -> OSError | None:
    meeting = invitation.meeting
    count = meeting.items.filter(removed_at__isnull=True).count()
    title = title_of(meeting, count)
    what = f"Cancelled: {title}" if meeting.cancelled_at else title
    body = BODY.format(
        what=what, when=moment(meeting.starts), place=meeting.place,
        no_details=NO_DETAILS, link=link_to(meeting),
    )  # fmt: skip
    entry = entry_of(meeting, count=count, to=invitation.to, now=now)
    return hand_over(
        name=f"meeting-{meeting.uid}-{invitation.to_id}-{invitation.sequence}",
        subject=what, body=body, to=invitation.to.email,
        parts=[_part(entry, cancelled=meeting.cancelled_at is not None)],
    )  # fmt: skip


def _part(entry: bytes, *, cancelled: bool) -> MIMEText:
    """The entry as calendars take it from an e-mail: its method is named beside its type."""
    part = MIMEText(entry.decode(), "calendar", "utf-8")
    part.set_param("method", "CANCEL" if cancelled else "REQUEST")
    part.add_header("Content-Disposition", "attachment", filename="meeting.ics")
    return part
