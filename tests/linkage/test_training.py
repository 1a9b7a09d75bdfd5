"""A model is learnt from a table, is written whole, and names nobody."""

import json
from functools import cache

import pytest

from benchmarks.linkage.generate import generate
from sightline.cli import main
from sightline.linkage import training
from sightline.rules.linkage.model import load, shipped
from sightline.rules.linkage.text import spelling
from sightline.rules.linkage.words import PARTS
from tests.linkage.tables import row, write_csv

MENTIONS = 1_500
NAMES = ("given_name", "middle_name", "surname")


@cache
def _rows(count):
    return [{**each, "police_id": ""} for each in generate(count, 9, "usual")[0].to_pylist()]


def _train(folder, rows):
    out = folder / "model.json"
    source = write_csv(folder / "in.csv", rows)
    made = ["--mentions", str(source), "--out", str(out), "--version", "of a test"]
    assert main(["link", "train", *made]) == 0
    return load(out)


@pytest.fixture(scope="module", autouse=True)
def _few_pairs():
    """A fifth of the pairs teaches what these tests ask, in less than half of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "U_PAIRS", training.U_PAIRS // 5)
        yield


@pytest.fixture(scope="module")
def rare():
    """One woman named in nine sources, and six of another rare name."""
    one = [row(9_000 + n, 9_000 + n, given_name="Zebulonia", surname="Quackenbosh",
               dob="1988-03-09") for n in range(9)]  # fmt: skip
    six = [row(9_100 + n, 9_100 + n, given_name="Thistledown", surname="Featherstonehaugh",
               dob=f"19{60 + n}-07-12") for n in range(6)]  # fmt: skip
    return [*one, *six]


@pytest.fixture(scope="module")
def model(tmp_path_factory, rare):
    return _train(tmp_path_factory.mktemp("trained"), [*_rows(MENTIONS), *rare])


def test_every_level_is_there_and_most_parts_are_learnt(model):
    assert {part: len(weights) for part, weights in model.weights.items()} == {
        part: len(levels) for part, levels in PARTS.items()
    }
    learnt = {part for part, levels in model.data["parts"].items()
              for level in levels.values() if level["from"] == "learnt"}  # fmt: skip
    assert learnt >= {"birth", "forename", "surname", "sex", "home"}


def test_what_relatives_share_is_not_learnt(model):
    """Nor is that of which there is too little: start.toml says why."""
    for part in ("nhs_number", "upn", "police_id"):
        assert model.weights[part] == pytest.approx(shipped().weights[part])


def test_to_agree_still_speaks_for_one_person(model):
    for part in ("birth", "forename", "surname", "sex", "home"):
        same, *_, different = model.weights[part]
        assert same > 0 > different


def test_it_says_when_and_on_how_many_it_was_trained(model):
    assert model.version == "of a test"
    assert model.data["trained"]["mentions"] == MENTIONS + 15
    assert model.data["trained"]["told"] == "in.csv"


def test_no_name_that_fewer_than_five_bear_is_in_it(model):
    text = json.dumps(model.data).casefold()
    borne_by_six = ("thistledown", spelling("featherstonehaugh"))
    assert all(name in text for name in borne_by_six)
    assert not any(name in text for name in ("zebulonia", "quackenbosh", spelling("quackenbosh")))


def test_nothing_else_of_anybody_is_in_it(model):
    assert set(model.data) == {"version", "trained", "bands", "parts", "names"}
    assert set(model.data["names"]) == {"given", "surname", "seen"}


def test_the_same_table_gives_the_same_model(tmp_path, model, rare):
    again = _train(tmp_path, [*_rows(MENTIONS), *rare][::-1])
    for part in PARTS:
        assert model.weights[part] == pytest.approx(again.weights[part], abs=0.05)
    assert model.data["names"] == again.data["names"]


def test_a_table_too_small_to_learn_from_keeps_what_it_began_with(tmp_path):
    model = _train(tmp_path, _rows(200))
    assert {level["from"] for levels in model.data["parts"].values() for level in levels.values()} \
        == {"start"}  # fmt: skip


def test_among_more_people_more_is_asked_for():
    town, city, region = (training.bands(many) for many in (1_000, 1_000_000, 10_000_000))
    assert town["join_at"] < city["join_at"] < region["join_at"]
    assert town == training.bands(100_000), "a small file is of a town that is larger than it"
    for bands in (town, city, region):
        assert bands["review_at"] < bands["break_at"] < bands["join_at"]
