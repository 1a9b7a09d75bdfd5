"""Who is compared: in a table exactly those who share a key, as they would one by one."""

from collections import defaultdict
from itertools import combinations

import pytest

from benchmarks.linkage.same_weights import described
from sightline.linkage import blocking
from sightline.rules.linkage.keys import TOO_COMMON, keys
from tests.linkage.tables import odd_rows, region, row, standardised


def _expected(con):
    """Pairs of two sources that share a key which is not too common."""
    source = dict(con.execute("select id, notice from mention").fetchall())
    who = defaultdict(set)
    for number, mention in described(con).items():
        for key in keys(mention):
            who[key].add(number)
    shared = [sorted(found) for found in who.values() if len(found) <= TOO_COMMON]
    pairs = {pair for found in shared for pair in combinations(found, 2)}
    return {(a, b) for a, b in pairs if source[a] != source[b]}


def _found(con):
    blocking.block(con)
    return con.execute("select a, b from pair").fetchall()


@pytest.mark.parametrize("seed", [4, 5])
def test_whatever_may_be_written(tmp_path, seed):
    con = standardised(tmp_path, odd_rows(400, seed))
    found = _found(con)
    assert len(set(found)) == len(found) > 1_000
    assert set(found) == _expected(con)


def test_an_invented_region(tmp_path):
    con = region(tmp_path, 3_000, "usual")
    found = _found(con)
    assert len(set(found)) == len(found) > 1_000
    assert set(found) == _expected(con)


def test_a_key_of_too_many_is_none(tmp_path):
    born = {"given_name": "", "surname": "Smith", "dob": "2000-01-01"}
    enough = [row(n, n, **born) for n in range(TOO_COMMON)]
    con = standardised(tmp_path, enough)
    assert len(_found(con)) == TOO_COMMON * (TOO_COMMON - 1) // 2
    (tmp_path / "more").mkdir()
    con = standardised(tmp_path / "more", [*enough, row(999, 999, **born)])
    assert _found(con) == []


def test_mentions_without_a_notification_are_of_one_each(tmp_path):
    same = {"given_name": "Ann", "surname": "Lee", "dob": "2000-05-07"}
    rows = [{**row(n, 0, **same), "notification_id": ""} for n in range(3)]
    assert set(_found(standardised(tmp_path, rows))) == {(0, 1), (0, 2), (1, 2)}


def test_nobody_is_compared_within_one_notification(tmp_path):
    same = {"given_name": "Ann", "surname": "Lee", "dob": "2000-05-07"}
    assert _found(standardised(tmp_path, [row(n, 7, **same) for n in range(3)])) == []
