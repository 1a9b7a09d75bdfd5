"""How small is too small, as dated data: a partnership's own."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.datafile import current, heading, in_order, read

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Policy:
    """Counts from 1 to `threshold` - 1 are hidden; the others rounded to `round_to`, unless 0."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    threshold: int
    round_to: int

    @property
    def key(self) -> str:
        return f"{self.id} {self.version}"


def load_policy(path: Path) -> Policy:
    """The policy in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(Policy)
    return Policy(
        **heading(table),
        threshold=table.whole("threshold", 3, 50), round_to=table.whole("round_to", 0, 50),
    )  # fmt: skip


@cache
def shipped_policies() -> tuple[Policy, ...]:
    """Every version that comes with Sightline, oldest first."""
    return in_order(DATA, "disclosure_*.toml", load_policy)


def policy_on(day: date) -> Policy:
    """The policy in force on a day, of several that commenced last; LookupError if none is."""
    return current(shipped_policies(), day, "No policy on small counts is")
