"""The vocabulary holds together, and what is not in it keeps its words."""

import pytest

from sightline.rules.families.kinds import KINDS, inverse_of, kind_of

OTHER_SIDE = {"elder": "younger", "younger": "elder", "each": "each"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_its_other_side(kind):
    back = KINDS[kind.inverse]
    assert back.bond == kind.bond
    assert back.side == OTHER_SIDE[kind.side]
    assert back.ended == kind.ended


@pytest.mark.parametrize(
    ("written", "code"),
    [("mother", "mother"), ("Mum", "mother"), ("MOTH", "mother"), ("Mother of", "mother"),
     ("ex_partner", "ex_partner"), ("Ex-Partner", "ex_partner"), ("EXPA", "ex_partner"),
     ("step father", "step_father"), ("step-father", "step_father"), ("Husband", "spouse"),
     ("half-sister", "half_sibling"), ("foster carer", "carer"), ("son", "son"),
     ("grand-parent", "grandparent")],
)  # fmt: skip
def test_senders_write_one_thing_in_many_ways(written, code):
    assert kind_of(written).code == code


def test_an_unknown_kind_is_kept_as_written_both_ways_round():
    kind = kind_of("Landlord")
    assert kind.words == "landlord of"
    assert inverse_of(kind).words == "has as landlord"
    assert not kind.known
    assert kind.bond != kind_of("tenant").bond


def test_that_nothing_was_said_of_how_is_the_same_both_ways_round():
    kind = kind_of(" - ")
    assert kind.words == inverse_of(kind).words == "related, not said how, to"


def test_an_ex_partner_is_no_other_bond_than_a_partner():
    assert kind_of("partner").bond == kind_of("ex wife").bond
    assert kind_of("ex wife").ended
