"""What holds for every mention, however it was written."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from sightline.rules.linkage.compare import compare
from sightline.rules.linkage.decide import Band, decide
from sightline.rules.linkage.describe import describe
from sightline.rules.linkage.resolve import Candidate, resolve

FORENAMES = [
    "", "Jayden", "Jaydn", "Kayden", "Mohammed", "Mohammed Ali", "Ali", "J", "Hassan", "Hussain",
    "Anna Maria", "Annamaria", "Bill", "William", "Zaviyar", "Wang",
]  # fmt: skip
SURNAMES = [
    "", "Pemberton", "Pembertn", "Pemberton-Ali", "Ali", "Khan", "Jayden", "Kowalska", "Kowalski",
    "Wang",
]  # fmt: skip

written = st.fixed_dictionaries(
    {
        "given": st.sampled_from(FORENAMES) | st.text(max_size=12),
        "middle": st.sampled_from(["", "Kofi", "K", "Jayden", "Ali"]),
        "surname": st.sampled_from(SURNAMES) | st.text(max_size=12),
        "dob": st.none()
        | st.sampled_from([date(2015, 5, 7), date(2015, 7, 5), date(2015, 5, 8), date(2015, 1, 1)])
        | st.dates(date(1950, 1, 1), date(2026, 1, 1)),
        "sex": st.sampled_from(["", "M", "F"]),
        "house": st.sampled_from(["", "12", "14"]),
        "postcode": st.sampled_from(["", "DY1 1HF", "DY1 1AA", "LE2 1AA"]),
        "phone": st.sampled_from(["", "07700 900123", "07700 900456"]),
        "nhs_number": st.sampled_from(["", "9990000018", "9990000026"]),
        "upn": st.sampled_from(["", "K332123420001", "A33212342000A"]),
        "role": st.sampled_from(["", "child", "victim", "perpetrator"]),
        "unborn": st.booleans(),
    }
)
BLANK: dict[str, Any] = {
    "given": "", "middle": "", "surname": "", "dob": None, "sex": "", "house": "", "postcode": "",
    "phone": "", "nhs_number": "", "upn": "",
}  # fmt: skip
TOUCHED = {
    "given": {"forename", "names", "middle"}, "middle": {"forename", "names", "middle"},
    "surname": {"surname", "names"}, "house": {"house"},
    "postcode": {"home", "house", "phone"},
    "dob": {"dob"}, "sex": {"sex"}, "phone": {"phone"}, "nhs_number": {"nhs_number"},
    "upn": {"upn"},
}  # fmt: skip
SINGLE_PART = ("dob", "sex", "phone", "nhs_number", "upn")


@given(written, written)
def test_it_does_not_matter_which_mention_comes_first(one, other):
    a, b = describe(**one), describe(**other)
    assert compare(a, b) == compare(b, a)


@given(written, written, st.sampled_from(SINGLE_PART))
def test_a_part_that_is_missing_adds_exactly_nothing(one, other, part):
    a, b = describe(**one), describe(**other)
    without = compare(describe(**{**one, part: BLANK[part]}), b)
    told = [r for r in compare(a, b).reasons if r.part != part]
    assert without.reasons == tuple(told)
    assert without.weight == sum(reason.weight for reason in told)


@given(written, written, st.sets(st.sampled_from(sorted(BLANK))), st.sampled_from(sorted(TOUCHED)))
def test_leaving_out_what_did_not_speak_against_never_raises_a_weight(one, two, shared, part):
    other = describe(**{**two, **{key: one[key] for key in shared}})
    full = compare(describe(**one), other)
    assume(all(r.weight >= 0 for r in full.reasons if r.part in TOUCHED[part]))
    less = compare(describe(**{**one, part: BLANK[part]}), other)
    assert less.weight <= full.weight + 1e-9


@given(written, written)
def test_a_missing_birth_date_never_joins_what_the_same_birth_date_would_not(one, other):
    shared = {**other, "dob": one["dob"]}
    missing = decide(compare(describe(**{**one, "dob": None}), describe(**shared)))
    there = decide(compare(describe(**one), describe(**shared)))
    assert there is Band.JOIN or missing is not Band.JOIN


people = st.lists(
    st.tuples(st.lists(written, min_size=1, max_size=3), st.booleans(), st.booleans()), max_size=4
)


@given(written, people, st.randoms(use_true_random=False))
def test_the_order_of_candidates_and_mentions_does_not_matter(one, known, random):
    candidates = [
        Candidate(number, tuple(describe(**w) for w in mentions), not_same, in_same_source)
        for number, (mentions, not_same, in_same_source) in enumerate(known)
    ]
    shuffled = [
        replace(c, mentions=tuple(random.sample(c.mentions, len(c.mentions)))) for c in candidates
    ]
    random.shuffle(shuffled)
    mention = describe(**one)
    assert resolve(mention, candidates) == resolve(mention, shuffled)


@given(written, people)
def test_a_join_has_no_veto_and_only_one_who_could_be_joined(one, known):
    candidates = [
        Candidate(number, tuple(describe(**w) for w in mentions), not_same, in_same_source)
        for number, (mentions, not_same, in_same_source) in enumerate(known)
    ]
    verdict = resolve(describe(**one), candidates)
    proposed = {verdict.person_id, *(match.person_id for match in verdict.alternatives)} - {None}
    assert not any(c.not_same or c.in_same_source for c in candidates if c.person_id in proposed)
    if verdict.band is Band.JOIN:
        assert not verdict.vetoes
        assert all(match.band is Band.REVIEW for match in verdict.alternatives)
