"""Whose letters somebody may read: a sender its own, the screening team all of them."""

from django.db.models import QuerySet

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.letters.models import SenderLetter


def letters_for(user: User) -> QuerySet[SenderLetter]:
    """Return the letters this user may read, newest first."""
    found = SenderLetter.objects.select_related("sender", "read_by").order_by(
        "-month", "sender__name"
    )
    if Perm.SEE_WORKLIST in user.perms:
        return found
    return found.filter(sender=user.agency_id)


def readers(letter: SenderLetter) -> list[User]:
    """Return whom the e-mail goes to: everybody of the sender who sends notifications."""
    people = User.objects.filter(agency=letter.sender_id, is_active=True).order_by("pk")
    return [user for user in people if Perm.SEND_NOTIFICATION in user.perms]
