"""What a table says, in sentences. Every number in them is read out of the table."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from sightline.insight.dashboards.reader import column
from sightline.insight.reading import Reading
from sightline.rules.disclosure.showing import Shown
from sightline.rules.rounding import percent

UNKNOWN = "a hidden number"


def named(reading: Reading, who: str) -> Iterator[str]:
    """Children, or households, by how often they were named."""
    total = _row(reading, "total")
    if not total or total[1] == 0:
        return
    once = (_row(reading, "1") or ["1", 0, 0])[1]
    yield _begun(f"{_said(total[1], who)} were named {_said(total[2], 'times')} in all.")
    yield _begun(f"{_said(once)} of them{_of(once, total[1])} were named once.")


def repeated(reading: Reading) -> Iterator[str]:
    """How many repeats, and how soon."""
    total = _row(reading, "grand total")
    if not total or total[1] == 0:
        return
    named_before = "named a child whom an earlier one had named."
    yield _begun(f"{_said(total[1], 'notifications')} {named_before}")
    soon = _sum(row[1] for row in reading.rows[:SOON])
    close = "came within three months of the one before."
    yield _begun(f"{_said(soon)} of these{_of(soon, total[1])} {close}")


SOON = 4  # bands of rules/repeats that lie below three months


def scaled(reading: Reading) -> Iterator[str]:
    """Shares of decisions by scale, where it began and where it ended."""
    for row in dict.fromkeys((0, len(reading.rows) - 1)) if reading.rows else ():
        period, one, two, three, four = reading.rows[row]
        yield (
            f"{period}: {_said(one)} in 100 decisions were at scale 1, {_said(two)} at scale 2,"
            f" {_said(three)} at scale 3 and {_said(four)} at scale 4."
        )


def followed(reading: Reading) -> Iterator[str]:
    """Contacts, and how many of them led to an assessment and a plan."""
    cells = zip(
        column(reading, "period"), column(reading, "contacts"), column(reading, "initial"),
        column(reading, "initial_pct"), column(reading, "cpp"), strict=True,
    )  # fmt: skip
    for period, contacts, initial, share, plans in cells:
        yield (
            f"{period}: of {_said(contacts, 'contacts')} {_said(initial)}{_per_cent(share)} led to"
            f" an assessment, and {_said(plans)} to a child protection plan."
        )


def recommended(reading: Reading) -> Iterator[str]:
    """By outcome: recommended, started, completed."""
    cells = zip(
        column(reading, "outcome"), column(reading, "decided"), column(reading, "started"),
        column(reading, "completed"), strict=True,
    )  # fmt: skip
    for outcome, decided, started, completed in cells:
        yield (
            f"{outcome}: decided for {_said(decided, 'children')}, started for {_said(started)},"
            f" completed for {_said(completed)}."
        )


def told(reading: Reading) -> Iterator[str]:
    """Messages to schools, and how many were in time."""
    total = _row(reading, "total")
    if total and total[1] != 0:
        yield (
            f"Of {_said(total[1], 'messages')} to schools {_said(total[3])}"
            f"{_of(total[3], total[1])} came before the bell."
        )


def _row(reading: Reading, label: str) -> list[Shown] | None:
    return next((row for row in reading.rows if str(row[0]).lower() == label), None)


def _said(cell: Shown, noun: str = "") -> str:
    """ "1,163 children", "a hidden number of children"; without a noun the number alone."""
    if isinstance(cell, str):
        return f"{UNKNOWN} of {noun}" if noun else UNKNOWN
    number = "no" if cell is None else f"{cell:,}"
    return f"{number} {noun}" if noun else number


def _per_cent(share: Shown) -> str:
    return f" ({share} per cent)" if isinstance(share, Decimal) else ""


def _begun(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _of(part: Shown, whole: Shown) -> str:
    """ "(67.9 per cent)", where both are known."""
    share = percent(part, whole) if isinstance(part, int) and isinstance(whole, int) else None
    return "" if share is None else f" ({share} per cent)"


def _sum(cells: Iterable[Shown]) -> Shown:
    found = list(cells)
    return sum(found) if all(isinstance(c, int) for c in found) else "hidden"  # type: ignore[arg-type]
