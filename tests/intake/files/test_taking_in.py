"""Notifications that come as a file: what is kept, once, and what is refused with what to do."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import Event
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.encompass.models import Notice
from sightline.intake.files import grouping, running
from sightline.intake.models import ColumnMapping, ImportFile, ImportKind, Notification, Refusal
from sightline.people.models import Mention, Person, Source
from sightline.screening.models import Screening
from tests.intake.files.sending import COLUMNS, DANIEL, LEILA, MARIA, csv_of, rows_of, xlsx_of

pytestmark = pytest.mark.django_db


def counts(file: ImportFile) -> tuple[int, int, int]:
    """Rows taken in, known already, refused."""
    file.refresh_from_db()
    assert file.rows_done == file.rows_total
    return file.accepted, file.replayed, file.refused.count()


def reasons(file: ImportFile) -> dict[int, str]:
    return {row.number: " ".join(row.reasons) for row in file.refused.all()}


def test_rows_of_one_reference_are_one_notification_with_its_people(door):
    file = door.send(csv_of(rows_of("NM-1") + rows_of("NM-2", MARIA, LEILA)))
    assert counts(file) == (5, 0, 0)
    first, second = Notification.objects.order_by("reference")
    assert [person["role"] for person in first.content["people"]] == [
        "victim",
        "perpetrator",
        "child",
    ]
    assert len(second.content["people"]) == 2
    leila = Mention.objects.get(source__notification=first, role="child")
    assert (leila.given_name, str(leila.birth_date), leila.presence) == (
        "Leila",
        "2017-05-09",
        "in_the_home",
    )
    assert leila.source.incident.officer_grade == "medium"


def test_the_same_file_as_a_workbook_says_the_same(door):
    rows = rows_of("NM-1")
    door.send(xlsx_of([list(COLUMNS), *[[row.get(c, "") for c in COLUMNS] for row in rows]]))
    assert door.send(csv_of(rows)).replayed == 3


def test_a_row_may_be_a_whole_notification(door):
    row = {
        "Ref": "NM-7", "Incident date": "20/11/2026", "Incident time": "22:10",
        "Notification date": "20/11/2026 23:30", "Victim forename": "Maria",
        "Victim surname": "Moreno", "Suspect surname": "Crowe", "Child 1 forename": "Leila",
        "Child 1 DOB": "09/05/2017", "Child 2 forename": "Sam", "Child 3 forename": "",
    }  # fmt: skip
    assert counts(door.send(csv_of([row, row | {"Ref": "NM-8"}], list(row)))) == (2, 0, 0)
    content = Notification.objects.get(reference="NM-7").content
    people = [(p["role"], p.get("given_name", "")) for p in content["people"]]
    assert people == [
        ("victim", "Maria"),
        ("perpetrator", ""),
        ("child", "Leila"),
        ("child", "Sam"),
    ]
    assert content["incident"]["started_at"] == "2026-11-20T22:10:00Z"


def test_the_rows_are_kept_as_they_were(door):
    door.send(csv_of(rows_of("NM-1", LEILA | {"given_name": " Leïla ", "sex": "female"})))
    raw = json.loads(bytes(Notification.objects.get().raw))
    [row] = raw["rows"]
    assert row["row"] == 2
    assert row["cells"]["given_name"] == " Leïla "
    assert row["cells"]["sex"] == "female"
    assert list(row["cells"]) == list(COLUMNS)


def test_rows_of_a_notification_need_not_stand_beneath_each_other(door):
    first, second = rows_of("NM-1"), rows_of("NM-2")
    assert (
        counts(
            door.send(csv_of([first[0], second[0], first[1], second[1], *second[2:], *first[2:]]))
        )[0]
        == 6
    )
    assert {len(n.content["people"]) for n in Notification.objects.all()} == {3}


def test_where_too_many_rows_would_wait_the_file_has_to_be_sorted(door, monkeypatch):
    monkeypatch.setattr(grouping, "MOST_HELD", 3)
    rows = [row for n in range(3) for row in rows_of(f"NM-{n}", MARIA, LEILA)]
    file = door.upload(csv_of(rows[0::2] + rows[1::2]))
    assert door.choose(file)
    monkeypatch.setattr(grouping, "MOST_HELD", 2)
    with pytest.raises(NotUnderstood, match="Sort the file"):
        door.choose(file)


def test_one_bad_row_holds_up_its_own_notification_only(door):
    bad = rows_of("NM-2", MARIA, LEILA | {"date_of_birth": "03/25/2012"})
    file = door.send(csv_of(rows_of("NM-1") + bad + rows_of("NM-3")))
    assert counts(file) == (6, 0, 2)
    assert {n.reference for n in Notification.objects.all()} == {"NM-1", "NM-3"}
    assert "“date_of_birth”: the day comes before the month" in reasons(file)[6]
    assert "row 6, to be corrected first" in reasons(file)[5]


def test_a_row_that_cannot_be_parted_takes_its_notification_with_it(door):
    lines = csv_of(rows_of("NM-1") + rows_of("NM-2")).decode().splitlines(keepends=True)
    lines[3] = lines[3].replace("Leila", '"Leila')
    file = door.send("".join(lines).encode())
    assert counts(file) == (3, 0, 3)
    assert [n.reference for n in Notification.objects.all()] == ["NM-2"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reference": ""}, "The reference is missing"),
        ({"reference": "R" * 61}, "“reference”: must have no more than 60 characters"),
        ({"reference": "2.01E+11"}, "a spreadsheet has shortened this number"),
        ({"version": "two"}, "“version”: write a whole number"),
        ({"version": "0"}, "“version”: Input should be greater than or equal to 1"),
        ({"role": "neighbour"}, "“role”: write one of: victim, perpetrator"),
        ({"role": ""}, "The role is missing"),
        ({"sex": "lady"}, "“sex”: write one of: F, M, U"),
        ({"presence": "yes"}, "“presence”: write one of: in the room"),
        ({"officer_grade": "low"}, "“officer_grade”: write one of: standard"),
        ({"surname": "S" * 81}, "“surname”: must have no more than 80 characters"),
        ({"surname": "Moreno\nCrowe"}, "“surname”: take the line break out"),
        ({"notified_at": "25/13/2026"}, "“notified_at”: the day comes before the month"),
        ({"nhs_number": "9.99E+09"}, "“nhs_number”: a spreadsheet has shortened"),
    ],
)
def test_a_row_is_refused_in_words_that_name_its_column(door, change, says):
    file = door.send(csv_of(rows_of("NM-1", LEILA | change)))
    assert counts(file) == (0, 0, 1)
    assert says in reasons(file)[2]
    assert not Notification.objects.exists()


def test_rows_that_say_different_things_of_one_incident_are_refused(door):
    rows = rows_of("NM-1", MARIA, LEILA)
    rows[1]["summary"] = "Something else happened."
    file = door.send(csv_of(rows))
    assert "row 2 of the same notification says otherwise" in reasons(file)[3]


def test_versions_of_one_reference_supersede_each_other_whatever_their_order(door):
    newer, older = rows_of("NM-1", LEILA, version="2"), rows_of("NM-1")
    assert counts(door.send(csv_of(newer + older))) == (4, 0, 0)
    first, second = Notification.objects.order_by("version")
    assert first.superseded_at is not None
    assert second.superseded_at is None
    assert Source.objects.filter(superseded_at=None).get() == second.source


def test_where_a_version_cannot_be_read_no_row_of_the_reference_is_taken_in(door):
    rows = rows_of("NM-1")
    rows[2]["version"] = "?"
    assert counts(door.send(csv_of(rows))) == (0, 0, 3)


def test_uploading_the_same_file_again_answers_with_the_first(door):
    content = csv_of(rows_of("NM-1"))
    file = door.upload(content)
    assert door.upload(content) == file
    door.run(door.start(door.choose(file)))
    assert door.upload(content) == file
    assert ImportFile.objects.count() == 1
    assert door.upload(content, kind=ImportKind.DECISIONS) != file


def test_until_it_starts_the_last_word_on_whether_a_file_is_of_the_past_counts(door):
    content = csv_of(rows_of("NM-1"))
    file = door.start(door.choose(door.upload(content, history=False)))
    assert not door.upload(content, history=True).history
    other = door.upload(csv_of(rows_of("NM-2")), history=False)
    assert door.upload(csv_of(rows_of("NM-2")), history=True).history
    assert file != other


def test_the_same_rows_in_another_file_are_known_already(door):
    door.send(csv_of(rows_of("NM-1")))
    file = door.send(csv_of(rows_of("NM-1") + rows_of("NM-2"), delimiter=";"))
    assert counts(file) == (3, 3, 0)
    assert Notification.objects.count() == 2


def test_other_content_under_a_version_that_came_before_is_refused_and_kept(door):
    door.send(csv_of(rows_of("NM-1")))
    file = door.send(csv_of(rows_of("NM-1", MARIA, LEILA)))
    assert counts(file) == (0, 0, 2)
    assert "Send the correction as version 2" in reasons(file)[2]
    assert Refusal.objects.count() == 1


def test_the_columns_chosen_are_kept_for_the_next_file_with_that_header(door):
    header = ["Kennung", "Wer", "Name"]
    chosen = {"Kennung": "reference", "Wer": "role", "Name": "surname"}
    rows = [{"Kennung": "NM-1", "Wer": "victim", "Name": "Moreno"}]
    door.choose(door.upload(csv_of(rows, header)), chosen)
    again = door.upload(csv_of([rows[0] | {"Kennung": "NM-2"}], header[::-1]))
    assert again.columns == chosen
    assert ColumnMapping.objects.count() == 1
    assert door.upload(csv_of(rows, header), kind=ImportKind.DECISIONS).columns == {}


def test_a_corrected_list_of_refused_rows_goes_in_with_the_same_columns(door, administrator):
    rows = rows_of("NM-1", MARIA | {"phone": "+447700900123"}, LEILA | {"sex": "girlish"})
    file = door.send(csv_of(rows, [*COLUMNS, "phone"]))
    listed = administrator.get(f"/imports/{file.pk}/refused.csv").content.decode("utf-8-sig")
    assert "'+447700900123" in listed
    again = door.upload(listed.replace("girlish", "girl").encode())
    assert again.columns == file.columns
    assert counts(door.run(door.start(door.choose(again)))) == (2, 0, 0)
    assert Mention.objects.get(role="victim").phone == "+447700900123"


def test_columns_stay_once_an_import_has_started(door):
    file = door.start(door.choose(door.upload(csv_of(rows_of("NM-1")))))
    with pytest.raises(WrongMoment, match="has started"):
        door.choose(file)
    assert door.start(file).started_at == file.started_at


def test_an_import_cannot_start_before_its_columns_are_chosen(door):
    with pytest.raises(WrongMoment, match="which column is which"):
        door.start(door.upload(csv_of(rows_of("NM-1"))))


def test_a_file_larger_than_the_limit_is_refused(door, settings):
    settings.IMPORT_MAX_BYTES = 100
    with pytest.raises(NotUnderstood, match="larger than"):
        door.upload(csv_of(rows_of("NM-1")))
    assert not ImportFile.objects.exists()


def test_a_file_of_the_past_screens_nobody_and_tells_no_school(door):
    door.send(csv_of(rows_of("NM-1")))
    assert Person.objects.count() == 3
    assert not Screening.objects.exists()
    assert not Notice.objects.exists()


def test_a_file_of_today_screens_and_tells_like_any_notification(door):
    door.send(csv_of(rows_of("NM-1")), history=False)
    assert Screening.objects.count() == 1
    assert Notice.objects.get().school.name == "Brook Lane Primary School"


def test_who_did_what_with_a_file_is_written_down(door):
    file = door.send(csv_of(rows_of("NM-1")))
    events = Event.objects.filter(subject="intake.importfile", subject_id=str(file.pk))
    by = str(door.world.user("administrator").pk)
    assert list(events.order_by("pk").values_list("what", "by")) == [
        (f"import.{what}", by) for what in ("uploaded", "columns_chosen", "started", "finished")
    ]


def test_a_notification_whose_way_fails_is_kept_and_tried_again_alone(door):
    def then(ids, now):
        if Notification.objects.filter(pk__in=ids, reference="NM-2").exists():
            raise ZeroDivisionError
        Notification.objects.filter(pk__in=ids).update(opened_at=now)

    file = door.send(csv_of([r for n in (1, 2, 3) for r in rows_of(f"NM-{n}")]), then=then)
    assert counts(file) == (9, 0, 0)
    left = Notification.objects.get(opened_at=None)
    assert left.reference == "NM-2"
    assert _tasks("record") == [{"subject": left.pk}]


def test_a_row_that_the_database_will_not_have_is_refused_alone(door, monkeypatch):
    monkeypatch.setattr("sightline.intake.commands.as_json", _impossible_for("NM-2"))
    file = door.send(csv_of([r for n in (1, 2, 3) for r in rows_of(f"NM-{n}", MARIA, DANIEL)]))
    assert counts(file) == (4, 0, 2)
    assert "a fault of its own" in reasons(file)[4]


def _impossible_for(reference):
    from sightline.intake.commands import as_json

    def impossible(content):
        # jsonb holds no zero character; nothing that is read from a file holds one either.
        return as_json(content) | ({"form": "\x00"} if content.reference == reference else {})

    return impossible


def _tasks(name: str) -> list[dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = %s", [name])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_starting_an_import_enqueues_one_durable_task(door):
    from sightline.intake.imports import start_import

    file = door.choose(door.upload(csv_of(rows_of("NM-1"))))
    for _ in range(2):
        start_import(file=file, by=None, now=door.world.now)
    assert _tasks("run_import") == [{"subject": file.pk}]


@pytest.mark.parametrize("history", [True, False])
def test_the_number_of_queries_of_a_chunk_does_not_depend_on_its_size(door, history, monkeypatch):
    monkeypatch.setitem(running.CHUNK, ImportKind.NOTIFICATIONS, 1000)
    door.send(csv_of(rows_of("NM-0")), history=history)  # warms what is kept in memory
    used = []
    for start, size in ((100, 3), (200, 30)):
        rows = [row for n in range(start, start + size) for row in rows_of(f"NM-{n}", LEILA)]
        file = door.start(door.choose(door.upload(csv_of(rows), history=history)))
        with CaptureQueriesContext(connection) as queries:
            door.run(file)
        assert counts(file) == (size, 0, 0)
        # A notice is sent by a task of its own.
        used.append(sum("procrastinate_defer" not in query["sql"] for query in queries))
    assert used[0] == used[1]
