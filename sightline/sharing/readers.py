"""Users and machines as the policies of the database know them."""

from django.db import connection

from sightline.access.models import SenderToken, User
from sightline.access.roles import Perm
from sightline.common.wall import Actor, Purpose
from sightline.sharing.queries import may_look


def machine_of(token: SenderToken) -> Actor:
    """Return an agency's machine as the policies know it: it sees what its agency is asked."""
    may = frozenset({"looks", "machine", Perm.ANSWER_RESEARCH.value})
    return Actor(
        Purpose.READING, None, token.agency_id, may,
        outside=connection.blocks,  # type: ignore[attr-defined]
    )  # fmt: skip


def reader(user: User) -> Actor:
    """Return a user as the policies know them: what pages read is read for them alone."""
    perms = {perm.value for perm in user.perms}
    perms |= {"core"} if user.is_core else set()
    perms |= {"looks"} if may_look(user) else set()
    return Actor(
        Purpose.READING, user.pk, user.agency_id, frozenset(perms),
        outside=connection.blocks,  # type: ignore[attr-defined]
    )  # fmt: skip
