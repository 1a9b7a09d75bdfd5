"""Three CSV files of a history: UTF-8, a header, one line feed a row."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from sightline.demo.dudley.history import History
from sightline.demo.dudley.rows import DecisionRow, PersonRow, SocialCareRow

Row = PersonRow | DecisionRow | SocialCareRow


@dataclass(frozen=True)
class Files:
    """Where a history was written."""

    notifications: Path
    decisions: Path
    social_care: Path


def write(history: History, folder: Path) -> Files:
    """Write the three files into `folder`, making it if need be; files there are replaced.

    Dates are YYYY-MM-DD; times are ISO 8601 with their offset; what is not known is empty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = Files(
        notifications=folder / "notifications.csv",
        decisions=folder / "decisions.csv",
        social_care=folder / "social_care.csv",
    )
    _write(files.notifications, PersonRow, history.notifications)
    _write(files.decisions, DecisionRow, history.decisions)
    _write(files.social_care, SocialCareRow, history.social_care)
    return files


def _write(path: Path, shape: type[Row], rows: Sequence[Row]) -> None:
    columns = [field.name for field in fields(shape)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(getattr(row, name)) for name in columns] for row in rows)


def _cell(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
