"""What holds for every pair of mentions, however they were written."""

from hypothesis import assume, given
from hypothesis import strategies as st

from sightline.rules.linkage.compare import compare, reasons
from sightline.rules.linkage.decide import Band, decide
from sightline.rules.linkage.describe import Described, describe
from sightline.rules.linkage.keys import keys
from sightline.rules.linkage.levels import Home
from sightline.rules.linkage.words import PARTS
from tests.rules.linkage.people import MODEL
from tests.rules.linkage.written import BLANK, written

# The parts to which a field belongs; those in SINGLE belong to nothing else.
TOUCHED = {
    "given": {"forename", "surname", "middle"}, "middle": {"forename", "middle"},
    "surname": {"forename", "surname"}, "house": {"home", "phone"}, "street": {"home", "phone"},
    "postcode": {"home", "phone"}, "dob": {"birth"}, "sex": {"sex"}, "phone": {"phone"},
    "nhs_number": {"nhs_number"}, "upn": {"upn"}, "police_id": {"police_id"},
}  # fmt: skip
SINGLE = ("dob", "sex", "phone", "nhs_number", "upn", "police_id")


def _reasons(a: Described, b: Described):
    return {reason.part: reason for reason in reasons(a, b, MODEL)}


@given(written, written)
def test_it_does_not_matter_which_mention_comes_first(one, other):
    a, b = describe(**one), describe(**other)
    assert compare(a, b, MODEL) == compare(b, a, MODEL)
    assert reasons(a, b, MODEL) == reasons(b, a, MODEL)


@given(written, written)
def test_the_reasons_add_up_to_the_weight(one, other):
    a, b = describe(**one), describe(**other)
    total = sum(reason.weight for reason in reasons(a, b, MODEL))
    assert abs(compare(a, b, MODEL).weight - total) < 1e-5


@given(written, written, st.sampled_from(SINGLE))
def test_a_part_that_is_missing_adds_exactly_nothing(one, other, field):
    (part,) = TOUCHED[field]
    b = describe(**other)
    with_it = _reasons(describe(**one), b)
    with_it.pop(part, None)
    assert _reasons(describe(**{**one, field: BLANK[field]}), b) == with_it


@given(written, written, st.sets(st.sampled_from(sorted(BLANK))), st.sampled_from(sorted(TOUCHED)))
def test_leaving_out_what_did_not_speak_against_never_raises_a_weight(one, two, shared, field):
    other = describe(**{**two, **{key: one[key] for key in shared}})
    full = describe(**one)
    said = _reasons(full, other)
    against = compare(full, other, MODEL).found.home is Home.NEIGHBOUR and field == "house"
    assume(not against and all(r.weight >= 0 for p, r in said.items() if p in TOUCHED[field]))
    less = compare(describe(**{**one, field: BLANK[field]}), other, MODEL)
    assert less.weight <= compare(full, other, MODEL).weight + 1e-5


@given(written, written)
def test_a_missing_birth_date_never_joins_what_the_same_birth_date_would_not(one, other):
    def band(dob):
        a, b = describe(**{**one, "dob": dob}), describe(**{**other, "dob": one["dob"]})
        return decide(compare(a, b, MODEL), MODEL.bands)

    assert band(one["dob"]) is Band.JOIN or band(None) is not Band.JOIN


@given(written, written)
def test_a_veto_never_joins_and_company_never_changes_that(one, other):
    compared = compare(describe(**one), describe(**other), MODEL)
    for together in (False, True):
        band = decide(compared, MODEL.bands, together=together)
        assert band is not Band.JOIN or not compared.vetoes


@given(written)
def test_somebody_agrees_with_themselves_in_every_part(one):
    d = describe(**one)
    assert all(reason.weight > 0 for reason in reasons(d, d, MODEL))


@given(written, st.sampled_from(sorted(BLANK)))
def test_a_field_that_is_missing_makes_no_key_of_its_own(one, field):
    """Names may: without a forename the middle name is no forename, and finds nobody."""
    assume(field not in ("given", "middle"))
    assert keys(describe(**{**one, field: BLANK[field]})) <= keys(describe(**one))


@given(written, written)
def test_every_level_is_one_of_its_part(one, other):
    found = compare(describe(**one), describe(**other), MODEL).found
    for part, levels in PARTS.items():
        level = getattr(found, part)
        assert level is None or level in set(levels)
