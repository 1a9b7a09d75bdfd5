"""Each file that is handed out is of counts, of the sender's own rows, or of staff: nobody of a
case is in a table that leaves, new or not (ADR 21)."""

import re

import pytest

from tests.policy.walk import ROOT

WRITES = re.compile(
    r"\b(?:csv_response|xlsx_response|workbook_response|write_csv)\(|RESPONSES\[|FileResponse\("
)
COUNTS = "counts, no rows about persons"
OWN = "rows that the sender's agency sent and that were refused, back to that agency"
STAFF = "who looked at one person, by number: names of staff alone, for whoever answers for it"
KNOWN = {
    "sightline/insight/printing.py": COUNTS,
    "sightline/insight/views/figure.py": COUNTS,
    "sightline/insight/views/exports.py": COUNTS,
    "sightline/insight/views/maps.py": COUNTS,
    "sightline/insight/exports/workbook.py": COUNTS,
    "sightline/intake/views/imports.py": OWN,
    "sightline/sharing/views/history.py": STAFF,
    "sightline/cli/import_command.py": OWN,
}
FILES = [
    path for path in (ROOT / "sightline").rglob("*.py")
    if path.name != "spreadsheets.py" and WRITES.search(path.read_text("utf-8"))
]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_with_rows_about_persons_leaves(path):
    name = str(path.relative_to(ROOT))
    assert name in KNOWN, (
        f"{name}: say here what it holds; of persons in a case it may hold no rows"
    )


def test_nothing_is_excused_that_is_not_there():
    assert {str(path.relative_to(ROOT)) for path in FILES} >= KNOWN.keys()


def test_every_e_mail_goes_through_the_door_that_searches_it():
    sends = re.compile(r"\bEmailMessage\(|\bsend_mail\(|\bEmailMultiAlternatives\(|\bmail_admins\(")
    found = [p for p in (ROOT / "sightline").rglob("*.py") if sends.search(p.read_text("utf-8"))]
    assert [str(p.relative_to(ROOT)) for p in found] == ["sightline/common/mail.py"]
