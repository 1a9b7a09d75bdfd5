"""From a TOML file to the sharing rules; whatever is wrong in it is refused with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from typing import TypeVar

from sightline.rules.datafile import Table, current, heading, in_order, no_duplicates, read
from sightline.rules.screening.wordscale import HIGHEST, LOWEST
from sightline.rules.sharing.parts import (
    Agreement,
    Extent,
    Matter,
    Named,
    Pack,
    Recipient,
    Row,
)

DATA = Path(__file__).parent / "data"
Code = TypeVar("Code", bound=StrEnum)
NO_SCALE = 0  # stands for a child without one where questions are compared
# The usual ground; a row with another says so.
USUAL = "UK GDPR 6(1)(e); 9(2)(g) with Data Protection Act 2018 Schedule 1 paragraph 18"


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """Every version that comes with Sightline, oldest first."""
    return in_order(DATA, "sharing_*.toml", lambda path: parse(read(path)))


def pack_on(day: date) -> Pack:
    """The rules in force on `day`. LookupError before the first: nothing may be told by rule."""
    return current(shipped_packs(), day, "No sharing rules are")


def parse(table: Table) -> Pack:
    """The rules that `table` describes. DataFileError when any part of it is wrong."""
    table.only(Pack)
    pack = Pack(
        **heading(table),
        matters=tuple(_named(t) for t in table.tables("matters")),
        recipients=tuple(_named(t) for t in table.tables("recipients")),
        unsafe=tuple(_named(t) for t in table.tables("unsafe")),
        rows=tuple(_row(t) for t in table.tables("rows")),
    )
    _check(pack, table)
    return pack


def _named(table: Table) -> Named:
    table.only(Named)
    return Named(table.text("id"), table.text("name"))


def _row(table: Table) -> Row:
    table.only(Row)
    return Row(
        id=table.text("id"),
        matters=_codes(table, "matters", Matter),
        to=_codes(table, "to", Recipient),
        extent=_code(table, "extent", Extent, table.text("extent")),
        gateway=table.text("gateway"),
        basis=table.text("basis") if table.has("basis") else USUAL,
        from_scale=_scale(table, "from_scale"),
        to_scale=_scale(table, "to_scale"),
        only_if=table.text("only_if") if table.has("only_if") else "",
        agreement=_code(
            table, "agreement", Agreement,
            table.text("agreement") if table.has("agreement") else Agreement.NOT_NEEDED,
        ),
        limits=table.texts("limits"),
        say=table.texts("say"),
        never=table.flag("never", missing=False),
        version=table.text("version") if table.has("version") else "",
    )  # fmt: skip


def as_content(row: Row) -> dict[str, object]:
    """The row as a file would say it: what `with_rows` reads again."""
    said: dict[str, object] = {
        field: [str(one) for one in value] if isinstance(value, tuple) else value
        for field, value in vars(row).items()
    }
    return {key: value for key, value in said.items() if value not in (None, "", [])}


def with_rows(pack: Pack, changed: Mapping[str, Mapping[str, object] | None]) -> Pack:
    """The rules with some rows as a partnership has changed them, by their ids; None ends a row.

    An id that is not there yet is a new row. DataFileError where any part of it is wrong, or two
    rows would answer one question.
    """
    table = Table({}, f"{pack.key} as changed")
    kept = {row.id: row for row in pack.rows}
    for row_id, content in changed.items():
        if content is None:
            kept.pop(row_id, None)
        else:
            kept[row_id] = _changed(row_id, content)
    made = replace(pack, rows=tuple(kept.values()))
    _check(made, table)
    return made


def _changed(row_id: str, content: Mapping[str, object]) -> Row:
    return _row(Table({**content, "id": row_id}, f"row {row_id}"))


def _codes(table: Table, key: str, kind: type[Code]) -> tuple[Code, ...]:
    codes = tuple(_code(table, key, kind, code) for code in table.texts(key))
    if not codes:
        raise table.fault(f"{key} must name at least one")
    return codes


def _code(table: Table, key: str, kind: type[Code], code: str) -> Code:
    if code not in set(kind):
        raise table.fault(f"{key}: unknown {code!r}; known are {', '.join(kind)}")
    return kind(code)


def _scale(table: Table, key: str) -> int | None:
    return table.whole(key, LOWEST, HIGHEST) if table.has(key) else None


def _check(pack: Pack, table: Table) -> None:
    """Every code has its words, every row its own id, and every question one answer at most."""
    no_duplicates((row.id for row in pack.rows), table)
    for names, kind in ((pack.matters, Matter), (pack.recipients, Recipient)):
        no_duplicates((named.id for named in names), table)
        if missing := sorted(set(kind) - {named.id for named in names}):
            raise table.fault(f"no words for {', '.join(missing)}")
    answered: dict[tuple[str, str, int], str] = {}
    for row in pack.rows:
        for question in _questions(row):
            if other := answered.get(question):
                what, whom, scale = question
                at = f"at scale {scale}" if scale else "without a scale"
                raise table.fault(f"{row.id} and {other} both answer {what} to {whom} {at}")
            answered[question] = row.id


def _questions(row: Row) -> Iterator[tuple[str, str, int]]:
    yield from product(row.matters, row.to, row.scales or range(NO_SCALE, HIGHEST + 1))
