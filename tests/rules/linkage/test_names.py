"""Names that are one name, and names that only look it."""

import pytest

from sightline.rules.linkage.names import (
    Likeness,
    forename,
    forenames_alike,
    is_shortened,
    surname,
    surnames_alike,
)
from sightline.rules.linkage.tables import lines
from sightline.rules.linkage.text import sound


def likeness(a: str, b: str) -> Likeness:
    return forenames_alike(forename(a), forename(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("mohammed", "muhammad"),
        ("yusuf", "yousaf"),
        ("ayesha", "caasha"),
        ("siobhan", "shivaun"),
        ("oleksandr", "alexander"),
        ("gurdeep", "gurdip"),
        ("chiamaka", "chiamakah"),
        ("aleeza", "aliza"),
    ],
)
def test_one_name_in_two_spellings(a, b):
    assert likeness(a, b) is likeness(b, a) is Likeness.VARIANT


@pytest.mark.parametrize(
    ("a", "b"),
    [("william", "bill"), ("steve", "steven"), ("katarzyna", "kasia"), ("oluwaseun", "seun"),
     ("millie", "amelia")],
)  # fmt: skip
def test_a_pet_form_may_be_the_name_of_another(a, b):
    """Twins may be christened Amelia and Millie; of two spellings of one name they never are."""
    assert likeness(a, b) is likeness(b, a) is Likeness.PET


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hassan", "hussain"),
        ("jayden", "kayden"),
        ("amir", "amira"),
        ("ella", "ellie"),
        ("maria", "marina"),
        ("amina", "amna"),
        ("liam", "william"),
        ("ellie", "eli"),
        ("daniel", "daniela"),
        ("john", "jack"),
        ("mia", "maya"),
        ("taiwo", "kehinde"),
    ],
)
def test_names_given_to_two_children_of_one_family_are_two_names(a, b):
    assert likeness(a, b) in (Likeness.NEAR, Likeness.DIFFERENT)


@pytest.mark.parametrize(("right", "wrong"), [("jayden", "jaydn"), ("charlotte", "chralotte")])
def test_a_letter_lost_or_turned_in_a_known_name_is_a_slip(right, wrong):
    assert likeness(right, wrong) is Likeness.SLIP


@pytest.mark.parametrize(
    ("a", "b"), [("zaviyar", "zaviyan"), ("tavion", "tavian"), ("mhammed", "muhamed")]
)
def test_one_letter_changed_may_be_another_name(a, b):
    assert likeness(a, b) is Likeness.ALIKE


@pytest.mark.parametrize(
    ("a", "b"), [("abdi", "abdirahman"), ("umar", "abdulumar"), ("rahman", "abdirahman")]
)
def test_some_are_called_without_the_beginning_of_their_name_or_by_it_alone(a, b):
    assert is_shortened(forename(a), forename(b))
    assert is_shortened(forename(b), forename(a))


@pytest.mark.parametrize(("a", "b"), [("ann", "annabel"), ("abdi", "zabdi"), ("ali", "khali")])
def test_that_is_no_rule_for_every_beginning_and_end(a, b):
    assert not is_shortened(forename(a), forename(b))


def test_an_initial_agrees_or_does_not():
    assert likeness("j", "jayden") is Likeness.INITIAL
    assert likeness("k", "jayden") is Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("kowalski", "kowalska", Likeness.VARIANT),
        ("ivanov", "ivanova", Likeness.VARIANT),
        ("choudhury", "chaudhry", Likeness.VARIANT),
        ("macdonald", "mcdonald", Likeness.VARIANT),
        ("clark", "clarke", Likeness.VARIANT),
        ("pemberton", "pembertn", Likeness.SLIP),
        ("pemberton", "pemburten", Likeness.ALIKE),
        ("pemberton", "okafor", Likeness.DIFFERENT),
    ],
)
def test_surnames_in_two_forms(a, b, expected):
    assert surnames_alike(surname(a), surname(b)) is expected


@pytest.mark.parametrize(
    ("a", "b"), [("szymon", "simon"), ("rhys", "rys"), ("hussain", "hosein"), ("khan", "kan")]
)
def test_names_that_sound_alike_share_a_sound(a, b):
    assert sound(a) == sound(b)


def test_a_name_in_another_script_is_its_own_sound():
    assert sound("шевченко") == "шевченко"


def test_pet_forms_can_be_found_by_the_sound_of_the_full_name():
    assert not forename("bill").sounds.isdisjoint(forename("william").sounds)


def test_no_group_of_names_is_listed_with_a_name_twice():
    groups = lines("short", "spellings", "surnames")
    assert [g for g in groups if len(set(g)) != len(g) or len(g) < 2] == []
    assert len(groups) > 150


def test_the_head_of_a_name_does_not_hang_on_what_else_is_listed():
    """A model's file says by it how rare a name is, and must hold when the lists grow."""
    assert forename("bill").head in {"bill", "william"}
    assert "#" not in forename("muhammad").head + surname("browne").head


@pytest.mark.parametrize(
    "word", ["mohammed", "muhamed", "mohamd", "mhammed", "syed", "sied", "ghulam"]
)
def test_a_title_of_honour_is_one_misspelt_too(word):
    assert forename(word).honour


@pytest.mark.parametrize("word", ["saeed", "said", "ahmed", "hamed", "adam"])
def test_a_name_that_sounds_like_a_title_of_honour_is_a_name(word):
    assert not forename(word).honour
