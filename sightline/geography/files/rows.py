"""A row of a reference file as the record of ours that it is.

Each reader takes the cells of a row and returns the records it makes; it raises BadRow with what is
wrong with it, in words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sightline.common.models import Record
from sightline.geography.files.columns import Recognised
from sightline.geography.models import (
    AreaValue,
    Edition,
    Kind,
    Measure,
    NationalFigure,
    Postcode,
    SmallArea,
)
from sightline.rules.linkage.identifiers import postcode

CODE = re.compile(r"[EWSNKLM][0-9]{8}")
MONTH = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])")
LEVELS = {"National": "national", "Regional": "regional", "Local authority": "council"}
NAMED_BY = {
    "national": ("country_code", "country_name"),
    "regional": ("region_code", "region_name"),
    "council": ("new_la_code", "la_name"),
}
FIRST_YEAR, LAST_YEAR = 1990, 2100
DECILES = 10

Cells = Sequence[str]
Read = Callable[[Edition, Recognised, Cells], Iterator[Record]]


class BadRow(ValueError):
    """What is wrong with a row."""


def _postcodes(edition: Edition, file: Recognised, cells: Cells) -> Iterator[Record]:
    written = file.cell(cells, "postcode")
    code = postcode(written)
    if not code:
        raise BadRow(f"“{written[:20]}” is no postcode")
    yield Postcode(
        edition=edition, code=code, small_area=_area(file.cell(cells, "small_area")),
        ward=file.cell(cells, "ward")[:9], council=file.cell(cells, "council")[:9],
        introduced=_month(file.cell(cells, "introduced")), ended=_month(file.cell(cells, "ended")),
    )  # fmt: skip


def _lookup(edition: Edition, file: Recognised, cells: Cells) -> Iterator[Record]:
    yield SmallArea(
        edition=edition, code=_area(file.cell(cells, "small_area")),
        name=file.cell(cells, "name")[:80], ward=_area(file.cell(cells, "ward")),
        ward_name=file.cell(cells, "ward_name")[:80], council=file.cell(cells, "council")[:9],
    )  # fmt: skip


def _deprivation(edition: Edition, file: Recognised, cells: Cells) -> Iterator[Record]:
    code = _area(file.cell(cells, "small_area"))
    decile = _number(file.cell(cells, "decile"), "decile")
    if not 1 <= decile <= DECILES:
        raise BadRow(f"the decile is {decile}, and must be from 1 to {DECILES}")
    rank = _number(file.cell(cells, "rank"), "rank")
    yield AreaValue(edition=edition, code=code, measure=Measure.RANK, value=rank)
    yield AreaValue(edition=edition, code=code, measure=Measure.DECILE, value=decile)
    if ward := file.cell(cells, "ward")[:80]:
        yield SmallArea(
            edition=edition, code=code, name=file.cell(cells, "name")[:80], ward=ward,
            ward_name=ward, council=file.cell(cells, "council")[:9],
        )  # fmt: skip


def _children(edition: Edition, file: Recognised, cells: Cells) -> Iterator[Record]:
    places = file.ages or (file.places["children"],)
    many = sum(_number(cells[place], "number of children") for place in places)
    of_councils = edition.kind == Kind.COUNCILS
    code = _area(file.cell(cells, "area" if of_councils else "small_area"))
    yield AreaValue(edition=edition, code=code, measure=Measure.CHILDREN, value=many)


def _published(edition: Edition, file: Recognised, cells: Cells) -> Iterator[Record]:
    row = dict(zip(file.header, (cell.strip() for cell in cells), strict=False))
    level = LEVELS.get(row["geographic_level"])
    if level is None:
        return  # other levels (counts of them change by year) are not compared with
    code, name = (row.get(column, "") for column in NAMED_BY[level])
    yield NationalFigure(
        edition=edition, year=_year(row["time_period"]), level=level,
        code=_area(code), name=name[:80], region=row.get("region_code", "")[:9],
        cells={name: row[name] for name in file.header[_after_category(file) :] if name in row},
    )  # fmt: skip


def _after_category(file: Recognised) -> int:
    return file.places["category"] + 1


READERS: dict[str, Read] = {
    Kind.POSTCODES: _postcodes,
    Kind.LOOKUP: _lookup,
    Kind.DEPRIVATION: _deprivation,
    Kind.CHILDREN: _children,
    Kind.COUNCILS: _children,
    Kind.IN_NEED: _published,
    Kind.REFERRALS: _published,
    Kind.FACTORS: _published,
    Kind.PLANS: _published,
}
OF_PLACES = (Kind.POSTCODES, Kind.LOOKUP, Kind.DEPRIVATION, Kind.CHILDREN)


def records(edition: Edition, file: Recognised, cells: Cells) -> list[Record]:
    """Return the records that a row makes. Raises BadRow."""
    if len(cells) < len(file.header):
        raise BadRow(f"it has {len(cells)} cells, and the header {len(file.header)}")
    return list(READERS[edition.kind](edition, file, cells))


def _area(code: str) -> str:
    if not CODE.fullmatch(code):
        raise BadRow(f"“{code[:20]}” is no code of an area, such as E01009719")
    return code


def _number(text: str, called: str) -> int:
    plain = text.strip().replace(",", "")
    if not (plain.isascii() and plain.isdecimal()):
        raise BadRow(f"the {called} is “{text[:20]}”, and must be a whole number")
    return int(plain)


def _month(text: str) -> date | None:
    """Read "201306" as the first day of that month; nothing where nothing is said."""
    if not text:
        return None
    if not MONTH.fullmatch(text):
        raise BadRow(f"“{text[:20]}” is no year and month, such as 201306")
    return date(int(text[:4]), int(text[4:]), 1)


def _year(text: str) -> int:
    """Read 2025, or 202425 for a financial year, as the year in which it ends."""
    year = int(text[:2] + text[4:6]) if re.fullmatch(r"20\d{4}", text) else _number(text, "year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadRow(f"“{text[:20]}” is no year")
    return year
