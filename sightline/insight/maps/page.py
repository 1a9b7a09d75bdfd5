"""A map prepared for its page: two pictures, their legends, the table and what to make of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from sightline.common.words import moment, plural
from sightline.insight.maps import rates
from sightline.insight.maps.classes import FIVE, Classes, in_classes
from sightline.insight.maps.picture import Picture, drawn
from sightline.insight.maps.places import shapes_of_areas, shapes_of_wards
from sightline.insight.maps.protecting import ALL, Key
from sightline.insight.maps.rates import Rate
from sightline.insight.maps.reading import MapReading, last_two_quarters
from sightline.insight.presenters import days_of
from sightline.rules.disclosure.showing import HIDDEN
from sightline.rules.statistics.intervals import Interval

NOTHING = "none"
HIDDEN_CLASS = "hidden"
DEPTHS = ("Deciles 9 and 10, least deprived", "Deciles 7 and 8", "Deciles 5 and 6",
          "Deciles 3 and 4", "Deciles 1 and 2, most deprived")  # fmt: skip


@dataclass(frozen=True)
class OnMap:
    """An area of a picture: its path, the class of its colour, and what it says."""

    code: str
    path: str
    shade: str
    words: str
    name: str  # to stand on the picture; "" where there are too many for that
    middle: tuple[float, float]


@dataclass(frozen=True)
class InLegend:
    """A colour of a legend, what it stands for, and how many areas have it."""

    shade: str
    words: str
    many: str


@dataclass(frozen=True)
class Drawing:
    """One of the two pictures."""

    id: str
    title: str
    summary: str
    areas: Sequence[OnMap]
    legend: Sequence[InLegend]


@dataclass(frozen=True)
class Line:
    """A row of the table: the code of its place, its cells, and the query of its figures."""

    code: str
    cells: list[str]
    query: str = ""


@dataclass(frozen=True)
class MapPage:
    """Everything that the page of a map shows."""

    caption: str
    picture: Picture
    drawings: Sequence[Drawing]
    rows: Sequence[Line]
    deciles: Sequence[list[str]]
    relation: str
    about: Sequence[tuple[str, str]]
    notes: Sequence[str]
    is_protected: bool


def map_page(reading: MapReading, by: str) -> MapPage:
    """Prepare a map of small areas (`by` is "area") or of wards ("ward")."""
    places, sums, hidden = reading.places, reading.sums, reading.hidden
    found = (rates.of_areas if by == "area" else rates.of_wards)(places, sums, hidden)
    at = reading.as_at
    shapes = shapes_of_areas(at) if by == "area" else shapes_of_wards(places, at)
    picture = drawn({rate.code: shapes[rate.code] for rate in found if rate.code in shapes})
    noun = "small area" if by == "area" else "ward"
    return MapPage(
        caption=f"{reading.counting.name} by {noun}, for {reading.period.words}",
        picture=picture,
        drawings=_drawings(reading, found, picture, noun) if picture.paths else (),
        rows=[*(_line(rate, by, at) for rate in found), *_whole(reading, by)],
        deciles=[_decile_cells(rate) for rate in rates.of_deciles(places, sums, hidden)],
        relation=_relation(reading),
        about=_about(reading, at),
        notes=_notes(reading),
        is_protected=reading.policy is not None,
    )


def columns(by: str) -> list[dict[str, object]]:
    """Return the headings of the table."""
    first = ["Small area", "Ward"] if by == "area" else ["Ward"]
    depth = "Decile of deprivation" if by == "area" else "Mean decile of deprivation"
    numbers = ["Number", "Children", "For each 1,000 children", "Likely between", depth]
    headings: list[dict[str, object]] = [{"text": text} for text in first]
    return [*headings, *({"text": text, "numeric": True} for text in numbers)]


def _drawings(
    reading: MapReading, found: Sequence[Rate], picture: Picture, noun: str
) -> list[Drawing]:
    classes = in_classes(rates.shown_rates(found))
    shades = {rate.code: _shade(rate, classes) for rate in found}
    depths = {rate.code: _depth(rate.decile) for rate in found}
    words = {rate.code: f"{_title(rate)}: {_said(rate, reading)}" for rate in found}
    deep = {rate.code: f"{_title(rate)}: {_decile_words(rate.decile)}" for rate in found}
    names = {rate.code: rate.name for rate in found if not rate.ward}
    return [
        Drawing(
            "rate", f"{reading.counting.name} for each 1,000 children",
            f"A map of {plural(len(picture.paths), noun)}. The darker, the higher the rate. Each "
            "area leads to its row of the table, which holds the same numbers.",
            _on_map(picture, shades, words, names), _legend(shades, classes.words(), picture),
        ),
        Drawing(
            "deprivation", "Deprivation",
            f"A map of the same {plural(len(picture.paths), noun)}. The darker, the more deprived.",
            _on_map(picture, depths, deep, names), _legend(depths, DEPTHS, picture),
        ),
    ]  # fmt: skip


def _on_map(
    picture: Picture, shades: Mapping[str, str], words: Mapping[str, str], names: Mapping[str, str]
) -> list[OnMap]:
    return [
        OnMap(code, path, shades[code], words[code], names.get(code, ""), picture.middles[code])
        for code, path in picture.paths.items()
    ]


def _legend(shades: Mapping[str, str], classes: Sequence[str], picture: Picture) -> list[InLegend]:
    many = Counter(shades[code] for code in picture.paths)
    named = [(str(at), words) for at, words in enumerate(classes)]
    named += [(HIDDEN_CLASS, "Number hidden"), (NOTHING, "Not known")]
    return [
        InLegend(shade, words, plural(many[shade], "area"))
        for shade, words in named
        if many[shade] or shade.isdecimal()
    ]


def _shade(rate: Rate, classes: Classes) -> str:
    if rate.count is None:
        return HIDDEN_CLASS
    return NOTHING if rate.rate is None else str(classes.of(rate.rate))


def _depth(decile: Decimal | None) -> str:
    return NOTHING if decile is None else str(FIVE - 1 - min(FIVE - 1, int((decile - 1) / 2)))


def _title(rate: Rate) -> str:
    return f"{rate.name}, {rate.ward}" if rate.ward and rate.ward != rate.name else rate.name


def _said(rate: Rate, reading: MapReading) -> str:
    if rate.count is None:
        return "the number is hidden"
    counted = plural(rate.count, reading.counting.one, reading.counting.many)
    known = rate.rate is not None
    return f"{counted}, {rate.rate} for each 1,000 children" if known else counted


def _decile_words(decile: Decimal | None) -> str:
    return "deprivation not known" if decile is None else f"decile {decile} of deprivation"


def _line(rate: Rate, by: str, at: datetime) -> Line:
    """A row; of a ward with the question whether the last two quarters are more than before."""
    if by != "ward":
        return Line(rate.code, _cells(rate, by))
    lately = days_of(last_two_quarters(at).period)
    return Line(rate.code, _cells(rate, by), urlencode({"only": f"ward={rate.code}", **lately}))


def _cells(rate: Rate, by: str) -> list[str]:
    names = [rate.name, rate.ward] if by == "area" else [rate.name]
    return [*names, *_numbers(rate), "" if rate.decile is None else str(rate.decile)]


def _numbers(rate: Rate) -> list[str]:
    return [
        HIDDEN if rate.count is None else f"{rate.count:,}",
        "not known" if rate.children is None else f"{rate.children:,}",
        _worked_out(rate, rate.rate),
        _worked_out(rate, _between(rate.interval)),
    ]


def _worked_out(rate: Rate, value: object) -> str:
    return HIDDEN if rate.count is None else "" if value is None else str(value)


def _between(interval: Interval | None) -> str | None:
    return None if interval is None else f"{interval.low:.1f} and {interval.high:.1f}"


def _decile_cells(rate: Rate) -> list[str]:
    return [rate.name, *_numbers(rate)]


def _whole(reading: MapReading, by: str) -> list[Line]:
    """The last rows: what lies in no place that is known, and everything."""
    sums, children = reading.sums, sum(reading.places.children.values())
    rows = []
    if sums.get((by, "")):
        rows.append(["Elsewhere, or not known", _many(reading, (by, ""))])
    rows.append(["Total", _many(reading, ALL), f"{children:,}" if children else ""])
    if by == "area":
        rows = [[name, "", *rest] for name, *rest in rows]
    width = len(columns(by))
    return [Line("", [*cells, *[""] * (width - len(cells))]) for cells in rows]


def _many(reading: MapReading, key: Key) -> str:
    return HIDDEN if key in reading.hidden else f"{reading.sums.get(key, 0):,}"


def _relation(reading: MapReading) -> str:
    found = rates.relation(reading.places, reading.sums)
    if found is None:
        return ""
    return (
        f"Across {found.places} small areas the rank correlation of this rate with deprivation is "
        f"{found.value:+.2f}, likely between {found.interval.low:+.2f} and "
        f"{found.interval.high:+.2f}: {found.words}. It says what is found in the same places, not "
        "what makes what: where fewer tell the police, fewer are counted."
    )


def _about(reading: MapReading, at: datetime) -> list[tuple[str, str]]:
    files = "; ".join(
        f"{edition.get_kind_display()}: {edition.vintage}, {edition.source}"
        for edition in reading.places.editions
    )
    return [
        ("What is counted", reading.counting.who),
        ("As at", moment(at)),
        ("Rates", "For each 1,000 children under 18 who live there, over the days of the map and "
         "not a year. “Likely between” is where the rate may truly lie, as chance goes, 95 times "
         "in 100 (Byar’s method; exact under ten)."),
        ("Wards", "Each small area is counted in the one ward in which most of its homes lie."),
        ("Files", files),
    ]  # fmt: skip


def _notes(reading: MapReading) -> list[str]:
    if not reading.policy or not reading.hidden:
        return []
    return [
        f"{HIDDEN} stands for a number that is hidden: it is under {reading.policy.threshold}, or "
        f"one that is could be worked out of it ({reading.policy.key}). On the map such an area is "
        "hatched."
    ]
