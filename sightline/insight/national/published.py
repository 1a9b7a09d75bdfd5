"""National figures out of the files that were taken in, by area and year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from sightline.geography.models import Edition, Kind, Measure, NationalFigure
from sightline.geography.queries import edition_at, values
from sightline.insight.national.benchmarks import CHILDREN, Benchmark
from sightline.rules.statistics.symbols import Published, read_cell

ENGLAND = "E92000001"
ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True)
class Place:
    """An area that is compared: its code, name, and the code of the region it lies in."""

    code: str
    name: str
    region: str


@dataclass(frozen=True)
class Found:
    """Shares or rates by (code of the area, year), and of which areas, in which edition."""

    edition: Edition | None
    places: Mapping[str, Place]
    cells: Mapping[tuple[str, int], Published]


def published(benchmark: Benchmark, codes: Collection[str], at: datetime) -> Found:
    """Return what was published for England, these areas, and the regions they lie in."""
    edition = edition_at(benchmark.kind, at)
    if edition is None:
        return Found(None, {}, {})
    of_councils = list(NationalFigure.objects.filter(edition=edition, code__in=codes))
    around = {ENGLAND, *(row.region for row in of_councils)} - set(codes)
    rows = [*of_councils, *NationalFigure.objects.filter(edition=edition, code__in=around)]
    children = values(Kind.COUNCILS, Measure.CHILDREN, at)
    return Found(
        edition,
        {row.code: Place(row.code, row.name, row.region) for row in rows},
        {(row.code, row.year): _share(benchmark, row, children) for row in rows},
    )


def _share(benchmark: Benchmark, row: NationalFigure, children: Mapping[str, int]) -> Published:
    cells = {name.lower(): cell for name, cell in row.cells.items()}
    part = _cell(cells, benchmark.part)
    if benchmark.whole == CHILDREN:
        known = children.get(row.code)
        whole = Published(Decimal(known)) if known else read_cell("x")
    else:
        whole = _cell(cells, benchmark.whole)
    if part.value is None or not whole.value:
        return part if part.value is None else read_cell(whole.symbol or "x")
    return Published(rounded(part.value * benchmark.per / whole.value))


def rounded(value: Decimal) -> Decimal:
    return value.quantize(ONE_PLACE, rounding=ROUND_HALF_UP)


def _cell(cells: Mapping[str, str], name: str) -> Published:
    """A cell as it was published; one that says nothing anybody knows is not available."""
    try:
        return read_cell(cells.get(name, ""))
    except ValueError:
        return read_cell("x")
