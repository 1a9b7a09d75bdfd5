"""What is in the report, in its order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from sightline.insight.dashboards import panels
from sightline.insight.dashboards.panels import Making
from sightline.insight.dashboards.reader import Reader
from sightline.insight.presenters import Shown, definition, shown
from sightline.insight.reading import Reading
from sightline.insight.report import sentences

Saying = Callable[[Reading], Iterable[str]]


@dataclass(frozen=True)
class Section:
    """A question, what the table says, the chart and the table, with what was counted."""

    question: str
    says: tuple[str, ...]
    chart: Markup | None
    table: Shown
    definition: list[tuple[str, str]]


@dataclass(frozen=True)
class Planned:
    """A section to be: the figure, the panel whose chart it takes, and its sentences."""

    figure: str
    panel: Making
    says: Saying

    def made(self, reader: Reader) -> Section:
        reading, panel = reader.reading(self.figure), self.panel(reader)
        said = tuple(self.says(reading)) or panel.answer
        return Section(
            panel.question, said, panel.chart, shown(reading), definition(reading.figure)
        )


def _trend(reading: Reading) -> Iterable[str]:
    """What a series says is said by its panel."""
    return ()


PLANNED = (
    Planned("s0.table1", panels.often, lambda reading: sentences.named(reading, "children")),
    Planned("s0.table2", panels.households, lambda reading: sentences.named(reading, "households")),
    Planned("trend.quarters", panels.quarters, _trend),
    Planned("s0.table3", panels.gaps, sentences.repeated),
    Planned("s0.table4", panels.risk, sentences.scaled),
    Planned("s0.table5", panels.followed, sentences.followed),
    Planned("done.outcomes", panels.done, sentences.recommended),
    Planned("done.agencies", panels.behind, _trend),
    Planned("s4.told_by_day", panels.told_by_day, sentences.told),
)
FIGURES = tuple(planned.figure for planned in PLANNED)


def report(reader: Reader) -> list[Section]:
    """Make every section. Raises NotWholeError where the days are not for its reader."""
    return [planned.made(reader) for planned in PLANNED]
