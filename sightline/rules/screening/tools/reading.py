"""Reading the answers to a tool: what is missing or wrong is said, all of it at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sightline.rules.screening.tools.parts import Kind, Tool, ToolItem

LOWEST, HIGHEST = 0, 10
Number = tuple[str, int]  # who gave it, and the number
Said = str | tuple[Number, ...]


class NotAnswered(ValueError):
    """Answers that cannot be kept; `reasons` say which and why, by item id."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(reasons.values()))
        self.reasons = dict(reasons)


def read_answers(tool: Tool, given: Mapping[str, Any]) -> dict[str, Said]:
    """The answers that were given, in the tool's order; what was left empty is left out.

    given: by item id a choice's id, a text, or pairs of who and number. NotAnswered for a choice or
    number that the tool does not have, a required item left out, half of a pair, no answer at all.
    ValueError for an id that the tool does not have.
    """
    if strange := sorted(set(given) - set(tool.items_by_id)):
        raise ValueError(f"{tool.title} does not ask {', '.join(strange)}.")
    said = {item.id: _said(item, given.get(item.id)) for item in tool.items}
    answers = {id_: value for id_, value in said.items() if value}
    if wrong := dict(_wrong(tool, answers)):
        raise NotAnswered(wrong)
    return answers


def _said(item: ToolItem, value: Any) -> Said:
    if item.kind is Kind.NUMBERS:
        pairs: Sequence[Any] = value or ()
        return tuple((str(who).strip(), number) for who, number in pairs)
    return str(value or "").strip()


def _wrong(tool: Tool, answers: Mapping[str, Said]) -> Iterator[tuple[str, str]]:
    if not answers:
        yield tool.items[0].id, "Answer at least one question"
    for item in tool.items:
        value = answers.get(item.id)
        if value is None:
            if item.required:
                yield item.id, f"Answer {item.id}: {item.question}"
            elif item.paired_with in answers:
                yield item.id, f"Answer {item.id} too: it goes with {item.paired_with}"
        elif item.kind is Kind.CHOICE and value not in {choice.id for choice in item.choices}:
            yield item.id, f"Choose one of the answers to {item.id}"
        elif item.kind is Kind.NUMBERS and not all(_fits(pair) for pair in value):
            yield item.id, f"Give a number from {LOWEST} to {HIGHEST} and say whose it is"


def _fits(pair: Any) -> bool:
    who, number = pair
    return bool(who) and type(number) is int and LOWEST <= number <= HIGHEST
