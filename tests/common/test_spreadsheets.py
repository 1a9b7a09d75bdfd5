"""Nothing that somebody wrote runs as a formula in a download."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sightline.common.spreadsheets import csv_response, neutral, plain, xlsx_response

DANGEROUS = ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(cell):
    assert neutral(cell) == f"'{cell}"
    assert plain(neutral(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Moreno", "'quoted'", "1=1", 3, -3, None, date(2012, 3, 4)])
def test_any_other_cell_stays_as_it_is(cell):
    assert neutral(cell) == cell


def test_an_apostrophe_that_somebody_wrote_stays():
    assert plain("'quoted'") == "'quoted'"


@given(st.text(max_size=20).filter(lambda text: not text.startswith("'")))
def test_what_was_made_safe_comes_back_as_it_was(cell):
    assert plain(neutral(cell)) == cell
    assert not neutral(cell).startswith(("=", "+", "-", "@"))


def test_a_csv_download_is_safe_and_named():
    response = csv_response("rows", ["=a"], [["=1", -2, None]])
    text = response.content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [["'=a"], ["'=1", "-2", ""]]
    assert response["Content-Disposition"] == 'attachment; filename="rows.csv"'


def test_an_xlsx_download_holds_texts_numbers_and_days_and_no_formula():
    long = "x" * 40_000
    response = xlsx_response(
        "rows", ["a"], [["=1+1", 2, date(2012, 3, 4)], ["http://a.test", long]]
    )
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    _, first, second = sheet.to_python()
    assert first == ["'=1+1", 2.0, date(2012, 3, 4)]
    assert second[0] == "http://a.test"
    assert len(second[1]) == 32_767
