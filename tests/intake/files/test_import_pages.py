"""The pages of files: the list, uploading, choosing columns, what became of the rows."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import Event
from sightline.intake.files.reading_table import open_table
from sightline.intake.models import ImportFile, RefusedRow
from sightline.pathway.imports import run_here
from tests.html import problems
from tests.intake.files.sending import LEILA, MARIA, csv_of, rows_of, xlsx_of
from tests.intake.filling import signed_in

pytestmark = pytest.mark.django_db


def upload(browser, world, content: bytes, **changes):
    data = {
        "file": SimpleUploadedFile("march.csv", content), "kind": "notifications",
        "sender": world.cast.police.pk,
    }  # fmt: skip
    return browser.post("/imports/new/", data | changes, follow=True)


def chosen(header, **fields):
    return {f"field-{n}": fields.get(name, name) for n, name in enumerate(header)}


def test_a_file_goes_from_upload_to_its_counts(administrator, world):
    content = csv_of(rows_of("NM-1") + rows_of("NM-2", LEILA | {"sex": "?"}))
    page = upload(administrator, world, content)
    file = ImportFile.objects.get()
    assert page.redirect_chain == [(f"/imports/{file.pk}/columns/", 302)]
    started = administrator.post(f"/imports/{file.pk}/columns/", chosen(open_table(content).header))
    assert started.url == f"/imports/{file.pk}/"
    running = administrator.get(started.url)
    assert running.headers["Refresh"] == "3"
    assert "0 of 4 rows" in running.content.decode()
    run_here(file.pk)
    done = administrator.get(started.url)
    assert "Refresh" not in done.headers
    assert "Taken in, 1 row refused" in done.content.decode()
    assert "“sex”: write one of: F, M, U." in done.content.decode()


def test_what_a_sender_wrote_is_shown_as_text(administrator, world):
    rows = rows_of("NM-1", LEILA | {"given_name": "<b onclick=x>Leila</b>"})
    page = upload(administrator, world, csv_of(rows)).content.decode()
    assert "&lt;b onclick=x&gt;Leila" in page
    assert "<b onclick" not in page


def test_who_saw_the_first_values_of_a_file_is_written_down(administrator, world):
    upload(administrator, world, csv_of(rows_of("NM-1")))
    by = str(world.user("administrator").pk)
    assert Event.objects.filter(what="import.first_values_shown", by=by).count() == 1


def test_each_column_is_shown_with_its_first_values_and_what_it_seems_to_be(administrator, world):
    rows = [
        {"Ref": f"NM-{n}", "Victim DOB": f"0{n}/03/1992", "Weather": "rain"} for n in range(1, 6)
    ]
    page = upload(administrator, world, csv_of(rows, list(rows[0]))).content.decode()
    assert "NM-1<br>NM-2<br>NM-3" in page.replace("\n", "")
    assert '<option value="victim" selected>' in page
    assert '<option value="date_of_birth" selected>' in page


def test_a_row_may_be_a_whole_notification_where_the_user_says_so(administrator, world):
    header = ["Nummer", "Kind"]
    upload(administrator, world, csv_of([{"Nummer": "NM-1", "Kind": "Leila"}], header))
    file = ImportFile.objects.get()
    page = administrator.get(f"/imports/{file.pk}/columns/?layout=notifications").content.decode()
    assert 'name="who-1"' in page
    administrator.post(
        f"/imports/{file.pk}/columns/",
        {
            "layout": "notifications",
            "field-0": "reference",
            "field-1": "given_name",
            "who-1": "child1",
        },
    )
    file.refresh_from_db()
    assert file.columns == {"Nummer": "reference", "Kind": "child1_given_name"}


def test_a_choice_that_cannot_be_comes_back_with_what_is_wrong(administrator, world):
    content = csv_of(rows_of("NM-1"))
    upload(administrator, world, content)
    file = ImportFile.objects.get()
    header = open_table(content).header
    page = administrator.post(
        f"/imports/{file.pk}/columns/", chosen(header, reference="", postcode="summary")
    )
    text = page.content.decode()
    assert "Choose the column for “Reference”." in text
    assert "Two columns are chosen for" not in text  # texts of several columns are joined
    file.refresh_from_db()
    assert file.started_at is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty"),
        ({"file": SimpleUploadedFile("a.csv", b"a,b\n")}, "no rows beneath"),
        ({"file": SimpleUploadedFile("a.png", b"\x89PNG\x00\x00")}, "neither CSV nor XLSX"),
        ({"kind": ""}, "Choose what is in the file"),
        ({"sender": "0"}, "Select a valid choice"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(administrator, world, changes, says):
    page = upload(administrator, world, csv_of(rows_of("NM-1")), **changes)
    assert says in page.content.decode()
    assert not ImportFile.objects.exists()


def test_the_same_file_again_leads_to_what_became_of_the_first(administrator, world, door):
    content = csv_of(rows_of("NM-1"))
    file = door.send(content)
    page = upload(administrator, world, content)
    assert page.redirect_chain == [(f"/imports/{file.pk}/", 302)]
    assert "uploaded before" in page.content.decode()


def test_choosing_columns_twice_starts_once(administrator, world):
    content = csv_of(rows_of("NM-1"))
    upload(administrator, world, content)
    file = ImportFile.objects.get()
    for _ in range(2):
        answer = administrator.post(
            f"/imports/{file.pk}/columns/", chosen(open_table(content).header)
        )
        assert answer.url == f"/imports/{file.pk}/"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'run_import'")
        assert cursor.fetchone() == (1,)


def test_refused_rows_are_downloaded_as_they_were_and_run_nothing(administrator, door):
    rows = rows_of(
        "NM-1", MARIA | {"given_name": "=cmd()", "sex": "?"}, LEILA | {"surname": "\t@x"}
    )
    file = door.send(csv_of(rows))
    text = administrator.get(f"/imports/{file.pk}/refused.csv").content.decode("utf-8-sig")
    listed = list(csv.DictReader(io.StringIO(text)))
    assert [row["Row"] for row in listed] == ["2", "3"]
    assert listed[0]["given_name"] == "'=cmd()"
    assert listed[1]["surname"] == "'\t@x"
    assert "write one of: F, M, U" in listed[0]["What to do"]
    book = administrator.get(f"/imports/{file.pk}/refused.xlsx")
    first = next(open_table(book.content).rows())
    assert first.cells[0] == "2"
    assert "'=cmd()" in first.cells
    assert Event.objects.filter(what="import.refused_downloaded").count() == 2


@pytest.mark.parametrize("form", ["pdf", "csvx", "html"])
def test_there_is_no_other_form_of_the_list(administrator, door, form):
    file = door.send(csv_of(rows_of("NM-1")))
    assert administrator.get(f"/imports/{file.pk}/refused.{form}").status_code == 404


@pytest.mark.parametrize("who", ["police", "chair", "health", "manager", "ig", "keyadult1"])
@pytest.mark.parametrize("page", ["", "new/", "{pk}/", "{pk}/columns/", "{pk}/refused.csv"])
def test_only_who_imports_files_opens_these_pages(world, door, who, page):
    file = door.upload(csv_of(rows_of("NM-1")))
    browser = signed_in(world.user(who))
    assert browser.get(f"/imports/{page.format(pk=file.pk)}").status_code == 403


def test_no_page_but_the_choice_of_columns_shows_what_a_row_says(administrator, door):
    file = door.send(csv_of(rows_of("NM-1", LEILA | {"sex": "?"})))
    for address in ("/imports/", f"/imports/{file.pk}/"):
        page = administrator.get(address).content.decode()
        assert "Moreno" not in page
        assert "Leila" not in page


def test_the_list_says_how_many_and_is_paged(administrator, door):
    empty = administrator.get("/imports/").content.decode()
    assert "Nothing here" in empty
    for n in range(27):
        door.upload(csv_of(rows_of(f"NM-{n}")))
    page = administrator.get("/imports/").content.decode()
    assert "27 files" in page
    assert "?page=2" in page


def test_the_queries_of_the_pages_do_not_grow(administrator, door):
    used: dict[str, list[int]] = {"list": [], "file": []}
    for size in (3, 24):
        rows = [row for n in range(size) for row in rows_of(f"NM-{size}-{n}", LEILA | {"sex": "?"})]
        file = door.send(csv_of(rows))
        for _ in range(size - 3):
            door.upload(csv_of(rows_of(f"NM-x{ImportFile.objects.count()}")))
        for name, address in (("list", "/imports/"), ("file", f"/imports/{file.pk}/")):
            with CaptureQueriesContext(connection) as queries:
                administrator.get(address)
            used[name].append(len(queries))
    assert used["list"][0] == used["list"][1]
    assert used["file"][0] == used["file"][1]


def test_a_workbook_is_chosen_from_like_a_csv(administrator, world):
    content = xlsx_of([["reference", "role", "surname"], ["NM-1", "victim", "Moreno"]])
    page = upload(administrator, world, content).content.decode()
    assert '<option value="surname" selected>' in page


def test_a_file_whose_running_failed_says_so(administrator, door, monkeypatch):
    file = door.start(door.choose(door.upload(csv_of(rows_of("NM-1")))))
    ImportFile.objects.filter(pk=file.pk).update(columns={"reference": "reference"})
    file = door.run(file)
    assert file.finished_at is not None
    page = administrator.get(f"/imports/{file.pk}/").content.decode()
    assert "Could not be read to its end" in page
    assert "Choose the column for “Role”" in page
    assert not RefusedRow.objects.exists()


def test_every_page_is_valid(administrator, world, door):
    pages = {"empty": "/imports/", "upload": "/imports/new/"}
    html = {name: administrator.get(address).content.decode() for name, address in pages.items()}
    html["upload refused"] = upload(administrator, world, b"").content.decode()
    done = door.send(csv_of(rows_of("NM-1") + rows_of("NM-2", LEILA | {"sex": "?"})))
    waiting = door.upload(csv_of(rows_of("NM-3")))
    running = door.start(door.choose(door.upload(csv_of(rows_of("NM-4")))))
    html |= {
        name: administrator.get(f"/imports/{address}").content.decode()
        for name, address in {
            "list": "", "done": f"{done.pk}/", "waiting": f"{waiting.pk}/",
            "running": f"{running.pk}/", "people": f"{waiting.pk}/columns/?layout=people",
            "notifications": f"{waiting.pk}/columns/?layout=notifications",
        }.items()
    }  # fmt: skip
    chosen_wrong = administrator.post(f"/imports/{waiting.pk}/columns/", {"field-0": "summary"})
    html["columns refused"] = chosen_wrong.content.decode()
    assert problems(html) == ""
