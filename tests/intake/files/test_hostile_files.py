"""More than a thousand broken files through the door: each goes in or is refused with a reason.

Whatever is sent, no exception, nothing half kept, and every row has become one thing: taken in,
known already, or refused with what to do.
"""

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.common.errors import NotUnderstood
from sightline.intake.files.mapping import suggest
from sightline.intake.files.reading_table import open_table
from sightline.intake.models import ColumnMapping, ImportFile, Notification
from tests.intake.files.hostile import BY_HAND, WORKBOOK
from tests.intake.files.sending import COLUMNS, LEILA, MARIA, csv_of, rows_of

pytestmark = pytest.mark.django_db


def examples(count):
    """The same files on every run, so that a failure can be looked into."""
    shared = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(
        max_examples=count, deadline=None, derandomize=True, database=None,
        suppress_health_check=shared,
    )  # fmt: skip


def goes_in_or_is_refused(door, content: bytes) -> None:
    """Send a file and hold the door to its promises."""
    files, held = ImportFile.objects.count(), _latest()
    file = or_reasons(lambda: door.upload(content))
    if isinstance(file, list):
        assert all(file)
        assert ImportFile.objects.count() == files
        return
    if file.finished_at is not None:
        return  # the same bytes came before
    chosen = suggest(file.kind, open_table(content).header)
    ready = or_reasons(lambda: door.choose(file, chosen))
    if isinstance(ready, list):
        assert all(ready)
        assert not ColumnMapping.objects.filter(columns=chosen).exists()
        return
    file = door.run(door.start(ready), then=lambda ids, now: None)
    refused = list(file.refused.all())
    assert not file.failed_because
    assert file.rows_done == file.rows_total
    assert file.accepted + file.replayed + len(refused) == file.rows_total
    assert all(row.reasons and all(row.reasons) for row in refused)
    assert _rows_kept_after(held) == file.accepted


def or_reasons(do):
    """Return what was done, or the reasons for which it was refused; one there must be."""
    try:
        return do()
    except NotUnderstood as refused:
        return refused.reasons or [""]


def _latest() -> int:
    return Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _rows_kept_after(held: int) -> int:
    raws = Notification.objects.filter(pk__gt=held).values_list("raw", flat=True)
    return sum(len(json.loads(bytes(raw))["rows"]) for raw in raws)


GOOD = csv_of(rows_of("NM-1") + rows_of("NM-2", MARIA, LEILA) + rows_of("NM-3", version="2"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le", "utf-32", "utf-7", "cp500")


@st.composite
def damaged(draw):
    """A good file, cut, doubled, overwritten or shuffled in one to three places."""
    content = bytearray(
        GOOD.decode().encode(draw(st.sampled_from(ENCODINGS)))
        if draw(st.booleans())
        else GOOD.replace(b",", draw(st.sampled_from([b",", b";", b"\t", b"|", b",,"])))
    )
    for _ in range(draw(st.integers(1, 3))):
        at, upto = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        piece = bytes(content[at:upto])
        content[at:upto] = draw(
            st.sampled_from([b"", piece * 2, piece[::-1], piece.upper()])
            | st.binary(max_size=30)
            | st.sampled_from([b'"', b"\n", b"\r", b"\x00", b"\xff\xfe", b",,,,", b'""', b"\x1a"])
        )
        if draw(st.booleans()):
            del content[draw(st.integers(0, len(content))) :]
    return bytes(content)


@examples(500)
@given(damaged())
def test_five_hundred_damaged_files(door, content):
    goes_in_or_is_refused(door, content)


CELLS = st.text(max_size=30) | st.sampled_from(
    ["NM-1", "NM-2", "1", "2", "0", "-1", "10001", "victim", "child", "Perpetrator", "unborn", "F",
     "2012-03-04", "03/25/2012", "40972.5", "1e9", "NaN", "null", "=1+1", "@SUM(A1)", "\x00",
     "\ud800", "\u202e", "'; drop table intake_notification; --", "<script>alert(1)</script>",
     "{{7*7}}", "%s%n", "../../etc/passwd", "x" * 21_000, "9" * 400, "two\nlines",
     '"', "'", "\\", "\u200b"]
)  # fmt: skip


def _quoted(row):
    return ",".join('"' + row.get(column, "").replace('"', '""') + '"' for column in COLUMNS)


@examples(300)
@given(
    st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS, max_size=2), min_size=1, max_size=2)
)
def test_three_hundred_files_of_hostile_cells(door, changes):
    [good] = rows_of(f"NM-{len(str(changes))}", LEILA)
    rows = [dict(zip(COLUMNS, COLUMNS, strict=True)), *[good | change for change in changes]]
    content = "\r\n".join(map(_quoted, rows)).encode("utf-8", "surrogatepass")
    goes_in_or_is_refused(door, content)


@examples(150)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
def test_a_hundred_and_fifty_files_of_anything(door, content):
    goes_in_or_is_refused(door, content)


@st.composite
def damaged_workbook(draw):
    """A workbook with a piece of its zip, or of one of the files in it, put out of order."""
    if draw(st.booleans()):
        content = bytearray(WORKBOOK)
        at = draw(st.integers(0, len(content) - 1))
        content[at : at + draw(st.integers(0, 40))] = draw(st.binary(max_size=20))
        return bytes(content)
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(changed, "w") as new:
        hit = draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            inside = old.read(name)
            at = draw(st.integers(0, len(inside))) if name == hit else 0
            broken = draw(st.sampled_from([b"", inside[:at], b"<!DOCTYPE x>" + inside, inside * 2]))
            new.writestr(name, broken if name == hit else inside)
    return changed.getvalue()


@examples(40)
@given(damaged_workbook())
def test_forty_damaged_workbooks(door, content):
    goes_in_or_is_refused(door, content)


@pytest.mark.parametrize("name", BY_HAND)
def test_a_file_that_somebody_would_send(door, name):
    goes_in_or_is_refused(door, BY_HAND[name])
