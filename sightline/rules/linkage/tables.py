"""The lists of `names.toml`, read once."""

import tomllib
from importlib.resources import files
from typing import Any

TABLES: dict[str, Any] = tomllib.loads(
    files(__package__).joinpath("names.toml").read_text(encoding="utf-8")
)


def lines(*tables: str) -> tuple[tuple[str, ...], ...]:
    """The lines of some tables as words, in the order of the file."""
    return tuple(
        tuple(line.split())
        for table in tables
        for text in TABLES[table].values()
        for line in text.strip().splitlines()
    )
