"""A file of rows about single persons: who is new, restricted or in the vault is not in it."""

import csv
from datetime import timedelta

import pytest

from sightline.cli.matching_command import _written
from sightline.people.again.differing import Difference
from sightline.people.again.looking import Seen
from sightline.people.models import Person
from sightline.vault.models import SafeAddress
from sightline.vault.rows_out import Why, left_out
from tests.vault.safe import keep_haven
from tests.world import NOW, notification

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


@pytest.fixture
def three(world):
    """Sam, whom nothing protects, Leila, who is restricted, and Maria, who is somewhere safe."""
    world.notify(notification())
    Person.objects.filter(given_name="Leila").update(
        restricted_at=NOW, restricted_by=world.user("ig")
    )
    keep_haven(world)
    return [world.person(name) for name in ("Sam", "Leila", "Maria")]


def test_new_people_are_left_out_for_a_week_and_whoever_is_in_danger_for_good(three):
    sam, leila, maria = (person.pk for person in three)
    always = {leila: Why.RESTRICTED, maria: Why.RESTRICTED}
    for after, new in ((0 * A_WEEK, True), (A_WEEK - timedelta(seconds=1), True), (A_WEEK, False)):
        expected = always | ({sam: Why.NEW} if new else {})
        assert left_out([sam, leila, maria], NOW + after) == expected
    SafeAddress.objects.update(ended_at=NOW, ended_by=three[1].restricted_by)
    assert left_out([sam, leila, maria], NOW + A_WEEK) == always


def test_the_file_of_another_model_holds_no_row_of_theirs_and_says_how_many(
    three, world, monkeypatch, tmp_path
):
    leila = three[1]
    noah = Person.objects.create(given_name="Noah", created_at=NOW - A_WEEK)
    mentions = {name: world.mention(name).pk for name in ("Sam", "Leila", "Maria", "Daniel")}
    moves = {
        mentions["Sam"]: noah.pk,
        mentions["Leila"]: noah.pk,
        mentions["Maria"]: None,
        mentions["Daniel"]: leila.pk,
    }
    seen = Seen(4, {}, {}, [Difference(moves)], {}, [])
    path = tmp_path / "who.csv"
    for now, left, said in (
        (NOW, [], "2 of people who are new, and under embargo"),
        (NOW + A_WEEK, [[1, mentions["Sam"], noah.pk]], "3 of people who are restricted"),
    ):
        monkeypatch.setattr("sightline.common.clock.now", lambda now=now: now)
        assert said in _written(seen, path)
        rows = list(csv.reader(path.read_text("utf-8").splitlines()))
        assert rows == [["change", "mention", "would_be_person"], *([*map(str, r)] for r in left)]
