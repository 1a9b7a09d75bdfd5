"""Each file that is written, and each answer to a machine, says here what it holds. Rows about
single persons leave through the embargo alone (ADR 21, rules/embargo)."""

import re

import pytest

from sightline.intake.api import api
from tests.policy.walk import ROOT

WRITES = re.compile(
    r"\b(?:csv_response|xlsx_response|workbook_response|write_csv|csv\.\w*[wW]riter|write_text"
    r"|write_bytes|write_table|ParquetWriter|to_csv|to_parquet|to_excel|FileResponse)\("
    r"|RESPONSES\[|\bopen\([^)]*[\"'][wax]b?\+?[\"']|(?i:\bcopy \()|content_type=|sys\.stdout"
    r"|Content-Disposition"
)
EMBARGO = re.compile(r"\bleft_out\(")
ROWS = "rows about single persons, by number: those new, restricted or in the vault are left out"
COUNTS = "counts, no rows about persons"
OWN = "rows that the sender's agency sent and that were refused, back to that agency"
STAFF = "who looked at one person, by number: names of staff alone, for whoever answers for it"
INSIDE = "stays in the data folder, pseudonyms for this installation's own figures"
GONE = "in a folder of this process alone, gone when it ends"
NOBODY = "nobody in it"
INVENTED = "invented people"
THEIRS = "made of the user's own file, without a running system"
PASSED_ON = "passes on, or makes a file of, what its caller gives; its callers are here"
KNOWN = {
    "sightline/accounts/views/again.py": NOBODY,
    "sightline/accounts/views/second.py": NOBODY,
    "sightline/cli/boot.py": NOBODY,
    "sightline/cli/demo_command.py": INVENTED,
    "sightline/cli/figures_command.py": COUNTS,
    "sightline/cli/import_command.py": OWN,
    "sightline/cli/instruments_command.py": NOBODY,
    "sightline/cli/link_command.py": THEIRS,
    "sightline/cli/matching_command.py": ROWS,
    "sightline/common/spreadsheets.py": PASSED_ON,
    "sightline/demo/country/writing.py": INVENTED,
    "sightline/demo/dudley/files.py": INVENTED,
    "sightline/demo/dudley/tables.py": INVENTED,
    "sightline/insight/catalogue.py": NOBODY,
    "sightline/insight/exports/workbook.py": COUNTS,
    "sightline/insight/printing.py": COUNTS,
    "sightline/insight/snapshots/manifest.py": INSIDE,
    "sightline/insight/snapshots/parts.py": INSIDE,
    "sightline/insight/snapshots/tallies.py": INSIDE,
    "sightline/insight/views/exports.py": COUNTS,
    "sightline/insight/views/figure.py": COUNTS,
    "sightline/insight/views/maps.py": COUNTS,
    "sightline/intake/files/workbook.py": GONE,
    "sightline/intake/views/imports.py": OWN,
    "sightline/linkage/files.py": THEIRS,
    "sightline/meetings/inviting.py": COUNTS,
    "sightline/meetings/views/meetings.py": COUNTS,
    "sightline/people/again/exporting.py": GONE,
    "sightline/rules/handbook/chapters.py": NOBODY,
    "sightline/sharing/views/history.py": STAFF,
    "sightline/vault/middleware.py": PASSED_ON,
    "sightline/vault/rotating.py": NOBODY,
}
DOOR = "a door to one agency, for the few people it is asked about, who are new by nature"
OWN_NUMBERS = "receipts of what the agency's own machine sent"
API = {
    "POST /api/notifications": OWN_NUMBERS,
    "GET /api/notifications/{receipt}": OWN_NUMBERS,
    "POST /api/incidents": OWN_NUMBERS,
    "GET /api/research": DOOR,
    "POST /api/research/{question}/answer": OWN_NUMBERS,
}
FILES = [
    path for path in (ROOT / "sightline").rglob("*.py") if WRITES.search(path.read_text("utf-8"))
]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rows_about_persons_leave_through_the_embargo_alone(path):
    name = str(path.relative_to(ROOT))
    assert name in KNOWN, f"{name}: say here what it writes; rows about persons take an embargo"
    assert (KNOWN[name] == ROWS) == bool(EMBARGO.search(path.read_text("utf-8")))


def test_nothing_is_excused_that_is_not_there():
    assert {str(path.relative_to(ROOT)) for path in FILES} == KNOWN.keys()


def test_every_answer_to_a_machine_says_what_it_holds():
    paths = api.get_openapi_schema()["paths"]
    asked = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert asked == API.keys()


def test_every_e_mail_goes_through_the_door_that_searches_it():
    sends = re.compile(r"\bEmailMessage\(|\bsend_mail\(|\bEmailMultiAlternatives\(|\bmail_admins\(")
    found = [p for p in (ROOT / "sightline").rglob("*.py") if sends.search(p.read_text("utf-8"))]
    assert [str(p.relative_to(ROOT)) for p in found] == ["sightline/common/mail.py"]
