"""Every chart has its table, every table its definition, every definition a test."""

import re

import pytest

from sightline.insight.catalogue import ALL, BY_ID
from sightline.insight.dashboards.all import ALL as DASHBOARDS
from sightline.insight.dashboards.reader import Reader
from sightline.insight.presenters import definition
from sightline.insight.report.sections import PLANNED
from tests.policy.walk import ROOT
from tests.world import DANIEL, LEILA, MARIA, NOW, SAM

# What asks all figures alike says nothing of any one's definition.
OF_ALL = {
    f"test_{name}.py"
    for name in ("nothing_is_alone", "csvw", "catalogue", "change", "dashboards", "properties",
                 "snapshots", "spark")
}  # fmt: skip
TESTS = {
    str(path): path.read_text("utf-8")
    for path in (ROOT / "tests").rglob("test_*.py")
    if path.name not in OF_ALL
}
PANELS = [
    *(panel for board in DASHBOARDS for panel in board.panels),
    *(planned.panel for planned in PLANNED),
]


def names_of(figure):
    """By what a test asks for a figure: its id, its class, or the number of a published table."""
    names = [f'"{re.escape(figure.id)}"', rf"\b{type(figure).__name__}\b"]
    if figure.id.startswith("s0.table"):
        names.append(rf"\brows\({figure.id[-1]}\b")
    return re.compile("|".join(names))


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
def test_every_definition_says_everything_and_has_a_test_of_its_own(figure):
    assert all(words and text for words, text in definition(figure))
    assert [name for name, text in TESTS.items() if names_of(figure).search(text)]


def test_a_figure_without_a_test_would_be_found():
    class Untried(type(ALL[0])):
        id = "s9.untried"

    assert not [name for name, text in TESTS.items() if names_of(Untried()).search(text)]


@pytest.mark.django_db
def test_every_chart_is_drawn_from_the_table_beside_it_and_every_table_is_of_a_figure(world):
    for days in (20, 200, 300, 400):
        world.earlier(days, f"NM-{days}", MARIA, DANIEL, LEILA, SAM)
    reader = Reader(world.user("chair"), NOW)
    drawn = 0
    for make in PANELS:
        panel = make(reader)
        assert panel.figure in BY_ID
        assert panel.caption.startswith(BY_ID[panel.figure].name)
        assert all(len(row) == len(panel.columns) for row in panel.rows)
        assert panel.rows or panel.chart is None, panel.question
        drawn += panel.chart is not None
    assert drawn > 3
    for planned in PLANNED:
        section = planned.made(reader)
        assert section.definition == definition(BY_ID[planned.figure])
        assert planned.panel(reader).figure == planned.figure


def test_every_page_that_draws_has_a_table_and_what_is_counted():
    templates = (ROOT / "sightline" / "templates" / "insight").glob("*.html")
    draws = {path.name: text for path in templates if "app-chart" in (text := path.read_text())
             or "app-map" in text}  # fmt: skip
    assert draws.keys() >= {"figure.html", "dashboard.html", "report.html", "map.html"}
    for name, text in draws.items():
        assert re.search(r"\btable\(", text), name
        assert re.search(r"summary\(|Definition and files", text), name
