"""The five tables as rows in the published column order, for any set of counts.

A cell is text as printed: counts without separators, shares with one decimal. Table 5's last
two columns carry no share, as in the source.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sightline.demo.dudley import published
from sightline.demo.dudley.counting import tenths


@dataclass(frozen=True)
class Table:
    """A printed table: column names, then rows of cells as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> str:
        """The table as CSV text with a header and one line feed a row."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.columns, *self.rows])
        return text.getvalue()


def expected_csv(table: int) -> str:
    """The published table (1 to 5) as CSV text, as printed in the source.

    Raises KeyError for a table that was not published.
    """
    return published_tables()[table].csv()


def published_tables() -> dict[int, Table]:
    """The five tables from the published figures, by their number."""
    years = [year for year in published.CONTACTS if year.followed is not None]
    return {
        1: by_notifications(published.CHILDREN, "children"),
        2: by_notifications(published.HOUSEHOLDS, "households"),
        3: by_time_since_previous(published.REPEATS),
        4: by_scale((row.period, row.tenths) for row in published.SHARES),
        5: by_outcome([(year.period, year.contacts, year.followed or ()) for year in years]),
    }


def by_notifications(counts: Mapping[int, int], what: str) -> Table:
    """Table 1 or 2: how many children or households had each number of notifications."""
    rows = [(str(size), str(many), str(size * many)) for size, many in sorted(counts.items())]
    total = sum(size * many for size, many in counts.items())
    rows.append(("total", str(sum(counts.values())), str(total)))
    return Table(("notifications", what, "total_notifications"), tuple(rows))


def by_time_since_previous(repeats: Mapping[str, int]) -> Table:
    """Table 3: repeats by the time since the same child's previous notification."""
    total = sum(repeats.values())
    rows = [(band, str(many), _percent(many, total)) for band, many in repeats.items()]
    rows.append(("Grand Total", str(total), _percent(total, total)))
    return Table(("band", "repeats", "percent"), tuple(rows))


def by_scale(rows: Iterable[tuple[str, Sequence[int]]]) -> Table:
    """Table 4: (period, tenths of a per cent by scale) a row."""
    columns = ("period", "scale1_nfa", "scale2_caf", "scale3_ia", "scale4_s47")
    return Table(columns, tuple((period, *map(_decimal, cells)) for period, cells in rows))


def by_outcome(rows: Iterable[tuple[str, int, Sequence[int]]]) -> Table:
    """Table 5: (year, contacts, the six counts of what followed) a row."""
    columns = "period,contacts,initial,initial_pct,core,core_pct,s47,s47_pct,icc,icc_pct,cpp"
    return Table(
        (*columns.split(","), "lac_after_cpp"),
        tuple(_outcome_row(period, contacts, followed) for period, contacts, followed in rows),
    )


def _outcome_row(period: str, contacts: int, followed: Sequence[int]) -> tuple[str, ...]:
    *with_share, plan, looked_after = followed
    cells = [cell for many in with_share for cell in (str(many), _percent(many, contacts))]
    return (period, str(contacts), *cells, str(plan), str(looked_after))


def _percent(count: int, of: int) -> str:
    return _decimal(tenths(count, of)) if of else ""


def _decimal(cell: int) -> str:
    return f"{cell // 10}.{cell % 10}"
