"""Rows of the sharing rules and their versions in words."""

from dataclasses import dataclass
from datetime import date

from sightline.common.words import short_day
from sightline.rules.datafile import DataFileError
from sightline.rules.sharing.describe import cells, headings
from sightline.rules.sharing.pack_file import with_rows
from sightline.rules.sharing.parts import Pack
from sightline.sharing.models import SharingRow


@dataclass(frozen=True)
class VersionWords:
    """One version: what it says by heading, how it stands, and whether it can be signed."""

    pk: int
    title: str
    state: str
    kind: str
    facts: list[tuple[str, str]]
    may_sign: bool


def version_words(one: SharingRow, pack: Pack, today: date) -> VersionWords:
    """one: with who changed and who signed it loaded. pack: the rules in force."""
    state, kind = _state(one, today)
    facts = [
        ("From", short_day(one.commencement)), ("Why", one.because),
        ("Written", f"{one.changed_by.name}, {short_day(one.changed_at)}"),
    ]  # fmt: skip
    if one.signed_by and one.signed_at:
        facts.append(("Signed", f"{one.signed_by.name}, {short_day(one.signed_at)}"))
    return VersionWords(
        one.pk, f"Version {one.number}", state, kind, [*_says(one, pack), *facts],
        one.signed_at is None,
    )  # fmt: skip


def _state(one: SharingRow, today: date) -> tuple[str, str]:
    if one.signed_at is None:
        return "Waits to be signed", "waiting"
    return ("Signed", "done") if one.commencement <= today else ("Begins later", "going")


def _says(one: SharingRow, pack: Pack) -> list[tuple[str, str]]:
    if one.content is None:
        return [("Says", "The row ends: nothing is told by it.")]
    alone = {row.id: None for row in pack.rows}
    try:
        [row] = with_rows(pack, {**alone, one.row: one.content}).rows
    except DataFileError as fault:  # written under rules that knew other words
        return [("Says", str(fault))]
    return [(name, said) for name, said in zip(headings(), cells(row, pack), strict=True) if said]
