"""What the rules of screening say, as chapters of the handbook."""

from collections.abc import Iterable, Iterator

from sightline.rules.handbook.parts import Chapter, Section, Table
from sightline.rules.screening.answers import Answer
from sightline.rules.screening.departure import needs_to_set
from sightline.rules.screening.instrument import shipped_instruments
from sightline.rules.screening.outcomes import OutcomeSet, shipped_outcomes
from sightline.rules.screening.parts import Accumulation, Instrument, Item, Uplift
from sightline.rules.screening.tools import (
    Band,
    BandIs,
    Kind,
    Threshold,
    Tool,
    ToolItem,
    shipped_tools,
)
from sightline.rules.screening.wordscale import SCALE_NAMES, scale_name
from sightline.rules.wording import PhraseList, describe, shipped_phrases

FOLDER = "sightline/rules/screening/data"


def chapters() -> tuple[Chapter, ...]:
    """Return a chapter for everything of screening that is dated."""
    return (
        *(describe_instrument(one) for one in shipped_instruments()),
        *(describe_outcomes(one) for one in shipped_outcomes()),
        *(describe_tool(one) for one in shipped_tools()),
        *(describe_phrases(one) for one in shipped_phrases()),
    )


def describe_instrument(instrument: Instrument) -> Chapter:
    """A version of the screening questions."""
    factors = tuple((one.id, one.question) for one in instrument.protective_factors)
    return _dated(
        instrument,
        rules=tuple(_instrument_rules(instrument)),
        lists=(
            *(_domain(instrument, domain.id, domain.name) for domain in instrument.domains),
            _listed_under("What protects the child", ("Id", "Question"), factors),
        ),
    )


def describe_tool(tool: Tool) -> Chapter:
    """A version of another tool."""
    columns = ("Id", "Question", "Answers")
    sections = (
        _listed_under(section.name, columns, tuple(map(_asked, tool.items_of(section.id))))
        for section in tool.sections
    )
    return _dated(
        tool,
        rules=tuple(_tool_rules(tool)),
        lists=tuple(sections),
        where="sightline/rules/screening/tools/data",
    )


def describe_outcomes(outcomes: OutcomeSet) -> Chapter:
    """A set of outcomes."""
    rows = tuple((one.name, one.description, str(one.expected_at)) for one in outcomes.outcomes)
    rule = "A person chooses the outcome. The scale where it usually stands chooses nothing."
    listed = _listed_under("Outcomes", ("Outcome", "What it means", "Usually at scale"), rows)
    return _dated(outcomes, rules=(rule,), lists=(listed,))


def describe_phrases(phrases: PhraseList) -> Chapter:
    """A list of phrases that make the victim responsible."""
    rules = (
        "A text that holds one of these is kept as it was written; a better sentence is suggested.",
        "What stands in double quotation marks is somebody's own words, and is left alone.",
        "How often a phrase was suggested against is counted, without keeping the text.",
    )
    listed = _listed_under("Phrases", ("Words", "Why", "In their place"), tuple(describe(phrases)))
    return _dated(phrases, rules=rules, lists=(listed,), where="sightline/rules/wording/data")


def _dated(
    one: Instrument | Tool | OutcomeSet | PhraseList,
    *,
    rules: tuple[str, ...],
    lists: tuple[Section, ...],
    where: str = FOLDER,
) -> Chapter:
    return Chapter(
        title=one.title,
        key=f"{one.id} {one.version}",
        source=one.source,
        where=where,
        commencement=one.commencement,
        end=one.end,
        sections=(Section("What holds", rules), *lists),
    )


def _listed_under(
    title: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> Section:
    return Section(title, (), (Table(headings, rows),))


def _instrument_rules(instrument: Instrument) -> Iterator[str]:
    names = ", ".join(f"{scale} {name.lower()}" for scale, name in SCALE_NAMES.items())
    yield f"The scales are {names}. Each child has their own."
    yield f"Each question has five answers: {_listed(answer.label for answer in Answer)}."
    yield "The suggested scale is the highest floor among the questions answered Yes."
    yield "A suspected concern points one scale lower, and never below 1."
    yield from (_accumulation(rule) for rule in instrument.accumulations)
    yield from (_uplift(uplift) for uplift in instrument.uplifts)
    yield "What protects the child is weighed by a person. It never lowers the suggested scale."
    yield (
        "How many questions are not known, and how many nobody has asked, is said beside the "
        "suggested scale."
    )
    yield from _departures()


def _departures() -> Iterator[str]:
    up, down = needs_to_set(3, 2), needs_to_set(2, 3)
    higher, lower = (_needs(one.reason, one.second_agency) for one in (up, down))
    yield f"Setting a higher scale than the suggested one needs {higher}."
    yield f"Setting a lower one needs {lower}."


def _needs(reason: bool, second_agency: bool) -> str:
    needed = [words for words, is_needed in (
        ("a reason", reason), ("the agreement of a second agency", second_agency)
    ) if is_needed]  # fmt: skip
    return " and ".join(needed)


def _accumulation(rule: Accumulation) -> str:
    return f"{rule.label} point to scale {rule.points_to} ({rule.id})."


def _uplift(uplift: Uplift) -> str:
    does = [f"scale {uplift.minimum} at least"] if uplift.minimum else []
    if uplift.offers:
        steps = _listed(f"{start} to {to}" for start, to in uplift.offers)
        does.append(f"a person may lift the scale from {steps}")
    words = f"{uplift.label} ({uplift.id}): {'; '.join(does)}." if does else ""
    return " ".join(part for part in (words, uplift.route) if part)


def _domain(instrument: Instrument, id_: str, name: str) -> Section:
    columns = ("Id", "Question", "Floor", "Answered by", "Also")
    return _listed_under(name, columns, tuple(map(_item, instrument.items_of(id_))))


def _item(item: Item) -> tuple[str, ...]:
    floor = f"{item.floor}, {scale_name(item.floor).lower()}" if item.raises else "Raises nothing"
    answered = "The record, or a person" if item.from_history else "A person"
    return (item.id, item.question, floor, answered, item.route)


def _tool_rules(tool: Tool) -> Iterator[str]:
    yield tool.note
    yield f"It is about a {tool.about}."
    if tool.band is BandIs.COUNTED:
        yield f"Answers that count are added up: {_listed(map(_from, tool.bands))}."
    elif tool.band is BandIs.JUDGED:
        yield f"The assessor judges: {_listed(one.label for one in tool.bands)}. A reason is given."
    else:
        yield "It gives no level."
    yield from (f"{_from(one)} counted answers: to be thought of." for one in tool.thresholds)
    if tool.band is BandIs.COUNTED:
        yield "The assessor may give another level, with a reason."
    if tool.one_an_episode:
        yield f"One is made of a {tool.about} and an incident, and the agencies share it."
    if tool.countersigned:
        yield "A manager of the agency that made it signs it too; until then it says that none has."
    yield "It is never turned into another tool's result, nor into the scale of a child."


def _from(one: Band | Threshold) -> str:
    return f"{one.label} from {one.start}"


def _asked(item: ToolItem) -> tuple[str, ...]:
    kinds = {Kind.TEXT: "In words", Kind.NUMBERS: "A number from each person"}
    choices = _listed(choice.label for choice in item.choices)
    return (item.id, item.question, kinds.get(item.kind, choices))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
