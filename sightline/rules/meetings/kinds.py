"""The kinds of meetings as dated data. A newer version stands beside the old one.

A list is drawn up by rules in the order in which they stand in the file: a case stands where the
first rule that fits it stands, and every rule that fits it says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.datafile import Table, in_force, no_duplicates, period, read

DATA = Path(__file__).parent / "data"
FAMILIES, PAIRS = "families", "pairs"
A_YEAR_OF_HOURS = 8784


@dataclass(frozen=True)
class Listed:
    """A rule that puts a case on a list. What is None or empty is not asked.

    words: why, in a sentence; {scale} and {recent} are filled in. scale, recent: at least so much.
    """

    id: str
    words: str
    scale: int | None
    grades: tuple[str, ...]
    late: bool
    due_within_hours: int | None
    recent: int | None
    criteria: tuple[str, ...]

    @property
    def topic(self) -> str:
        """What it asks about. Of rules on one topic the first that fits is said: of a case that
        is late nobody needs to hear that it is due soon. "" asks nothing: it lists the rest."""
        if self.criteria:
            return self.id
        if self.grades:
            return "grade"
        if self.late or self.due_within_hours:
            return "clock"
        return "scale" if self.scale else "recent" if self.recent else ""


@dataclass(frozen=True)
class Kind:
    """A kind of meeting: who sits in it, for how long, which cases it lists and how.

    about: families, or pairs of a victim and a perpetrator. members: kinds of agencies.
    closes_minutes_before: how long before it begins its list closes.
    """

    id: str
    version: str
    name: str
    source: str
    commencement: date
    end: date | None
    about: str
    members: tuple[str, ...]
    minutes: int
    minutes_a_case: int
    closes_minutes_before: int
    notified_within_hours: int
    listed: tuple[Listed, ...]

    @property
    def key(self) -> str:
        """What records keep: "screening-meeting 2026.1"."""
        return f"{self.id} {self.version}"

    @property
    def room(self) -> int:
        """How many cases fit into it."""
        return self.minutes // self.minutes_a_case


def load_kind(path: Path) -> Kind:
    """Return the kind in a TOML file. DataFileError (a ValueError) says what is wrong in it."""
    return _parse(read(path))


@cache
def shipped_kinds() -> tuple[Kind, ...]:
    """Return every version of every kind that comes with Sightline, oldest first."""
    files = (path for path in DATA.glob("*.toml") if read(path).has("minutes_a_case"))
    return tuple(sorted(map(load_kind, files), key=lambda kind: (kind.commencement, kind.id)))


def kinds_on(day: date, among: Sequence[Kind] | None = None) -> tuple[Kind, ...]:
    """Return the kinds in force on a day; of several versions the one that commenced last."""
    kinds = shipped_kinds() if among is None else among
    current = {kind.id: kind for kind in kinds if in_force(kind, day)}
    return tuple(current.values())


def kind_called(key: str) -> Kind:
    """Return the shipped kind of that key, in force or not; LookupError if there is none."""
    for kind in shipped_kinds():
        if kind.key == key:
            return kind
    raise LookupError(f"No kind of meeting is called {key!r}.")


def _parse(table: Table) -> Kind:
    table.only(Kind)
    commencement, end = period(table)
    about = table.text("about")
    if about not in (FAMILIES, PAIRS):
        raise table.fault(f"about must be {FAMILIES} or {PAIRS}, not {about!r}")
    listed = tuple(map(_listed, table.tables("listed")))
    no_duplicates((one.id for one in listed), table)
    members = table.texts("members")
    if not members:
        raise table.fault("members must name a kind of agency at least")
    return Kind(
        id=table.text("id"), version=table.text("version"), name=table.text("name"),
        source=table.text("source"), commencement=commencement, end=end, about=about,
        members=members, minutes=table.whole("minutes", 5, 480),
        minutes_a_case=table.whole("minutes_a_case", 1, 120),
        closes_minutes_before=table.whole("closes_minutes_before", 0, 20_160),
        notified_within_hours=table.whole("notified_within_hours", 1, A_YEAR_OF_HOURS),
        listed=listed,
    )  # fmt: skip


def _listed(table: Table) -> Listed:
    table.only(Listed)
    words = table.text("words")
    try:
        words.format(scale=1, recent=1)
    except (LookupError, ValueError) as error:
        raise table.fault(f"words may only hold {{scale}} and {{recent}}: {error}") from error
    return Listed(
        id=table.text("id"), words=words, scale=_perhaps(table, "scale", 1, 4),
        grades=table.texts("grades"), late=table.flag("late", missing=False),
        due_within_hours=_perhaps(table, "due_within_hours", 1, A_YEAR_OF_HOURS),
        recent=_perhaps(table, "recent", 2, 100), criteria=table.texts("criteria"),
    )  # fmt: skip


def _perhaps(table: Table, key: str, low: int, high: int) -> int | None:
    return table.whole(key, low, high) if table.has(key) else None
