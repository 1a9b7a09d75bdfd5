"""What the answers of one tool come to, in that tool's own terms."""

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.rules.screening.tools.parts import Band, BandIs, Kind, Threshold, Tool
from sightline.rules.screening.tools.reading import Said

NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Result:
    """counted: answers that the tool adds up; None where it adds none. unknown: choices that were
    not known or left out, of `asked`. band: the counted one. reached: thresholds from which
    something else is to be thought of. because: in words."""

    tool: str
    counted: int | None
    unknown: int
    asked: int
    band: Band | None
    reached: tuple[Threshold, ...]
    because: str


def result(tool: Tool, answers: Mapping[str, Said]) -> Result:
    """Count what the tool counts; a tool that counts nothing gives no band."""
    choices = [item for item in tool.items if item.kind is Kind.CHOICE]
    unknown = sum(answers.get(item.id, NOT_KNOWN) == NOT_KNOWN for item in choices)
    open_words = f"{unknown} of {len(choices)} not known or not asked"
    if tool.band is not BandIs.COUNTED:
        words = f"Nothing is added up; {open_words}." if choices else "Nothing is added up."
        return Result(tool.key, None, unknown, len(choices), None, (), words)
    counted = sum(
        choice.counts and answers.get(item.id) == choice.id
        for item in choices
        for choice in item.choices
    )
    band = [one for one in tool.bands if one.start is not None and one.start <= counted][-1]
    reached = tuple(one for one in tool.thresholds if one.start <= counted)
    words = f"{counted} counted, {band.label.lower()} from {band.start}; {open_words}."
    return Result(tool.key, counted, unknown, len(choices), band, reached, words)


def needs_reason(found: Result, band: str) -> bool:
    """Whether the assessor's band is another than the counted one, and so needs a reason."""
    return found.band is not None and found.band.id != band
