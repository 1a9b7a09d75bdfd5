"""A partnership's own words over the ids of an instrument or a tool, and its own thresholds.

The wording of some tools is licensed, and ours is our own. Who holds a licence lays its text over
the same ids: the same questions are asked, in other words, and are answered and weighed alike. A
tool that counts may be given other thresholds with it.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, overload

from sightline.rules.datafile import DataFileError, Table, period
from sightline.rules.screening.parts import Instrument
from sightline.rules.screening.tools.parts import Tool
from sightline.rules.screening.tools.tool_file import check_bands

MANY = 1000


@dataclass(frozen=True)
class OwnWords:
    """Words for every question of one version, in force from `commencement` to `end`.

    of: the key of the instrument or tool, "dash 2026.1". questions: by item id. bands, thresholds:
    the counts from which they are reached, by id, where they differ from the shipped ones.
    """

    of: str
    version: str
    source: str
    commencement: date
    end: date | None
    questions: Mapping[str, str]
    bands: Mapping[str, int]
    thresholds: Mapping[str, int]


def read_own_words(text: str, name: str, known: Iterable[Instrument | Tool]) -> OwnWords:
    """The words in a TOML text. `known`: what they may be laid over.

    DataFileError (a ValueError) names the file and what is wrong: no such version, ids that are
    missing or unknown, each listed; thresholds that do not rise.
    """
    table = _table(text, name)
    table.only(OwnWords)
    commencement, end = period(table)
    words = OwnWords(
        of=table.text("of"),
        version=table.text("version"),
        source=table.text("source"),
        commencement=commencement,
        end=end,
        questions=_questions(table),
        bands=_starts(table, "bands"),
        thresholds=_starts(table, "thresholds"),
    )
    under = {one.key: one for one in known}
    if words.of not in under:
        raise table.fault(f"of {words.of}: there is no such version; there are {_listed(under)}")
    _check(words, under[words.of], table)
    return words


@overload
def in_own_words(asked: Instrument, words: OwnWords | None) -> Instrument: ...
@overload
def in_own_words(asked: Tool, words: OwnWords | None) -> Tool: ...
def in_own_words(asked: Instrument | Tool, words: OwnWords | None) -> Instrument | Tool:
    """The same version with these words in place of ours; itself where there are none."""
    if words is None:
        return asked
    if isinstance(asked, Instrument):
        return _instrument(asked, words.questions)
    return _tool(asked, words)


def as_file(asked: Instrument | Tool, words: OwnWords | None, today: date) -> str:
    """The words in force as a file that could be added again: to read, to translate, to replace."""
    shown = in_own_words(asked, words)
    lines = [
        f"of = {_quoted(asked.key)}",
        f"version = {_quoted(words.version if words else 'as shipped')}",
        f"source = {_quoted(words.source if words else asked.source)}",
        f"commencement = {words.commencement if words else today}",
        "",
        "[questions]",
        *(f"{id_} = {_quoted(question)}" for id_, question in questions_of(shown).items()),
    ]
    if isinstance(shown, Tool):
        lines += _starts_as_file("bands", ((one.id, one.start) for one in shown.bands))
        lines += _starts_as_file("thresholds", ((one.id, one.start) for one in shown.thresholds))
    return "\n".join(lines) + "\n"


def questions_of(asked: Instrument | Tool) -> dict[str, str]:
    """Everything that is asked, by id, in its order."""
    questions = {item.id: item.question for item in asked.items}
    if isinstance(asked, Instrument):
        questions |= {factor.id: factor.question for factor in asked.protective_factors}
    return questions


def _table(text: str, name: str) -> Table:
    try:
        return Table(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"{name}: not readable as TOML: {error}") from error


def _questions(table: Table) -> dict[str, str]:
    inner = table.table("questions")
    return {id_: " ".join(inner.text(id_).split()) for id_ in inner.values}


def _starts(table: Table, key: str) -> dict[str, int]:
    if not table.has(key):
        return {}
    inner = table.table(key)
    return {id_: inner.whole(id_, 0, MANY) for id_ in inner.values}


def _check(words: OwnWords, asked: Instrument | Tool, table: Table) -> None:
    _same_ids(words.questions, questions_of(asked), table, missing_is_a_fault=True)
    if isinstance(asked, Instrument):
        if words.bands or words.thresholds:
            raise table.fault("bands and thresholds are those of a tool that counts")
        return
    _same_ids(words.bands, [one.id for one in asked.bands], table)
    _same_ids(words.thresholds, [one.id for one in asked.thresholds], table)
    check_bands(_tool(asked, words), table)


def _same_ids(
    given: Iterable[str], known: Iterable[str], table: Table, *, missing_is_a_fault: bool = False
) -> None:
    unknown, missing = set(given) - set(known), set(known) - set(given)
    faults = [f"unknown ids: {_listed(unknown)}"] if unknown else []
    if missing and missing_is_a_fault:
        faults.append(f"missing ids: {_listed(missing)}")
    if faults:
        raise table.fault("; ".join(faults))


def _instrument(asked: Instrument, questions: Mapping[str, str]) -> Instrument:
    return replace(
        asked,
        items=tuple(replace(item, question=questions[item.id]) for item in asked.items),
        protective_factors=tuple(
            replace(one, question=questions[one.id]) for one in asked.protective_factors
        ),
    )


def _tool(asked: Tool, words: OwnWords) -> Tool:
    return replace(
        asked,
        items=tuple(replace(item, question=words.questions[item.id]) for item in asked.items),
        bands=tuple(replace(b, start=words.bands.get(b.id, b.start)) for b in asked.bands),
        thresholds=tuple(
            replace(t, start=words.thresholds.get(t.id, t.start)) for t in asked.thresholds
        ),
    )


def _listed(ids: Iterable[str]) -> str:
    """In the order of reading: D2 before D10."""
    return ", ".join(sorted(ids, key=lambda id_: (id_.rstrip("0123456789"), len(id_), id_)))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _starts_as_file(key: str, starts: Iterable[tuple[str, Any]]) -> Iterator[str]:
    lines = [f"{_quoted(id_)} = {start}" for id_, start in starts if start is not None]
    if lines:
        yield from ("", f"[{key}]", *lines)
