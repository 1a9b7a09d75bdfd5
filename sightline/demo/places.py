"""The geography of Castlebrook: 20 wards, 120 small areas, all invented, lying in the North Sea.

Files are written as their publishers write them and taken in by the same door as a partnership's
own. More families of the demo live where it is more deprived, so that the maps have something to
say.
"""

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from math import sqrt
from pathlib import Path

from sightline.common.clock import local_date
from sightline.demo.dudley.places import STREETS, Home
from sightline.geography.files.lines import HEAD
from sightline.geography.files.running import run
from sightline.geography.importing import About, File, take_file

NATIONAL = Path(__file__).parent / "national"
DFE = (
    "Department for Education, Characteristics of children in need (an extract), Open Government "
    "Licence v3.0"
)
COUNCIL = "E08999001"
WARDS = (
    "Alderholm", "Ashcombe", "Bramblegate", "Castle", "Cinderhill", "Clover Park", "Copperfield",
    "Fernside", "Forgegate", "Hazelmead", "Heron Quay", "Larkfield", "St Thomas's", "Linden",
    "Otterholm", "Priory", "Quarrystead", "Tanner's Row", "Weavers", "Willowhurst",
)  # fmt: skip
ACROSS, DOWN = 15, 8  # small areas; a ward is a block of three by two
WEST, SOUTH, WIDE, HIGH = 2.0, 55.0, 0.24, 0.13
MOST_DEPRIVED = (6, 5)  # the small area: in St Thomas's
AREAS_OF_ENGLAND = 33_755
ELSEWHERE_IN_TOWN = ("ZZ9 1TG", "ZZ9 2HJ", "ZZ9 3SX", "ZZ9 4QT", "ZZ9 5LN", "ZZ9 6DU", "ZZ9 7BD",
                     "ZZ9 8PR", "ZZ9 9WB")  # fmt: skip


@dataclass(frozen=True)
class Area:
    """A small area: where it stands in the grid, and how deprived it is, from 0 to 1."""

    column: int
    row: int
    depth: float
    children: int

    @property
    def number(self) -> int:
        return self.row * ACROSS + self.column

    @property
    def code(self) -> str:
        return f"E01999{self.number + 1:03}"

    @property
    def ward(self) -> int:
        return (self.row // 2) * (ACROSS // 3) + self.column // 3

    @property
    def ward_code(self) -> str:
        return f"E05999{self.ward + 1:03}"

    @property
    def rank(self) -> int:
        return 1 + round((1 - self.depth) * (AREAS_OF_ENGLAND - 1))


@cache
def areas() -> tuple[Area, ...]:
    """Return the small areas, always the same."""
    dice = random.Random(8)  # noqa: S311 - an invented town, no secrets
    return tuple(
        Area(column, row, _depth(column, row, dice), dice.randint(380, 720))
        for row in range(DOWN)
        for column in range(ACROSS)
    )


def _depth(column: int, row: int, dice: random.Random) -> float:
    """Deprivation falls with the distance from one place, and not evenly."""
    across, down = (column - MOST_DEPRIVED[0]) / ACROSS, (row - MOST_DEPRIVED[1]) / DOWN
    away = sqrt(across * across + down * down)
    return min(1.0, max(0.0, 1 - 1.3 * away + dice.uniform(-0.18, 0.18)))


def take_in(now: datetime, *, years: float) -> None:
    """Take the town's files in, as if it had been done before its first notification."""
    at = now - timedelta(days=round(365.25 * years) + 60)
    about = About(f"{at:%B %Y}", "Invented for the demonstration", local_date(at), (COUNCIL,))
    for name, content in {
        "lookup.csv": _lookup(), "postcodes.csv": _postcodes(), "deprivation.csv": _deprived(),
        "children.csv": _children(), "areas.geojson": _boundaries(),
    }.items():  # fmt: skip
        _take(name, content.encode(), about, at)


def take_in_national_figures(now: datetime) -> None:
    """Take in what is real: England, its regions and three councils, as published."""
    about = About("2024 to 2025", DFE, local_date(now))
    for path in sorted(NATIONAL.glob("*.csv")):
        _take(path.name, path.read_bytes(), about, now)


def _take(name: str, content: bytes, about: About, at: datetime) -> None:
    file = File(name, content[:HEAD], sha256(content).hexdigest(), len(content), content)
    edition = take_file(file=file, about=about, by=None, now=at, tell=False)
    run(edition.pk, now=lambda: at)


def _lookup() -> str:
    rows = (
        f"{a.code},{WARDS[a.ward]} {a.number % 6 + 1},{a.ward_code},{WARDS[a.ward]},{COUNCIL}"
        for a in areas()
    )
    return "\n".join(["LSOA21CD,LSOA21NM,WD25CD,WD25NM,LAD25CD", *rows])


def _deprived() -> str:
    of = "Index of Multiple Deprivation (IMD)"
    header = f"LSOA code (2021),Local Authority District code (2024),{of} Rank,{of} Decile"
    rows = (
        f"{area.code},{COUNCIL},{area.rank},{1 + (area.rank - 1) * 10 // AREAS_OF_ENGLAND}"
        for area in areas()
    )
    return "\n".join([header, *rows])


def _children() -> str:
    rows = (f"{area.code},{COUNCIL},{area.children}" for area in areas())
    return "\n".join(["LSOA 2021 Code,LAD 2023 Code,Under 18", *rows])


def _postcodes() -> str:
    rows = (
        f"{postcode},198001,,{COUNCIL},{area.ward_code},{area.code}"
        for postcode, area in where().items()
    )
    return "\n".join(["pcds,dointr,doterm,lad25cd,wd25cd,lsoa21cd", *rows])


@cache
def where() -> dict[str, Area]:
    """Return the small area of every postcode of the town.

    Both sides of each street, where the families live, lie more often where it is more deprived.
    """
    dice = random.Random(9)  # noqa: S311 - an invented town, no secrets
    lived_in = dict.fromkeys(
        Home(street, number).postcode for street in range(len(STREETS)) for number in (1, 2)
    )
    weights = [1 + 5 * area.depth * area.depth for area in areas()]
    found = dict(zip(lived_in, dice.choices(areas(), weights, k=len(lived_in)), strict=True))
    for postcode in ELSEWHERE_IN_TOWN:
        found.setdefault(postcode, dice.choice(areas()))
    return found


def _boundaries() -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"LSOA21CD": area.code, "LSOA21NM": f"{WARDS[area.ward]} {area.number}"},
            "geometry": {"type": "Polygon", "coordinates": [_outline(area)]},
        }
        for area in areas()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _outline(area: Area) -> list[tuple[float, float]]:
    """Corners and, so that borders wind like borders do, a point on each side; neighbours share."""
    x, y = 2 * area.column, 2 * area.row
    around = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1), (0, 0))
    return [_point(x + across, y + down) for across, down in around]


def _point(x: int, y: int) -> tuple[float, float]:
    """Bend a grid to a round town, each point a little aside of where it would be."""
    dice = random.Random(1000 * x + y)  # noqa: S311 - an invented town, no secrets
    u = (x + dice.uniform(-0.45, 0.45)) / ACROSS - 1
    v = (y + dice.uniform(-0.45, 0.45)) / DOWN - 1
    across, down = u * sqrt(max(0.0, 1 - v * v / 2)), v * sqrt(max(0.0, 1 - u * u / 2))
    return WEST + WIDE * (across + 1) / 2, SOUTH + HIGH * (down + 1) / 2
