"""What holds for every set of answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.child import ChildFacts
from sightline.rules.screening.instrument import DATA, load_instruments
from sightline.rules.screening.suggest import suggest
from tests.rules.screening.cast import MATRIX

IDS = [item.id for item in MATRIX.items]
LABELS = {one.id: one.label for one in (*MATRIX.items, *MATRIX.accumulations, *MATRIX.uplifts)}
an_answer = st.sampled_from(Answer)
answers = st.dictionaries(st.sampled_from(IDS), an_answer, max_size=12)
factors = st.dictionaries(st.sampled_from([f.id for f in MATRIX.protective_factors]), an_answer)
known_or_not = st.sampled_from([True, False, None])
born = st.builds(
    ChildFacts,
    age_in_months=st.none() | st.integers(0, 227),
    unborn=st.just(False),
    siblings=st.integers(0, 3),
    disability=known_or_not,
    open_to_social_care=known_or_not,
)
children = born | born.map(lambda child: replace(child, age_in_months=None, unborn=True))


@given(answers, st.sampled_from(IDS), children)
def test_adding_a_yes_never_lowers_the_scale_or_what_is_offered(given_answers, item, child):
    before = suggest(MATRIX, given_answers, child, {})
    after = suggest(MATRIX, {**given_answers, item: Answer.YES}, child, {})
    assert after.scale >= before.scale
    assert after.scale_with_offers >= before.scale_with_offers


@given(answers, st.sampled_from(IDS), children)
def test_a_suspected_item_never_points_higher_than_a_yes_or_lower_than_a_no(
    given_answers, item, child
):
    no, suspected, yes = (
        suggest(MATRIX, {**given_answers, item: value}, child, {}).scale
        for value in (Answer.NO, Answer.SUSPECTED, Answer.YES)
    )
    assert no <= suspected <= yes


@given(answers, children, st.randoms())
def test_the_order_of_the_answers_does_not_matter(given_answers, child, random):
    shuffled = list(given_answers.items())
    random.shuffle(shuffled)
    assert suggest(MATRIX, dict(shuffled), child, {}) == suggest(MATRIX, given_answers, child, {})


@given(answers, factors, children)
def test_protective_factors_change_nothing_but_what_is_to_weigh(given_answers, protective, child):
    with_them = suggest(MATRIX, given_answers, child, protective)
    without = suggest(MATRIX, given_answers, child, {})
    assert replace(with_them, to_weigh=()) == replace(without, to_weigh=())


@given(answers, children)
def test_each_reason_names_its_item_and_the_scale_is_the_highest_of_them(given_answers, child):
    result = suggest(MATRIX, given_answers, child, {})
    for reason in result.reasons:
        if reason.item is not None:
            assert reason.words.startswith(LABELS[reason.item])
    assert result.scale == max(reason.scale for reason in result.reasons)
    assert 1 <= result.scale <= result.scale_with_offers <= 4


@given(answers, children)
def test_each_concern_that_can_raise_is_a_reason(given_answers, child):
    concerns = {
        id_
        for id_, answer in given_answers.items()
        if answer.is_concern and MATRIX.items_by_id[id_].raises
    }
    reasons = {reason.item for reason in suggest(MATRIX, given_answers, child, {}).reasons}
    assert reasons & set(IDS) == concerns


@given(answers, children)
def test_saying_not_asked_is_the_same_as_saying_nothing(given_answers, child):
    spelt_out = {**dict.fromkeys(IDS, Answer.NOT_ASKED), **given_answers}
    assert suggest(MATRIX, spelt_out, child, {}) == suggest(MATRIX, given_answers, child, {})


@given(answers, children)
def test_the_counts_add_up_to_every_question(given_answers, child):
    counts = suggest(MATRIX, given_answers, child, {}).counts
    assert counts.answered + counts.not_known + counts.not_asked == counts.total == 75


@pytest.fixture(scope="module")
def with_next_year(tmp_path_factory):
    """This year's version, and next year's: every floor raised, an item withdrawn, one added."""
    raised = [f'[[items]]\nid = "{item.id}"\nfloor = 4\n' for item in MATRIX.items[1:]]
    added = (
        '[[items]]\nid = "N1"\ndomain = "V"\nquestion = "Was there more?"\nlabel = "More"\n'
        "floor = 4\n"
    )
    path = tmp_path_factory.mktemp("versions") / "child_matrix_2027.toml"
    path.write_text(
        f'id = "child-matrix"\nversion = "2027.1"\nbased_on = "{MATRIX.key}"\n'
        f'commencement = 2027-01-01\nwithdrawn = ["V1"]\n{"".join(raised)}{added}'
    )
    return load_instruments([DATA / "child_matrix_2026.toml", path])


@given(answers, factors, children)
@settings(max_examples=50)
def test_a_new_version_never_changes_an_old_result(with_next_year, given_answers, helps, child):
    old, new = with_next_year
    before = suggest(MATRIX, given_answers, child, helps)
    assert suggest(old, given_answers, child, helps) == before
    assert before.instrument == MATRIX.key == old.key != new.key
