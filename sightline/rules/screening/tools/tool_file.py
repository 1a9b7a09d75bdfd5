"""From a TOML table to a tool; whatever is wrong in it is refused with its place."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from sightline.rules.datafile import Table, heading, no_duplicates
from sightline.rules.screening.tools.parts import (
    About,
    AnswerSet,
    Band,
    BandIs,
    Choice,
    Kind,
    Section,
    Threshold,
    Tool,
    ToolItem,
)

MANY = 1000
E = TypeVar("E", bound=StrEnum)


def parse(table: Table) -> Tool:
    """The tool that `table` describes. DataFileError when any part of it is wrong."""
    table.only(Tool, "answer_sets")
    sets = _answer_sets(table)
    tool = Tool(
        **heading(table),
        note=table.text("note"),
        about=_one_of(table, "about", About),
        band=_one_of(table, "band", BandIs),
        sections=tuple(_section(t) for t in table.tables("sections")),
        items=tuple(_item(t, sets) for t in table.tables("items")),
        bands=tuple(_band(t) for t in _some(table, "bands")),
        thresholds=tuple(_threshold(t) for t in _some(table, "thresholds")),
        one_an_episode=table.flag("one_an_episode", missing=False),
        countersigned=table.flag("countersigned", missing=False),
    )
    _check_items(tool, table)
    check_bands(tool, table)
    return tool


def _one_of(table: Table, key: str, kind: type[E]) -> E:
    value = table.text(key)
    if value not in list(kind):
        raise table.fault(f"{key} must be one of {', '.join(kind)}, not {value!r}")
    return kind(value)


def _some(table: Table, key: str) -> tuple[Table, ...]:
    return table.tables(key) if table.has(key) else ()


def _answer_sets(table: Table) -> dict[str, AnswerSet]:
    found = [_answer_set(t) for t in _some(table, "answer_sets")]
    no_duplicates((one.id for one in found), table)
    return {one.id: one for one in found}


def _answer_set(table: Table) -> AnswerSet:
    table.only(AnswerSet)
    choices = tuple(_choice(t) for t in table.tables("choices"))
    no_duplicates((choice.id for choice in choices), table)
    return AnswerSet(table.text("id"), choices)


def _choice(table: Table) -> Choice:
    table.only(Choice)
    return Choice(table.text("id"), table.text("label"), table.flag("counts", missing=False))


def _section(table: Table) -> Section:
    table.only(Section)
    return Section(table.text("id"), table.text("name"))


def _item(table: Table, sets: Mapping[str, AnswerSet]) -> ToolItem:
    table.only(ToolItem, "answers")
    kind = _one_of(table, "kind", Kind) if table.has("kind") else Kind.CHOICE
    question = table.text("question")
    if not question.endswith("?"):
        raise table.fault("question must end with a question mark")
    return ToolItem(
        id=table.text("id"),
        section=table.text("section"),
        question=question,
        kind=kind,
        choices=_choices(table, sets) if kind is Kind.CHOICE else (),
        paired_with=table.text("paired_with") if table.has("paired_with") else "",
        required=table.flag("required", missing=False),
        quoted=table.flag("quoted", missing=False),
    )


def _choices(table: Table, sets: Mapping[str, AnswerSet]) -> tuple[Choice, ...]:
    wanted = table.text("answers")
    if wanted not in sets:
        raise table.fault(f"unknown answers {wanted}")
    return sets[wanted].choices


def _band(table: Table) -> Band:
    table.only(Band, "from")
    return Band(
        id=table.text("id"),
        label=table.text("label"),
        meaning=table.text("meaning") if table.has("meaning") else "",
        start=table.whole("from", 0, MANY) if table.has("from") else None,
    )


def _threshold(table: Table) -> Threshold:
    table.only(Threshold, "from")
    return Threshold(table.text("id"), table.text("label"), table.whole("from", 1, MANY))


def _check_items(tool: Tool, table: Table) -> None:
    no_duplicates((section.id for section in tool.sections), table)
    no_duplicates((item.id for item in tool.items), table)
    sections = {section.id for section in tool.sections}
    for item in tool.items:
        if item.section not in sections:
            raise table.fault(f"item {item.id}: unknown section {item.section}")
        other = tool.items_by_id.get(item.paired_with)
        if item.paired_with and (other is None or other.paired_with != item.id):
            raise table.fault(f"item {item.id}: {item.paired_with} is not paired with it in turn")


def check_bands(tool: Tool, table: Table) -> None:
    """Counted bands start at 0 and rise within what can be counted; judged ones have no start."""
    no_duplicates((band.id for band in tool.bands), table)
    starts = [band.start for band in tool.bands]
    if tool.band is BandIs.COUNTED:
        _check_counted(tool, table)
    elif any(start is not None for start in starts) or tool.thresholds:
        raise table.fault(f"band is {tool.band}: bands have no from, and there is no threshold")
    if bool(tool.bands) != (tool.band is not BandIs.NONE):
        raise table.fault(f"band is {tool.band}, and there are {len(tool.bands)} bands")


def _check_counted(tool: Tool, table: Table) -> None:
    starts = [-1 if band.start is None else band.start for band in tool.bands]
    if not starts or starts[0] != 0 or starts != sorted(set(starts)):
        raise table.fault("bands must each have a from: 0 at first, then rising")
    most = sum(any(choice.counts for choice in item.choices) for item in tool.items)
    reached = {one.id: one.start or 0 for one in tool.bands}
    for id_, start in (*reached.items(), *((one.id, one.start) for one in tool.thresholds)):
        if start > most:
            raise table.fault(f"{id_}: from {start}, and only {most} can be counted")
