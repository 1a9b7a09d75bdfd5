"""What core members of the screening team see of open cases: what the sharing rows say, no more.

A row counts where it holds for every child: at any scale, without agreement or a condition that a
person would have to confirm.
"""

from dataclasses import dataclass
from datetime import date

from sightline.rules.sharing.parts import Agreement, Extent, Matter, Recipient, Row
from sightline.sharing.models import Item, Level
from sightline.sharing.table import pack_in_force

ITEMS: dict[Matter, Item] = {
    Matter.INCIDENT: Item.INCIDENT,
    Matter.VOICE: Item.VOICE,
    Matter.HOUSEHOLD: Item.HOUSEHOLD,
    Matter.HISTORY: Item.HISTORY,
    Matter.SUPPORT: Item.SCHOOL,
    Matter.SCALE: Item.SCALE,
    Matter.DECISION: Item.DECISION,
    Matter.ACTIONS: Item.ACTIONS,
}
LEAST_FIRST = (Extent.FACT, Extent.SUMMARY, Extent.DETAIL)


@dataclass(frozen=True)
class Terms:
    """What the rows let the team see, how much of it, and by which of them."""

    items: tuple[Item, ...]
    level: Level
    basis: str


def for_the_team(day: date) -> Terms:
    """Return what the rows in force on a day let the team see; nothing before the first rules."""
    try:
        pack = pack_in_force(day)
    except LookupError:
        return Terms((), Level.FACT, "no sharing rules are in force")
    rows = [row for row in pack.rows if _counts(row)]
    items = {ITEMS[matter] for row in rows for matter in row.matters if matter in ITEMS}
    if not items:
        return Terms((), Level.FACT, "no row lets the team see anything")
    extent = min((row.extent for row in rows), key=LEAST_FIRST.index)
    basis = "; ".join(f"{row.version or f'{pack.key}, {row.id}'}: {row.gateway}" for row in rows)
    whom = {Item.IDENTITY, *items}  # nothing of somebody can be seen without knowing of whom
    return Terms(tuple(item for item in Item if item in whom), Level(extent), basis[:200])


def _counts(row: Row) -> bool:
    needs = row.scales or row.only_if or row.agreement is not Agreement.NOT_NEEDED
    return Recipient.SCREENING_TEAM in row.to and not row.never and not needs
