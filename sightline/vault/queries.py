"""What pages of other apps ask: is there a way to this person, and may I write one down?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sightline.access.models import Agency, User
from sightline.access.roles import Perm
from sightline.people.models import Mention, Role
from sightline.sharing.models import VAULT_ITEMS, Item
from sightline.sharing.queries import Answer
from sightline.vault.doors import KINDS, by_the_rules, kept_from
from sightline.vault.looking import may_be_opened


@dataclass(frozen=True)
class Way:
    """What a page about a person offers: to see the safe way, to write one down, or neither."""

    see: bool
    keep: bool


def way_to(user: User, person: int, now: datetime) -> Way:
    """Return what this user may do about reaching this person safely."""
    return Way(bool(may_be_opened(user, person, now)), may_keep(user, person, now))


def safe_ways(user: User, answers: Mapping[int, Answer], now: datetime) -> set[int]:
    """Return the persons, of these with what may be seen of each, whose safe way is open to the
    user. No query where no door of the vault is open."""
    doors = [person for person, answer in answers.items() if answer.items & VAULT_ITEMS]
    return {person for person in doors if may_be_opened(user, person, now)}


def may_keep(user: User, person: int, now: datetime) -> bool:
    """Whether this user may write it down: of anybody but who only ever abused somebody."""
    if Perm.KEEP_SAFE not in user.perms or not kinds_open(user.agency, now):
        return False
    mentions = Mention.objects.filter(links__person=person, links__ended_at__isnull=True)
    return mentions.exclude(role=Role.PERPETRATOR).exists() and not kept_from([user], [person])


def kinds_open(agency: Agency, now: datetime) -> list[Item]:
    """Return what of the vault the rules let this agency have at all."""
    items = (Item.SAFE_CONTACT, Item.SAFE_ADDRESS)
    return [item for item in items if by_the_rules(agency, item, now)]


def agencies_that_may(items: list[Item], but: int, now: datetime) -> list[Agency]:
    """Return the other agencies that the rules name for one of these items."""
    found = Agency.objects.filter(kind__in=KINDS, closed_on__isnull=True).exclude(pk=but)
    return [a for a in found.order_by("name") if any(by_the_rules(a, i, now) for i in items)]
