"""The actions after MARAC hearings in words, beside what is known of the referral."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.actions.models import Action
from sightline.actions.words import State, state_of
from sightline.common.clock import local_date
from sightline.meetings.marac.presenters import ReferralPage, referral_page
from sightline.meetings.marac.reading import Opened
from sightline.sharing.models import Item


@dataclass(frozen=True)
class AfterHearing:
    """An action after a hearing: where it stands, of which agency, and what was said at its end."""

    pk: int
    what: str
    agency: str
    state: State
    said: str


def own_rows(actions: Iterable[Action], today: date) -> list[AfterHearing]:
    """Return the rows of actions that were loaded with their agencies."""
    return [
        AfterHearing(
            one.pk, one.what, one.agency.name, state_of(one, today),
            one.note or one.closed_because or one.ended_because,
        )
        for one in actions
    ]  # fmt: skip


def heard_page(opened: Opened, user: User, now: datetime) -> dict[str, object]:
    """Return what a page shows of a referral: the pair, and the actions after its hearing."""
    hearing = opened.referral.hearings.select_related("meeting").first()
    page: ReferralPage = referral_page(opened, hearing)
    agreed = Action.objects.filter(hearing=hearing) if page.hearing else Action.objects.none()
    rows = own_rows(agreed.select_related("agency").order_by("due_on", "pk"), local_date(now))
    settles = bool(rows) and Perm.DECIDE in user.perms and opened.sees(Item.ACTIONS)
    return {"page": page, "actions": rows, "settles": settles}
