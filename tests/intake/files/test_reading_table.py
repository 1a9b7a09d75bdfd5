"""From bytes to rows: encodings, delimiters, workbooks, and what is refused as a whole."""

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from sightline.common.errors import NotUnderstood
from sightline.intake.files import reading_table, workbook
from sightline.intake.files.reading_table import letters, open_table
from tests.intake.files.sending import xlsx_of


def rows(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in open_table(content).rows() if not row.wrong]


def wrong(content: bytes) -> dict[int, str]:
    return {row.number: row.wrong for row in open_table(content).rows() if row.wrong}


TEXT = "name;school\nZoë;St Wilfrid’s\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("cp1252"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.rstrip("\n").encode(),
        b"sep=;\r\n" + TEXT.encode(),
    ],
)
def test_a_file_reads_the_same_in_every_encoding_delimiter_and_line_end(content):
    assert open_table(content).header == ("name", "school")
    assert rows(content) == [(2, ("Zoë", "St Wilfrid’s"))]


def test_a_row_is_numbered_as_a_spreadsheet_numbers_it():
    content = b'\na,b\n1,"two\nlines"\n\n , \n3,4\n'
    assert rows(content) == [(3, ("1", "two\nlines")), (6, ("3", "4"))]


def test_a_broken_byte_in_utf_8_costs_one_row_and_no_accent_elsewhere():
    content = "a,b\nZoë,1\nRené,2\n".encode() + b"x\xff,3\n"
    assert rows(content) == [(2, ("Zoë", "1")), (3, ("René", "2"))]
    assert list(wrong(content)) == [4]


def test_an_unclosed_quotation_mark_costs_one_row_and_not_the_rest():
    content = b'a,b\n1,2\n3,"four\n5,6\n7,8\n'
    assert rows(content) == [(2, ("1", "2")), (4, ("5", "6")), (5, ("7", "8"))]
    assert "quotation mark" in wrong(content)[3]


def test_a_row_that_is_cut_off_at_the_end_of_the_file_is_refused():
    assert "ends in the middle" in wrong(b"a,b,c\n1,2,3\n4,5")[3]


def test_a_short_row_within_the_file_is_filled_up():
    assert rows(b"a,b,c\n1\n2,3,4\n") == [(2, ("1", "", "")), (3, ("2", "3", "4"))]


def test_a_row_with_more_cells_than_names_is_refused_unless_they_are_empty():
    content = b"a,b\n1,2,3,4\n4,5,,\n"
    assert rows(content) == [(3, ("4", "5"))]
    assert "more cells" in wrong(content)[2]
    assert next(open_table(content).rows()).cells == ("1", "2", "3,4")


def test_a_cell_of_any_length_costs_one_row():
    content = b"a,b\n" + b"x" * 20_001 + b",1\n2,3\n"
    assert rows(content) == [(3, ("2", "3"))]
    assert "20,000 characters" in wrong(content)[2]


def test_a_column_without_a_name_is_called_by_its_letter():
    assert open_table(b"a,,c,,\n1,2,3,,\n").header == ("a", "Column B", "c")
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


REFUSED = {
    b"": "empty",
    b" \r\n\t\n": "empty",
    b"\xef\xbb\xbf": "empty",
    b"a,b\n": "no rows",
    b"a,b\n,\n\n": "no rows",
    b"a,b,A\n1,2,3\n": "Two columns are called “A”",
    b",".join(b"c%d" % n for n in range(401)) + b"\n1\n": "more than 400 columns",
    b"x" * 300 + b"\n1\n": "must name the columns",
    b'"a,b\n1,2\n': "must name the columns",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR": "neither CSV nor XLSX",
    b"%PDF-1.7\n%\xe2\xe3\n": "neither CSV nor XLSX",
    b"<html><table><tr><td>a</td></tr></table></html>": "neither CSV nor XLSX",
    b"a\x07b,c\n1,2\n": "neither CSV nor XLSX",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600): "protected with a password",
    b"PK\x03\x04 and then nothing": "neither CSV nor XLSX",
    b"a,b\n" + b"x" * 1_100_000: "longer than 1,000,000",
    b"x" * 1_100_000: "longer than 1,000,000",
}


@pytest.mark.parametrize(("content", "says"), REFUSED.items(), ids=range(len(REFUSED)))
def test_a_file_that_is_no_table_is_refused_with_what_to_do(content, says):
    with pytest.raises(NotUnderstood, match=says):
        open_table(content).count()


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(reading_table, "MOST_ROWS", 3)
    assert open_table(b"a\n1\n2\n3\n").count() == 3
    with pytest.raises(NotUnderstood, match="Divide it"):
        open_table(b"a\n1\n2\n3\n4\n").count()


def test_a_workbook_reads_as_somebody_would_type_it():
    content = xlsx_of(
        [["ref", "on", "nhs", "yes"], [None] * 4,
         ["NM-1", datetime(2012, 3, 4, 21, 5), 9990000018, True],  # noqa: DTZ001
         ["NM-2", datetime(2012, 3, 4), 1.5, False]]  # noqa: DTZ001
    )  # fmt: skip
    assert open_table(content).header == ("ref", "on", "nhs", "yes")
    assert rows(content) == [
        (3, ("NM-1", "2012-03-04 21:05:00", "9990000018", "TRUE")),
        (4, ("NM-2", "2012-03-04", "1.5", "FALSE")),
    ]


def test_of_several_filled_sheets_none_is_guessed():
    with pytest.raises(NotUnderstood, match="Several sheets"):
        open_table(xlsx_of([["a"], ["1"]], sheets=2))
    with pytest.raises(NotUnderstood, match="empty"):
        open_table(xlsx_of([]))


def test_a_workbook_whose_last_cell_would_fill_the_memory_is_refused():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")
    with pytest.raises(NotUnderstood, match="too large"):
        open_table(file.getvalue())


def test_a_workbook_that_says_it_unpacks_to_more_than_a_gigabyte_is_not_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(1000))
        archive.infolist()[0].file_size = 2 << 30
    with pytest.raises(NotUnderstood, match="too large"):
        open_table(file.getvalue())


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "SECONDS", 0.0005)
    with pytest.raises(NotUnderstood, match="too large"):
        open_table(xlsx_of([["a"], ["1"]]))
