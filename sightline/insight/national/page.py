"""A comparison prepared for its page: a table of areas and years, and a chart of the last year."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from markupsafe import Markup

from sightline.access.models import User
from sightline.common.clock import local_date
from sightline.insight.charts.kinds import Bars, of_bars
from sightline.insight.national.benchmarks import Benchmark
from sightline.insight.national.own import Part
from sightline.insight.national.published import ENGLAND, Found, Place, published, rounded
from sightline.insight.periods import FISCAL_APRIL
from sightline.rules.disclosure.showing import HIDDEN
from sightline.rules.statistics.symbols import MEANINGS, Published, read_cell

YEARS = 5
OURS = "ours"  # the key of the row from the partnership's own records


@dataclass(frozen=True)
class Row:
    """An area of the table, what it is to the partnership, and a cell a year."""

    key: str
    name: str
    what: str
    cells: Sequence[Published]


@dataclass(frozen=True)
class NationalPage:
    """Everything that the page of a comparison shows."""

    caption: str
    years: list[dict[str, object]]
    rows: Sequence[tuple[str, str, list[str]]]
    chart: Markup | None
    chart_title: str
    source: str
    notes: Sequence[str]


def national_page(benchmark: Benchmark, user: User, now: datetime) -> NationalPage | None:
    """Set a share or a rate of the partnership beside others; None where no file was taken in."""
    codes = (*settings.COUNCILS, *settings.NEIGHBOURS)
    found = published(benchmark, codes, now)
    if found.edition is None or not found.cells:
        return None
    last = max(year for _, year in found.cells)
    years = range(last - YEARS + 1, max(last, _over(now) if benchmark.own else last) + 1)
    rows = [*_ours(benchmark, user, now, years), *_others(found, years)]
    title = f"{benchmark.name}, year to March {last}"
    return NationalPage(
        caption=f"{benchmark.name} ({benchmark.unit.lower()})",
        years=[{"text": f"Year to March {year}", "numeric": True} for year in years],
        rows=[(row.name, row.what, [_words(cell) for cell in row.cells]) for row in rows],
        chart=_chart(rows, title, benchmark.unit, years, last),
        chart_title=title,
        source=f"{found.edition.source}. {found.edition.vintage}.",
        notes=_notes(benchmark, rows),
    )  # fmt: skip


def _ours(benchmark: Benchmark, user: User, now: datetime, years: range) -> list[Row]:
    if benchmark.own is None:
        return []
    counted = benchmark.own(user, now, years)
    cells = [_own_cell(benchmark, counted.get(year)) for year in years]
    return [Row(OURS, f"{settings.PARTNERSHIP}’s own records", "This partnership", cells)]


def _own_cell(benchmark: Benchmark, counted: Part | None) -> Published:
    if counted is None or counted.whole == 0:
        return read_cell("x")
    if counted.part is None or counted.whole is None:
        return read_cell("c")
    return Published(rounded(Decimal(counted.part) * benchmark.per / counted.whole))


def _others(found: Found, years: range) -> list[Row]:
    return [
        Row(place.code, place.name, what, [_cell(found, place, year) for year in years])
        for place, what in _in_order(found.places)
    ]


def _cell(found: Found, place: Place, year: int) -> Published:
    return found.cells.get((place.code, year)) or read_cell("x")


def _in_order(places: Mapping[str, Place]) -> list[tuple[Place, str]]:
    """The partnership's councils, those like them, their region, England."""
    ours, like = settings.COUNCILS, settings.NEIGHBOURS
    regions = [p.region for code in ours if (p := places.get(code)) and p.region]
    kinds = ((ours, "Its council, as published"), (like, "A council like it"),
             (dict.fromkeys(regions), "Its region"), ((ENGLAND,), "England"))  # fmt: skip
    return [(places[code], what) for codes, what in kinds for code in codes if code in places]


def _words(cell: Published) -> str:
    return f"[{cell.symbol or 'x'}]" if cell.value is None else f"{cell.value:,}"


def _over(now: datetime) -> int:
    """The last year to March that is over."""
    day = local_date(now)
    return day.year if day.month >= FISCAL_APRIL else day.year - 1


def _chart(rows: Sequence[Row], title: str, unit: str, years: range, last: int) -> Markup | None:
    """Draw for each row the newest year of which there is a number: none is not 0."""
    newest = [
        (row.name, next(((y, c.value) for y, c in known if c.value is not None), None))
        for row in rows
        for known in [sorted(zip(years, row.cells, strict=True), key=lambda one: -one[0])]
    ]
    bars = [
        (name if found[0] == last else f"{name} ({found[0]})", unit, float(found[1]))
        for name, found in newest if found
    ]  # fmt: skip
    if not bars:
        return None
    told = "; ".join(f"{name} {number:g}" for name, _, number in bars)
    return of_bars(Bars(bars, unit), title, f"{told}.")


def _notes(benchmark: Benchmark, rows: Collection[Row]) -> list[str]:
    symbols = {cell.symbol or "x" for row in rows for cell in row.cells if cell.value is None}
    meant = [f"[{symbol}]: {MEANINGS[symbol]}." for symbol in sorted(symbols)]
    hidden = any(row.key == OURS and _is_hidden(row) for row in rows)
    ours = [f"In the partnership’s own row {HIDDEN} hides small counts."] if hidden else []
    return [*filter(None, [benchmark.compares]), *meant, *ours]


def _is_hidden(row: Row) -> bool:
    return any(cell.symbol == "c" for cell in row.cells)
