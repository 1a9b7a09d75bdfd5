"""The invented world keeps its promises: the same every time, nobody real, nobody twice."""

import re
from itertools import pairwise

import pytest

from benchmarks.linkage import identifiers
from benchmarks.linkage.generate import MENTION_COLUMNS, generate
from benchmarks.linkage.people import Births, holds
from benchmarks.linkage.profiles import PROFILES
from benchmarks.linkage.traditions import TRADITIONS

MANY = 4000
CONTRACT = (
    "mention_id notification_id role given_name middle_name surname dob sex house_no street "
    "postcode phone nhs_number upn notified_on"
)


@pytest.fixture(scope="module")
def world():
    mentions, truth = generate(MANY, 7, "usual")
    both = mentions.to_pylist(), truth.to_pylist()
    return [{**mention, **true} for mention, true in zip(*both, strict=True)]


def _given(world, column):
    return [row[column] for row in world if row[column]]


def test_the_same_seed_gives_the_same_world_and_another_another():
    first, again, other = (generate(500, seed, "usual") for seed in (7, 7, 8))
    assert first[0].equals(again[0])
    assert first[1].equals(again[1])
    assert not first[0].equals(other[0])


def test_the_columns_are_those_of_the_file_contract():
    assert " ".join(MENTION_COLUMNS) == CONTRACT


@pytest.mark.parametrize("profile", PROFILES)
def test_nobody_is_named_twice_in_one_notification(profile):
    mentions, truth = generate(MANY, 3, profile)
    named = list(zip(mentions["notification_id"], truth["person_id"], strict=True))
    assert len(named) == MANY
    assert len(set(named)) == len(named)


def test_numbers_of_the_health_service_are_of_nobody(world):
    numbers = [number.replace(" ", "") for number in _given(world, "nhs_number")]
    valid = [n for n in numbers if str(identifiers.nhs_check_digit(n[:9])) == n[9]]
    assert numbers
    assert all(re.fullmatch(r"999\d{7}", number) for number in numbers)
    assert 0.98 < len(valid) / len(numbers) <= 1, "one in a hundred has a slip, no more"


def test_no_number_of_the_health_service_is_given_out_twice():
    numbers = identifiers.NhsNumbers(seed=5)
    taken = [numbers.take() for _ in range(20_000)]
    assert len(set(taken)) == len(taken)
    assert all(str(identifiers.nhs_check_digit(n[:9])) == n[9] for n in taken)


def test_the_check_digit_is_that_of_the_published_example():
    assert identifiers.nhs_check_digit("943476591") == 9


def test_telephones_are_those_kept_for_drama(world):
    digits = [re.sub(r"\D", "", p).removeprefix("44").zfill(11) for p in _given(world, "phone")]
    assert digits
    assert {d[:8] for d in digits} <= set(identifiers.PHONE_RANGES)


def test_whoever_is_not_born_yet_has_no_birth_date_and_no_number(world):
    unborn = [row for row in world if row["unborn"]]
    assert unborn
    assert not any(row["dob"] or row["nhs_number"] or row["upn"] for row in unborn)


def test_twins_are_born_on_one_day_in_one_family(world):
    people = {row["person_id"]: row for row in world}
    twins = [(row, people.get(row["twin_of"])) for row in people.values() if row["twin_of"]]
    both = [(a, b) for a, b in twins if b]
    assert both
    assert all(a["born"] == b["born"] and a["true_name"] != b["true_name"] for a, b in both)


def test_neither_twin_bears_a_name_thatholds_the_others():
    assert holds("Olivia", "Olivia-Millie")
    assert holds("Aisha", "Ayesha")
    assert holds("Thomas", "Tom")
    assert not holds("Lily-Mae", "Lily-Rose")
    births = Births(PROFILES["usual"], 1)
    for number in range(400):
        tradition = TRADITIONS["white_british"]
        one = births.child(738_000, "F", tradition, "Hall", number)
        other = births.twin(one, frozenset({one.called}))
        assert not holds(one.called, other.called)


def test_neither_order_nor_numbers_tell_who_belongs_together(world):
    """The truth must not be readable from the mentions' own numbers."""
    days = [row["notified_on"] for row in world]
    neighbours = pairwise(world)
    across = [(a, b) for a, b in neighbours if a["notification_id"] != b["notification_id"]]
    same_family = [pair for pair in across if pair[0]["family_id"] == pair[1]["family_id"]]
    assert days == sorted(days)
    assert len(same_family) < len(across) / 50
