"""The catalogue, its document, and the published columns."""

import csv

import pytest

from sightline.demo.dudley import published_tables
from sightline.insight.catalogue import ALL, BY_ID, DOCUMENT, document
from sightline.insight.facts import ALL as FACTS
from sightline.insight.figures.base import Counted
from sightline.insight.periods import Period
from sightline.insight.printing import as_csv, as_text


def test_every_figure_has_an_id_of_its_own():
    assert len(BY_ID) == len(ALL)


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
def test_every_figure_looks_back_and_is_counted_by_every_engine(figure):
    assert figure.facts, "ask facts: nothing else is known as at a moment, or held by a snapshot"
    assert set(figure.facts) <= set(FACTS)
    assert all(fact.name in figure.question for fact in figure.facts)


def test_every_fact_is_asked_by_a_figure_and_has_a_name_of_its_own():
    assert {fact.name for fact in FACTS} == {fact.name for one in ALL for fact in one.facts}
    assert len({fact.name for fact in FACTS}) == len(FACTS)


def test_the_document_says_what_the_classes_say():
    assert DOCUMENT.read_text("utf-8") == document(), "run python -m sightline.insight.catalogue"


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
def test_a_definition_says_who_when_what_and_from_where(figure):
    assert all([figure.name, figure.who, figure.dates, figure.repeat, figure.source])
    for part in (figure.who, figure.dates, figure.repeat):
        assert part.endswith(".")


@pytest.mark.parametrize("table", range(1, 6))
def test_the_columns_are_those_of_the_published_table(table):
    names = tuple(column.name for column in BY_ID[f"s0.table{table}"].columns)
    assert names == published_tables()[table].columns


def test_a_file_is_read_back_as_it_was_written():
    text = as_csv(BY_ID["s0.table3"], [("Less, than", 3, None), ("=1+1", 1, None)])
    assert text.splitlines() == ["band,repeats,percent", '"Less, than",3,', "'=1+1,1,"]
    assert text.count("\r\n") == 3
    assert next(csv.reader([text.splitlines()[1]])) == ["Less, than", "3", ""]


def test_on_a_terminal_numbers_stand_beneath_each_other():
    counted = Counted([(1, 5023, 5023), ("total", 7, 11839)], 1)
    lines = as_text(BY_ID["s0.table1"], counted, Period()).splitlines()
    assert lines[1] == "for the whole record, counted from 1 mention of a child in a notification"
    assert lines[3:6] == [
        "notifications  children  total_notifications",
        "            1     5,023                5,023",
        "        total         7               11,839",
    ]


def test_a_row_note_is_shown_where_its_row_is():
    figure = BY_ID["s0.table4"]
    [(label, note)] = figure.row_notes.items()
    assert note in figure.notes_on([(label, None, None, None, None)])
    assert note not in figure.notes_on([("October 2026 - December 2026",)])
