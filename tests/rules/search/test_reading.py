"""A line of search as people type it, and what each part of it may mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.rules.search.parts import AGE, Kind
from sightline.rules.search.reading import MOST_PARTS, read

TODAY = date(2026, 11, 22)


def meant(line):
    """Return what the parts mean, the likeliest meaning of each."""
    return [(part.meanings[0].kind, part.meanings[0].value) for part in read(line, TODAY)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("9.5.17", [(Kind.BIRTH, "2017-05-09")]),
        ("9/5/1987", [(Kind.BIRTH, "1987-05-09")]),
        ("9.5.87", [(Kind.BIRTH, "1987-05-09")]),
        ("2017-05-09", [(Kind.BIRTH, "2017-05-09")]),
        ("9 May 2017", [(Kind.BIRTH, "2017-05-09")]),
        ("9th Sept 2017", [(Kind.BIRTH, "2017-09-09")]),
        ("5/13/2017", [(Kind.BIRTH, "2017-05-13")]),  # only month first makes sense
        ("05/2017", [(Kind.MONTH, "2017-05")]),
        ("May 2017", [(Kind.MONTH, "2017-05")]),
        ("May Khan", [(Kind.NAME, "may"), (Kind.NAME, "khan")]),
        ("leyla 2017", [(Kind.NAME, "leyla"), (Kind.YEAR, "2017")]),
        ("sam aged 4", [(AGE, "4"), (Kind.NAME, "sam")]),
        ("sam 4yrs", [(AGE, "4"), (Kind.NAME, "sam")]),
        ("07700 900123", [(Kind.PHONE, "07700900123")]),
        ("+44 7700 900123 moreno", [(Kind.PHONE, "07700900123"), (Kind.NAME, "moreno")]),
        ("900123", [(Kind.PHONE_6, "900123")]),
        ("999 000 0026", [(Kind.NUMBER, "9990000026")]),
        ("NM-448812", [(Kind.NUMBER, "NM448812")]),
        ("nm 448812", [(Kind.NUMBER, "NM448812")]),
        ("khan 2017", [(Kind.NAME, "khan"), (Kind.YEAR, "2017")]),
        ("dy1 1hf", [(Kind.POSTCODE, "DY1 1HF")]),
        ("DY1 1", [(Kind.SECTOR, "DY1 1")]),
        ("DY1 street", [(Kind.OUTWARD, "DY1"), (Kind.NAME, "street")]),
        ("12a Brook", [(Kind.HOUSE, "12a"), (Kind.NAME, "brook")]),
        ("O'Brien-Smith, J", [(Kind.NAME, "obrien"), (Kind.NAME, "smith"), (Kind.INITIAL, "j")]),
        ("Mr Daniel Crowe", [(Kind.NAME, "daniel"), (Kind.NAME, "crowe")]),
        ("unknown", []),
        ("31/02/2017", []),
        ("", []),
    ],
)
def test_a_line_is_read_as_it_is_meant(line, expected):
    found = meant(line)
    if line == "31/02/2017":  # no such day: then a reference, if anything
        assert Kind.BIRTH not in [kind for kind, _ in found]
        return
    assert found == expected


def test_figures_may_mean_several_things():
    [part] = read("2017", TODAY)
    assert {m.kind for m in part.meanings} == {Kind.YEAR, Kind.PHONE_4, Kind.HOUSE, Kind.NUMBER}
    [part] = read("12", TODAY)
    assert {m.kind for m in part.meanings} == {Kind.HOUSE, AGE}


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_without_an_error(line):
    assert len(read(line, TODAY)) <= MOST_PARTS


@given(st.permutations(["moreno", "leila", "9.5.17", "ZZ9 4QT", "12"]))
def test_the_order_does_not_matter(words):
    assert set(meant(" ".join(words))) == set(meant("moreno leila 9.5.17 ZZ9 4QT 12"))
