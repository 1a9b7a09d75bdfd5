"""An unborn child named again is the same person, so that nobody is asked about it twice."""

from datetime import date, timedelta

import pytest

from sightline.people.again.applying import apply
from sightline.people.again.looking import look
from sightline.people.commands import (
    Document,
    Entry,
    Happened,
    Place,
    Related,
    Written,
    record_sources,
)
from sightline.people.linking import link_sources
from sightline.people.model_in_use import model_in_use
from sightline.people.models import Link, LinkReview, Mention, Person
from tests.people.mentioned import BEGAN

pytestmark = pytest.mark.django_db
MARIA = {
    "role": "victim", "given_name": "Maria", "surname": "Moreno", "sex": "F",
    "birth_date": date(1992, 3, 14),
}  # fmt: skip
HOME = Place("12 Brook Lane, Castlebrook", "ZZ9 4QT")
MARCH, MAY = date(2027, 3, 20), date(2027, 5, 20)


def version(number, *due, mother=True, day=0, of="T-1", replaces=None):
    """A version of a notification that names Maria and so many unborn children."""
    at = BEGAN + timedelta(days=day)
    children = [
        {"role": "child", "presence": "unborn", "expected_birth": each, "surname": "Moreno"}
        for each in due
    ]
    document = Document(
        label=f"Police notification {of}, version {number}", on=at.date(),
        happened=Happened(at, HOME, reference=of),
        people=[Written(one, local_id=str(n)) for n, one in enumerate((MARIA, *children))],
        related=[Related("0", str(n), "mother") for n in range(1, len(due) + 1) if mother],
    )  # fmt: skip
    [source] = record_sources([Entry(document, replaces=replaces)], now=at)
    return source


def unborn(*sources):
    """Link the sources together, and return who the unborn children of each are."""
    link_sources(sources, now=BEGAN)
    return [_who(source) for source in sources]


def _who(source):
    links = Link.objects.filter(mention__source=source, mention__presence="unborn", ended_at=None)
    return list(links.order_by("mention__position").values_list("person", flat=True))


@pytest.mark.parametrize("mother", [True, False])
@pytest.mark.parametrize("together", [True, False])
def test_in_a_corrected_version_it_is_the_same_and_nothing_is_asked(mother, together):
    first = version(1, MARCH, mother=mother)
    if not together:
        unborn(first)
    second = version(2, None, mother=mother, replaces=first)
    found = unborn(first, second)
    assert found[0] == found[1]
    assert Person.objects.filter(given_name="").count() == 1
    assert not LinkReview.objects.exists()


def test_twins_stay_two_and_a_third_is_a_new_person():
    first = version(1, MARCH, MARCH)
    second = version(2, MARCH, MARCH, replaces=first)
    (one, other), again = unborn(first, second)
    assert again == [one, other]
    assert one != other
    third = version(3, MARCH, MARCH, MARCH, replaces=second)
    assert not {one, other} & set(unborn(third)[0])


def test_by_another_incident_it_is_the_same_only_if_it_is_due_about_then():
    first, later = version(1, MARCH), version(1, MARCH + timedelta(20), day=30, of="T-2")
    next_one = version(1, MAY, day=40, of="T-3")
    found = unborn(first, later, next_one)
    assert found[0] == found[1] != found[2]


def test_the_night_leaves_it_with_its_person():
    first = version(1, MARCH)
    second = version(2, None, replaces=first)
    before = unborn(first, second)
    model = model_in_use()
    apply(look(model), model, now=BEGAN + timedelta(days=1))
    assert [_who(first), _who(second)] == before
    assert Mention.objects.filter(presence="unborn").count() == 2
