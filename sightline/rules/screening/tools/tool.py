"""Which tools there are, and which versions are in force on a day."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.datafile import in_force
from sightline.rules.screening.tools.parts import Tool
from sightline.rules.screening.tools.tool_file import parse
from sightline.rules.screening.versions import load_versions

DATA = Path(__file__).parent / "data"


def load_tools(paths: Iterable[Path]) -> tuple[Tool, ...]:
    """The tools in TOML files, oldest first; a version may be based on another of them.

    DataFileError (a ValueError) names the file, the entry and the fault.
    """
    return load_versions(paths, parse)


@cache
def shipped_tools() -> tuple[Tool, ...]:
    """Every version of every tool that comes with Sightline, oldest first."""
    return load_tools(DATA.glob("*.toml"))


def tools_on(day: date) -> tuple[Tool, ...]:
    """The tools in force on `day`, by title; of each the version that commenced last."""
    newest = {tool.id: tool for tool in shipped_tools() if in_force(tool, day)}
    return tuple(sorted(newest.values(), key=lambda tool: tool.title))


def tool_called(key: str) -> Tool:
    """The shipped version with that key, such as "dash 2026.1"; LookupError if none."""
    for tool in shipped_tools():
        if tool.key == key:
            return tool
    raise LookupError(f"No tool is called {key!r}.")
