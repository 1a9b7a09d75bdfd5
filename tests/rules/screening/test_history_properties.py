"""What holds for every record."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.history import RecordFacts, answers_from_record
from sightline.rules.screening.suggest import suggest
from tests.rules.screening.cast import MATRIX, TEN, TODAY, happening

names = st.frozensets(st.sampled_from(["him", "her", "son", "girl", "gran"]), max_size=2)
happenings = st.builds(
    happening,
    on=st.integers(0, 1200).map(lambda days: TODAY - timedelta(days=days)),
    household=st.sampled_from(["home", "there"]),
    perpetrators=names,
    victims=names,
    children=names,
    officer_grade=st.sampled_from(["standard", "medium", "high", None]),
    source_label=st.uuids().map(str),
)
records = st.lists(happenings, max_size=6)
THIS = happening()
FACTS = RecordFacts()


@given(records, st.randoms())
def test_the_order_of_the_record_does_not_matter(earlier, random):
    shuffled = random.sample(earlier, len(earlier))
    assert answers_from_record(THIS, shuffled, FACTS) == answers_from_record(THIS, earlier, FACTS)


@given(records)
def test_every_yes_shows_its_evidence_and_every_answer_says_why(earlier):
    for item, found in answers_from_record(THIS, earlier, FACTS).items():
        assert found.because, item
        assert found.evidence or found.answer is not Answer.YES, item


@given(records, happenings)
def test_knowing_of_one_more_never_takes_back_a_repeat(earlier, one_more):
    before = answers_from_record(THIS, earlier, FACTS)
    after = answers_from_record(THIS, [*earlier, one_more], FACTS)
    for item in ("P2", "P3", "P6", "P7", "P9", "A9"):
        assert after[item].answer is Answer.YES or before[item].answer is not Answer.YES, item


@given(records)
def test_only_items_from_history_are_answered_and_the_matrix_can_weigh_them(earlier):
    found = answers_from_record(THIS, earlier, FACTS)
    assert all(MATRIX.items_by_id[item].from_history for item in found)
    weighed = suggest(MATRIX, {item: one.answer for item, one in found.items()}, TEN, {})
    known = sum(one.answer.is_answered for one in found.values())
    assert weighed.counts.answered == known
