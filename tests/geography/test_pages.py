"""The pages of reference files."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.geography.models import Edition, Postcode
from sightline.pathway.tasks import take_in_reference
from tests.geography.files import COUNCIL, taken_in
from tests.geography.test_importing import POSTCODES
from tests.html import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, world):
    client.force_login(world.user("administrator"))
    return client


def sent(content=POSTCODES, **changes):
    file = SimpleUploadedFile("postcodes.csv", content.encode())
    return {
        "file": file, "vintage": "November 2026", "source": "Invented", "councils": COUNCIL,
        "holds_from-day": "1", "holds_from-month": "11", "holds_from-year": "2026",
    } | changes  # fmt: skip


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_only_the_administrator_opens_them(client, world):
    for path in ("/geography/", "/geography/new/"):
        for local, status in (("administrator", 200), ("manager", 403), ("police", 403)):
            client.force_login(world.user(local))
            assert client.get(path).status_code == status, local


def test_an_upload_is_taken_in_by_a_task_and_its_bytes_are_not_kept(administrator):
    there = administrator.post("/geography/new/", sent())
    edition = Edition.objects.get()
    assert there["Location"] == f"/geography/{edition.pk}/"
    page = administrator.get(there["Location"])
    assert "Being taken in" in text(page)
    assert page["Refresh"] == "3"
    take_in_reference(subject=edition.pk)
    page = administrator.get(there["Location"])
    assert "In use" in text(page)
    assert "Refresh" not in page
    assert Postcode.objects.count() == 2
    assert Edition.objects.get().content is None
    assert administrator.post("/geography/new/", sent())["Location"] == there["Location"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"content": "name,town\nA,B\n"}, "none of the files that are read here"),
        ({"councils": ""}, "Say whose area is to be kept"),
        ({"councils": "Dudley"}, "no code of a council"),
        ({"vintage": ""}, "Enter the edition"),
        ({"holds_from-month": "13"}, "from 1 to 12"),
    ],
)
def test_what_is_wrong_with_an_upload_is_said_and_nothing_is_begun(administrator, changes, said):
    assert said in text(administrator.post("/geography/new/", sent(**changes)))
    assert not Edition.objects.exists()


def test_a_wrong_file_is_taken_out_of_use_once(administrator):
    edition = taken_in(POSTCODES, holds_from=date(2026, 1, 1))
    path = f"/geography/{edition.pk}/"
    assert "This was the wrong file" in text(administrator.get(path))
    for _ in range(2):
        assert administrator.post(path)["Location"] == path
    page = text(administrator.get(path))
    assert "Taken out of use" in page
    assert "This was the wrong file" not in page


def test_the_list_says_where_the_files_do_not_fit_each_other(administrator):
    assert "Begin with the postcode directory." in text(administrator.get("/geography/"))
    taken_in(POSTCODES.replace("201306", ""))
    taken_in("LSOA21CD,children\nE01999001,412\n")
    assert "1 small area has no number of children." in text(administrator.get("/geography/"))


def test_more_editions_and_bad_lines_need_no_more_queries(administrator):
    def queries(path):
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get(path).status_code == 200
        return len(captured)

    few = taken_in(POSTCODES + "wrong\n")
    paths = "/geography/", f"/geography/{few.pk}/"
    queries(paths[0])
    before = [queries(path) for path in paths]
    many = taken_in(POSTCODES + "\n".join(f"wrong {n}" for n in range(40)))
    assert [queries("/geography/"), queries(f"/geography/{many.pk}/")] <= before


def test_the_pages_are_valid(administrator):
    edition = taken_in(POSTCODES + "wrong\n")
    pages = {
        "list": administrator.get("/geography/"),
        "upload": administrator.post("/geography/new/", {}),
        "edition": administrator.get(f"/geography/{edition.pk}/"),
    }
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""
