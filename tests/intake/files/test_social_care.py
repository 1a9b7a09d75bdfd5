"""An extract of the social care system: each row onto the right child, or kept with its reason."""

from datetime import date

import pytest

from sightline.actions.models import SocialCareEvent
from sightline.intake.models import ImportKind
from sightline.people.models import Link, LinkReview, Mention, Person
from tests.intake.files.sending import LEILA, MARIA, csv_of, rows_of

pytestmark = pytest.mark.django_db
KIND = ImportKind.SOCIAL_CARE
NHS = LEILA["nhs_number"]
BEGUN = {"NHS number": NHS, "event": "family assessment", "start date": "01/09/2026"}
NAMED = {"forename": "Leila", "surname": "Moreno", "dob": "09/05/2017", "event": "early help",
         "start date": "2026-09-01"}  # fmt: skip


def extract(*rows):
    return csv_of(rows, list(dict.fromkeys(name for row in rows for name in row)))


@pytest.fixture
def held(door):
    """A notification of Maria and Leila, of the past."""
    return door.send(csv_of(rows_of("NM-1", MARIA, LEILA)))


def refused(file):
    return [" ".join(row.reasons) for row in file.refused.all()]


def test_the_columns_of_an_extract_are_known_by_their_usual_names(door, held):
    row = BEGUN | {"end date": "01/10/2026", "outcome": "plan", "factors": "3B, 4B;16A"}
    plan = {"NHS number": NHS, "event": "Child protection plan", "start date": "02/10/2026",
            "category of abuse": "Emotional", "secondary category": "Domestic abuse"}  # fmt: skip
    assert door.send(extract(row, plan), KIND).accepted == 2
    assessed, planned = SocialCareEvent.objects.order_by("on")
    assert (assessed.ended_on, assessed.outcome) == (date(2026, 10, 1), "plan")
    assert assessed.factors == ["3B", "4B", "16A"]
    assert (planned.primary_category, planned.domestic_abuse) == ("EMO", True)


def test_a_later_extract_fills_in_the_end_and_a_repeated_one_changes_nothing(door, held):
    door.send(extract(BEGUN), KIND)
    ended = BEGUN | {"end date": "05/10/2026"}
    assert door.send(extract(ended), KIND).accepted == 1
    again = door.send(extract(ended, BEGUN), KIND)
    assert (again.accepted, again.replayed) == (0, 2)
    assert SocialCareEvent.objects.get().ended_on == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"NHS number": "9990000999"}, "No child on record has this NHS number. Say which child"),
        ({"NHS number": MARIA["nhs_number"]}, "Say which child"),
        ({"NHS number": ""}, "Say which child: by the NHS number"),
        ({"end date": "01/08/2026"}, "ends before it begins"),
        ({"factors": "21 3A", "end date": "02/09/2026"}, "cannot stand beside others"),
        ({"category": "EMO"}, "Only a child protection plan"),
        ({"category": "domestic"}, "write one of: NEG, PHY, SAB, EMO, MUL"),
        ({"child_id": "999999"}, "No child on record has this number of ours"),
    ],
)
def test_a_row_that_cannot_be_is_kept_with_its_reason_and_the_others_go_on(
    door, held, change, says
):
    good = BEGUN | {"event": "referral"}
    file = door.send(extract(BEGUN | change, good), KIND)
    assert says in refused(file)[0]
    assert (file.accepted, SocialCareEvent.objects.get().kind) == (1, "referral")


def test_a_conference_before_its_strategy_discussion_is_asked_about(door, held):
    rows = [
        BEGUN | {"event": kind, "start date": day}
        for kind, day in (("strategy discussion", "10/09/2026"),
                          ("initial conference", "09/09/2026"))
    ]  # fmt: skip
    assert "not held before the strategy discussion" in refused(door.send(extract(*rows), KIND))[0]


def test_our_own_number_is_enough(door, held):
    child = Link.objects.get(mention__given_name="Leila").person_id
    row = {"child_id": str(child), "event": "referral", "start date": "01/09/2026"}
    door.send(extract(row), KIND)
    assert SocialCareEvent.objects.get().mention.given_name == "Leila"


def who_is(mention):
    return Link.objects.get(mention=mention, ended_at=None).person_id


def leila():
    return Link.objects.get(mention__source__label__contains="NM-1", mention__given_name="Leila")


def test_by_name_and_birth_date_it_is_the_child_who_bears_them(door, held):
    door.send(extract(NAMED), KIND)
    [event] = SocialCareEvent.objects.all()
    assert who_is(event.mention) == leila().person_id
    again = door.send(extract(NAMED | {"surname": " Moreno"}), KIND)
    assert again.replayed == 1
    assert Mention.objects.filter(source__label__startswith="Record of").count() == 1


def test_where_nobody_fits_nothing_is_written_down(door, held):
    before = (Person.objects.count(), Mention.objects.count())
    stranger = NAMED | {"forename": "Oskar", "surname": "Lindqvist", "dob": "01/02/2011"}
    file = door.send(extract(stranger), KIND)
    assert "No child on record has this name" in refused(file)[0]
    assert (Person.objects.count(), Mention.objects.count()) == before
    assert not SocialCareEvent.objects.exists()


@pytest.mark.parametrize("forename", ["Lila", "Sara"])  # another spelling, or her twin
def test_a_child_who_may_be_another_is_asked_about_and_never_guessed(door, held, forename):
    assert door.send(extract(NAMED | {"forename": forename}), KIND).accepted == 1
    mention = SocialCareEvent.objects.get().mention
    assert who_is(mention) != leila().person_id
    [question] = LinkReview.objects.filter(LinkReview.OPEN, mention=mention)
    assert question.candidate_id == leila().person_id
