"""Which reference file this is, and which of its columns is what, by the names of the columns.

Names change with the year ("lad24cd", "lad25cd"), so they are matched by pattern. Sources of the
names: ONS Postcode Directory and National Statistics Postcode Lookup (user guides), Indices of
Deprivation 2025 File 7, ONS lookups of small areas to wards, mid-year estimates of small areas,
and the Department for Education's children in need and child protection statistics.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sightline.common.errors import NotUnderstood
from sightline.geography.models import Kind

SMALL_AREA = r"lsoa21(cd)?|lsoa code \(2021\)|lsoa 2021 code|2021 super output area.*code"
COUNCIL = r"oslaua|laua|lad\d\d(cd)?|lad \d{4} code|local authority district code.*"
CHILDREN = r"children|under[ -]18s?|(aged )?0( to |-)17( years)?"
WARD = r"osward|ward|wd\d\d(cd)?"
OF_2011 = re.compile(r"lsoa11(cd|nm)?|lsoa code \(2011\)|lsoa 2011 code")
AGE = re.compile(r"(?P<who>[fmp]?) ?(age(d)? ?)?(?P<age>\d{1,2})")
ADULT = 18
OF_PUBLISHED = {"year": "time_period", "level": "geographic_level", "category": "category"}


@dataclass(frozen=True)
class Layout:
    """What a kind of file has: a pattern for the name of each column, and which it must have."""

    kind: Kind
    names: dict[str, str]
    needed: dict[str, str]  # field: what to call it when it is missing
    mark: str = ""  # the field without which it is certainly no file of this kind
    is_of_small_areas: bool = False  # without them it may be a file of another kind


@dataclass(frozen=True)
class Recognised:
    """The kind of a file, and where in a row each field stands."""

    kind: Kind
    places: dict[str, int]
    ages: tuple[int, ...] = ()  # places of the single years of age under 18
    header: tuple[str, ...] = field(default=(), compare=False)

    def cell(self, cells: Sequence[str], name: str) -> str:
        """Return what a row has for a field, or "" where the file has no such column."""
        place = self.places.get(name)
        return cells[place].strip() if place is not None else ""


def _published(kind: Kind, mark: str) -> Layout:
    names = OF_PUBLISHED | {"mark": mark}
    return Layout(kind, names, {name: f"“{column}”" for name, column in names.items()}, "mark")


LAYOUTS = (
    Layout(
        Kind.POSTCODES,
        {"postcode": "pcds", "postcode_2": "pcd8|pcd2|pcd7|pcd|postcode", "small_area": SMALL_AREA,
         "council": COUNCIL, "ward": WARD, "introduced": "dointr", "ended": "doterm"},
        {"postcode": "postcode (“pcds”)", "small_area": "small area of 2021 (“lsoa21cd”)"},
        "postcode",
    ),
    Layout(
        Kind.DEPRIVATION,
        {"small_area": SMALL_AREA, "name": r"lsoa name \(2021\)|lsoa21nm", "council": COUNCIL,
         "rank": r"index of multiple deprivation \(imd\) rank.*",
         "decile": r"index of multiple deprivation \(imd\) decile.*", "ward": r"ward name.*"},
        {"small_area": "small area (“LSOA code (2021)”)", "rank": "rank of deprivation",
         "decile": "decile of deprivation"},
        "rank",
    ),
    Layout(
        Kind.CHILDREN,
        {"small_area": SMALL_AREA, "council": COUNCIL,
         "children": CHILDREN},
        {"small_area": "small area (“LSOA 2021 Code”)",
         "children": "“children” (under 18), nor single years of age from 0 to 17"},
        "children", is_of_small_areas=True,
    ),
    Layout(
        Kind.LOOKUP,
        {"small_area": SMALL_AREA, "name": "lsoa21nm", "ward": WARD, "ward_name": r"wd\d\dnm",
         "council": COUNCIL},
        {"small_area": "small area (“LSOA21CD”)", "ward": "ward (such as “WD25CD”)"},
        "ward", is_of_small_areas=True,
    ),
    Layout(
        Kind.COUNCILS,
        {"area": r"(area |geography |new_la_)?code|lad\d\d(cd)?|ladcode\d\d", "children": CHILDREN},
        {"area": "code of the council (“Code”)",
         "children": "“children” (under 18), nor single years of age from 0 to 17"},
        "children",
    ),
    _published(Kind.REFERRALS, "rereferral_percent"),
    _published(Kind.FACTORS, "episodes_with_assessment_factor"),
    _published(Kind.PLANS, "cpp_at31"),
    _published(Kind.IN_NEED, "at31_episodes"),
)  # fmt: skip


def recognise(header: Sequence[str]) -> Recognised:
    """Return what file has this header. Raises NotUnderstood with what it should have had."""
    names = [" ".join(name.lower().split()) for name in header]
    _must_not_be_of_2011(names)
    for layout in LAYOUTS:
        found = _places(layout, names)
        ages = _ages(names) if "children" in layout.names else ()
        if layout.mark not in found and not ages:
            continue
        if layout.is_of_small_areas and "small_area" not in found:
            continue
        _must_have_all(layout, found, ages)
        return Recognised(layout.kind, found, ages, tuple(header))
    raise NotUnderstood(_unknown(header))


def _places(layout: Layout, names: list[str]) -> dict[str, int]:
    found = {
        called: place
        for called, pattern in layout.names.items()
        if (place := _first(pattern, names)) is not None
    }
    if "postcode_2" in found:
        found.setdefault("postcode", found["postcode_2"])
    return found


def _first(pattern: str, names: list[str]) -> int | None:
    return next((at for at, name in enumerate(names) if re.fullmatch(pattern, name)), None)


def _ages(names: list[str]) -> tuple[int, ...]:
    """Return the columns of single years under 18; where they are by sex, those of both."""
    found = [(at, match) for at, name in enumerate(names) if (match := AGE.fullmatch(name))]
    young = [(at, match["who"]) for at, match in found if int(match["age"]) < ADULT]
    by_sex = [at for at, who in young if who in ("f", "m")]
    of_both = [at for at, who in young if who not in ("f", "m")]
    if len(by_sex) == 2 * ADULT:
        return tuple(by_sex)
    return tuple(of_both) if len(of_both) == ADULT else ()


def _must_not_be_of_2011(names: list[str]) -> None:
    old = next((name for name in names if OF_2011.fullmatch(name)), "")
    if old and _first(SMALL_AREA, names) is None:
        raise NotUnderstood(
            f"This file has the small areas of 2011 (column “{old}”). Take an edition that has "
            "those of 2021: the two cannot be compared."
        )


def _must_have_all(layout: Layout, found: dict[str, int], ages: tuple[int, ...]) -> None:
    missing = [
        words for name, words in layout.needed.items()
        if name not in found and not (name == "children" and ages)
    ]  # fmt: skip
    if missing:
        raise NotUnderstood(
            *(f"This looks like: {layout.kind.label}. It has no column {it}." for it in missing)
        )


def _unknown(header: Sequence[str]) -> str:
    names = ", ".join(f"“{name.strip()}”" for name in header[:6])
    return (
        f"This is none of the files that are read here. Its columns are {names}"
        f"{' and more' if len(header) > 6 else ''}. The page says which files are."
    )
