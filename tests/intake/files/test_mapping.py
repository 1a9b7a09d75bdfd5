"""Which column is which field: guessed from the words, checked when chosen."""

import pytest

from sightline.common.errors import NotUnderstood
from sightline.intake.files.columns import fields_of
from sightline.intake.files.mapping import apart, check, header_key, suggest, together
from sightline.intake.models import ImportKind
from sightline.intake.schema import ChildPart, Notification, Part, Person
from tests.intake.files.sending import COLUMNS

NOTIFICATIONS = ImportKind.NOTIFICATIONS


def test_our_own_names_are_their_own_fields():
    assert suggest(NOTIFICATIONS, COLUMNS) == {name: name for name in COLUMNS}


def test_the_words_that_forces_use_are_known():
    header = ["Ref No.", "Forename", "Last Name", "DOB", "Gender", "Involvement",
              "Date of Incident", "Post Code", "Risk level", "NHS No", "School",
              "Favourite colour"]  # fmt: skip
    assert suggest(NOTIFICATIONS, header) == {
        "Ref No.": "reference", "Forename": "given_name", "Last Name": "surname",
        "DOB": "date_of_birth", "Gender": "sex", "Involvement": "role",
        "Date of Incident": "started_at", "Post Code": "postcode", "Risk level": "officer_grade",
        "NHS No": "nhs_number", "School": "school_name",
    }  # fmt: skip


def test_columns_that_say_of_whom_they_speak_are_of_that_person():
    header = ["Reference", "Victim's DOB", "Suspect Surname", "Child 2 First Name", "child8 school",
              "Address Line 1", "Address Line 2"]  # fmt: skip
    assert suggest(NOTIFICATIONS, header) == {
        "Reference": "reference", "Victim's DOB": "victim_date_of_birth",
        "Suspect Surname": "perpetrator_surname", "Child 2 First Name": "child2_given_name",
        "child8 school": "child8_school_name", "Address Line 1": "address",
        "Address Line 2": "address",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ImportKind.values)
def test_every_field_is_suggested_for_its_own_label(kind):
    for name, field in fields_of(kind).items():
        header = [field.label.replace(":", ""), "Role"] if name in COLUMNS else [name]
        assert name in suggest(kind, header).values()


def test_every_field_of_a_notification_has_a_place_in_it():
    for field in fields_of(NOTIFICATIONS).values():
        model: type[Part] = Notification if field.of == "notification" else Person
        for part in field.path[:-1]:
            inner = model.model_fields[part].annotation
            model = next(
                (a for a in getattr(inner, "__args__", [inner]) if isinstance(a, type)), inner
            )
        assert field.path[-1] in model.model_fields, field.name
    assert {f.path[-1] for f in fields_of(NOTIFICATIONS).values()} >= {*ChildPart.model_fields}


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"a": "role"}, "Choose the column for “Reference”"),
        ({"a": "reference"}, "Choose the column for “Role”"),
        ({"a": "reference", "b": "reference", "c": "role"}, "Two columns are chosen"),
        ({"a": "reference", "b": "role", "c": "victim_surname"}, "Two layouts are mixed"),
        ({"a": "reference", "b": "role", "c": "started_time"}, "its time alone is not enough"),
        ({"a": "reference", "b": "role", "c": "victim_summary"}, "is not about a person"),
        ({"a": "reference", "b": "role", "c": "__class__"}, "There is no field"),
        ({"a": "reference", "z": "role"}, "The file has no column “z”"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_with_what_is_wrong(chosen, says):
    with pytest.raises(NotUnderstood, match=says):
        check(NOTIFICATIONS, ["a", "b", "c"], chosen)


def test_a_whole_notification_a_row_needs_no_role():
    chosen = check(NOTIFICATIONS, ["a", "b"], {"a": "reference", "b": "child1_surname"})
    assert not chosen.by_person


def test_a_header_is_the_same_whatever_the_order_and_with_our_own_columns_before_it():
    key = header_key(["DOB", "Name"])
    assert header_key(["Row", "What to do", "name", " dob"]) == key
    assert header_key(["DOB", "Names"]) != key


def test_of_whom_and_which_field_go_together_and_apart():
    for name, field in fields_of(NOTIFICATIONS).items():
        who, which = apart(name)
        assert together(who, which) == name
        assert (who or field.of) == field.of or field.of in ("notification", "person")
