"""Tables as they are shown once it is chosen what is hidden."""

from collections.abc import Collection
from decimal import Decimal

from sightline.rules.disclosure.policy import Policy
from sightline.rules.disclosure.tables import (
    Label,
    Laid,
    Row,
    Shape,
    is_count,
    is_share_of_counts,
    key_of,
    label_of,
)
from sightline.rules.disclosure.universe import Key
from sightline.rules.rounding import Share, percent, to_nearest

HIDDEN = "[c]"  # confidential, as official statistics of the United Kingdom mark it
Shown = str | int | Decimal | None


def shown(table: Laid, shape: Shape, hidden: Collection[Key], policy: Policy) -> list[list[Shown]]:
    """Return the rows of a table with what is hidden marked, and the rest rounded as it should."""
    return [_row(table, row, shape, hidden, policy) for row in table.rows]


def _row(
    table: Laid, row: Row, shape: Shape, hidden: Collection[Key], policy: Policy
) -> list[Shown]:
    label = label_of(row, shape)
    counts = [at for at, cell in enumerate(row) if at not in shape.labels and is_count(cell)]
    held = {at for at in counts if key_of(table, label, at) in hidden}
    return [
        cell if at in shape.labels or at in shape.open
        else _count(cell, at in held, policy) if at in counts
        else _share(table, label, at, cell, hidden, policy)
        if isinstance(cell, Share) and is_share_of_counts(cell)
        else _measure(cell, bool(held))
        for at, cell in enumerate(row)
    ]  # fmt: skip


def _count(cell: Shown, is_held: bool, policy: Policy) -> Shown:
    return HIDDEN if is_held else to_nearest(int(cell or 0), policy.round_to)


def _share(
    table: Laid, label: Label, column: int, share: Share, hidden: Collection[Key], policy: Policy
) -> Shown:
    behind = {key_of(table, label, (name, column)) for name in ("part", "whole")}
    if not behind.isdisjoint(hidden):
        return HIDDEN
    if not policy.round_to:
        return share
    part, whole = (to_nearest(int(each), policy.round_to) for each in (share.part, share.whole))
    return percent(part, whole, 0)


def _measure(cell: Shown, is_any_held: bool) -> Shown:
    """A median, a rate: worked out of records whose number is hidden, it is hidden too."""
    return HIDDEN if is_any_held and cell is not None else cell
