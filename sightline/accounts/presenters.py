"""How it stands with somebody's access, in words."""

from dataclasses import dataclass
from datetime import datetime

from sightline.access.models import User
from sightline.accounts.models import Membership
from sightline.common.clock import local_date
from sightline.common.words import short_day
from sightline.rules.access.confirming import State, standing
from sightline.rules.access.rules_file import rules_on

KINDS = {State.CONFIRMED: "done", State.DUE: "due", State.OVER: "late"}
WORDS = {State.CONFIRMED: "Confirmed", State.DUE: "To confirm", State.OVER: "Ends tonight"}

HAPPENINGS = {
    "user.added": "Added",
    "user.roles_set": "Roles changed",
    "user.confirmed": "Confirmed",
    "user.access_ended": "Access ended",
    "user.access_given_back": "Access given back",
    "user.manager_set": "Manager set",
    "user.deputy_set": "Deputy set",
    "user.password_set": "Password set",
    "entry_code.made": "Code to sign in made",
    "entry_code.used": "Signed in with a code",
    "recovery_codes.made": "Recovery codes made",
    "recovery_code.used": "Recovery code used",
}


@dataclass(frozen=True)
class Row:
    """One user in an administrator's list. `confirmable`: a click is enough."""

    pk: int
    name: str
    agency: str
    roles: str
    state: str
    kind: str
    more: str
    last_signed_in: str
    confirmable: bool


def row_of(user: User, now: datetime) -> Row:
    """Return how it stands with a user, whose membership is loaded."""
    state, kind, more, confirmable = _state(user, getattr(user, "membership", None), now)
    return Row(
        pk=user.pk, name=user.name, agency=user.agency.name, roles=user.role_names or "No role",
        state=state, kind=kind, more=more, confirmable=confirmable,
        last_signed_in=short_day(user.last_login) if user.last_login else "never",
    )  # fmt: skip


def _state(user: User, member: Membership | None, now: datetime) -> tuple[str, str, str, bool]:
    if member is None:
        state = "Not confirmed yet" if user.is_active else "No access"
        return state, "waiting", "", True
    if member.ended_at is not None:
        by_the_rule = member.ended_by_id is None
        more = f"{short_day(member.ended_at)}: {member.ended_because}"
        return "Access ended", "late" if by_the_rule else "plain", more, by_the_rule
    today = local_date(now)
    found = standing(local_date(member.confirmed_at), today, rules_on(today).confirming)
    return WORDS[found.state], KINDS[found.state], found.because, True


def happening(what: str) -> str:
    """Return what was done, in words."""
    return HAPPENINGS.get(what, what.replace(".", ": ").replace("_", " "))
