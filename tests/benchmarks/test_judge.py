"""Ten mentions counted by hand.

    mention      1  2  3   4  5   6    7    8  9   10
    person       a  a  a   b  b   c    d    e  e   f
    cluster      x  x  y   z  z   z    w    v  v   u

a and b are siblings, b and c twins, d is the namesake of f: same name and birth date. e is
c's namesake, with nothing else in common.
"""

import pyarrow as pa
import pytest
from numpy import array
from pyarrow import parquet

from benchmarks.linkage.counting import Score
from benchmarks.linkage.fairness import Group, gap, reaches
from benchmarks.linkage.judge import judge, report
from benchmarks.linkage.reading import Pairs
from benchmarks.linkage.reviewer import review

PERSONS = [1, 1, 1, 2, 2, 3, 4, 5, 5, 6]
CLUSTERS = ["x", "x", "y", "z", "z", "z", "w", "v", "v", "u"]
TWINS = {2: 3, 3: 2}
FAMILY = {1: 1, 2: 1, 3: 1, 4: 2, 5: 3, 6: 4}
NAMES = {4: "john smith", 6: "john smith", 3: "ann lee", 5: "ann lee"}
BORN = {4: "1990-01-01", 6: "1990-01-01"}


def _ids(numbers):
    return [f"M{number}" for number in numbers]


@pytest.fixture
def files(tmp_path):
    everybody = _ids(range(1, 11))
    columns = {
        "mention_id": everybody,
        "person_id": PERSONS,
        "tradition": ["african"] * 3 + ["chinese"] * 7,
        "age_band": ["0-4"] * 10,
        "completeness": ["full"] * 10,
        "family_id": [FAMILY[p] for p in PERSONS],
        "twin_of": pa.array([TWINS.get(p) for p in PERSONS], pa.int64()),
        "true_name": [NAMES.get(p, f"name {p}") for p in PERSONS],
        "born": [BORN.get(p, f"2001-01-{p:02}") for p in PERSONS],
        "true_postcode": [f"ZZ{p} 1AA" for p in PERSONS],
    }
    truth, out = tmp_path / "truth.parquet", tmp_path / "out.csv"
    parquet.write_table(pa.table(columns), truth)
    rows = [f"{m},{c}" for m, c in zip(everybody, CLUSTERS, strict=True)]
    out.write_text("\n".join(["mention_id,person_id", *rows]))
    return truth, out


def _pairs(files, *rows):
    path = files[0].with_name("pairs.csv")
    path.write_text("\n".join(["mention_id_l,mention_id_r,weight,decision", *rows]))
    return path


def test_precision_and_recall_of_what_the_machine_joined(files):
    """Joined: 1-2, 4-5, 4-6, 5-6, 8-9. Truly one: 1-2, 1-3, 2-3, 4-5, 8-9. Both: three."""
    join = judge(*files).join
    assert (join.precision, join.recall) == (3 / 5, 3 / 5)
    assert join.f1 == pytest.approx(3 / 5)


def test_a_yes_of_the_reviewer_joins_clusters_and_a_no_does_not(files):
    """2-3 makes one person of x and y: 1-3 and 2-3 are found as well. 7-10 are two people."""
    pairs = _pairs(files, "M2,M3,3.5,review", "M7,M10,9.5,review", "M1,M3,1.0,review")
    verdict = judge(*files, pairs, per_100=20)
    assert (verdict.review.asked, verdict.review.yes, verdict.review.open) == (2, 1, 0)
    assert (verdict.reviewed.precision, verdict.reviewed.recall) == (5 / 7, 1)


def test_nothing_is_asked_when_there_is_no_time(files):
    verdict = judge(*files, _pairs(files, "M2,M3,3.5,review"))
    assert verdict.review.open == 1, "2 in 100 of ten mentions is none"
    assert verdict.reviewed == verdict.join


def test_what_is_answered_is_not_asked_again():
    cluster, person = array([0, 1, 2, 3]), array([7, 7, 7, 8])
    left, right = array([0, 1, 0, 0, 2]), array([1, 2, 2, 3, 3])
    pairs = Pairs(left, right, array([5.0, 4, 3, 2, 1]), array([False] * 5))
    done = review(cluster, pairs, person, per_100=100)
    assert (done.asked, done.yes, done.open) == (3, 2, 0)
    assert len(set(done.cluster.tolist())) == 2
    once = review(cluster, pairs, person, per_100=25)
    assert (once.asked, once.yes, once.open) == (1, 1, 3)


def test_the_strongest_question_is_asked_first_and_joins_are_no_questions():
    cluster, person = array([0, 1, 2, 3]), array([7, 8, 7, 7])
    pairs = Pairs(
        array([0, 0, 0]), array([1, 2, 3]), array([1.0, 2, 9]), array([False, False, True])
    )
    done = review(cluster, pairs, person, per_100=25)
    assert (done.asked, done.yes) == (1, 1)
    assert done.cluster[0] == done.cluster[2] != done.cluster[3]


def test_twins_family_and_namesakes_are_counted_as_persons(files):
    cases = judge(*files).cases
    assert {name: (c.pairs, c.joined, c.mention_pairs) for name, c in cases.items()} == {
        "twins": (1, 1, 2),
        "same family": (3, 1, 2),
        "close namesakes": (1, 0, 0),
        "namesakes": (2, 0, 0),
    }


def test_a_mention_that_is_missing_is_alone_and_one_given_twice_is_refused(files):
    truth, out = files
    lines = out.read_text().split("\n")
    out.write_text("\n".join(line for line in lines if not line.startswith("M2,")))
    assert judge(truth, out).join.recall == 2 / 5
    out.write_text("\n".join([*lines, "M2,q"]))
    with pytest.raises(ValueError, match="twice"):
        judge(truth, out)


def test_a_group_too_small_is_left_out_and_the_report_is_a_table(files):
    verdict = judge(*files)
    assert verdict.groups["tradition"] == []
    assert "| join: precision | 0.6000 |" in report(verdict)


def test_recall_of_groups_is_compared_where_their_precision_is_equal():
    scores = [Score(0.8, 0.9), Score(0.95, 0.85), Score(0.99, 0.7)]
    assert reaches(scores, 0.94) == Score(0.95, 0.85)
    assert reaches(scores, 0.999) is None
    groups = [Group("a", 9, scores[0], scores[1]), Group("b", 9, scores[0], Score(0.96, 0.8))]
    assert gap(groups) == pytest.approx(5)
