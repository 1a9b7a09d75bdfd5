"""The themes of an audit of a child's file, as dated data."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from sightline.rules.datafile import Table, current, heading, in_order, no_duplicates, read

DATA = Path(__file__).parent / "data"


class Met(StrEnum):
    """How far a file holds up in one theme. Not applicable counts in no share."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "n_a"

    @property
    def words(self) -> str:
        return {"yes": "Yes", "partly": "Partly", "no": "No", "n_a": "Does not apply"}[self]


@dataclass(frozen=True)
class Theme:
    """One theme: what to ask of the file, and what an earlier audit published of it."""

    id: str
    name: str
    questions: tuple[str, ...]
    published: str


@dataclass(frozen=True)
class FileAudit:
    """Themes that belong together, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    themes: tuple[Theme, ...]

    @property
    def key(self) -> str:
        return f"{self.id} {self.version}"


@cache
def shipped_audits() -> tuple[FileAudit, ...]:
    """Every version that comes with Sightline, oldest first."""
    return in_order(DATA, "file_audit_*.toml", load_audit)


def audit_on(day: date) -> FileAudit:
    """The version in force on a day; LookupError if there is none."""
    return current(shipped_audits(), day, "No audit of files is")


def theme_names() -> dict[str, str]:
    """The name of every theme of every version, in the order of the newest, by id."""
    return {theme.id: theme.name for audit in shipped_audits() for theme in audit.themes}


def load_audit(path: Path) -> FileAudit:
    """The themes in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(FileAudit)
    themes = tuple(map(_theme, table.tables("themes")))
    no_duplicates((theme.id for theme in themes), table)
    return FileAudit(
        **heading(table), themes=themes,
    )  # fmt: skip


def _theme(table: Table) -> Theme:
    table.only(Theme)
    questions = table.texts("questions")
    if not questions:
        raise table.fault("questions must not be empty")
    return Theme(table.text("id"), table.text("name"), questions, table.text("published"))
