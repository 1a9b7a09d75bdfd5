"""The model is a file: complete, versioned, and of nobody's name."""

import json

import pytest

from sightline.rules.linkage.model import ModelProblem, load, parse, rarity_names, shipped
from sightline.rules.linkage.names import forename, surname
from sightline.rules.linkage.words import PARTS, WORDS


@pytest.fixture
def data():
    return json.loads(json.dumps(shipped().data))


def test_the_shipped_model_has_a_weight_and_words_for_every_level():
    for part, levels in PARTS.items():
        assert len(shipped().weights[part]) == len(levels)
        assert set(WORDS[part]) == set(levels)


def test_every_share_is_a_share_and_says_where_it_comes_from(data):
    for levels in data["parts"].values():
        for level in levels.values():
            assert 0 < level["m"] <= 1
            assert 0 < level["u"] <= 1
            assert level["from"] in ("learnt", "start")


def test_the_bands_are_in_their_order():
    bands = shipped().bands
    assert bands.review_at < bands.break_at < bands.join_at
    assert 0 < bands.together < bands.join_at


def test_the_commoner_a_name_the_less_it_is_worth():
    given = [shipped().given.of(forename(name)) for name in ("mohammed", "zebedee")]
    family = [shipped().surname.of(surname(name)) for name in ("smith", "featherstonehaugh")]
    assert given == sorted(given)
    assert family == sorted(family)
    assert list(shipped().given.tiers) == sorted(shipped().given.tiers, reverse=True)
    assert rarity_names() == ("rare", "common", "most")


def test_another_file_has_another_digest(data):
    text = json.dumps(data)
    assert parse(text).digest == parse(text).digest
    assert parse(text).digest != parse(text + " ").digest


def _without_level(data):
    del data["parts"]["home"]["sector"]


def _without_part(data):
    del data["parts"]["upn"]


def _without_version(data):
    del data["version"]


def _nought(data):
    data["parts"]["birth"]["same"]["u"] = 0


def _no_bands(data):
    data["bands"] = {"join_at": 1}


@pytest.mark.parametrize(
    "break_it", [_without_level, _without_part, _without_version, _nought, _no_bands]
)
def test_a_model_file_that_lacks_something_says_what_to_do(tmp_path, data, break_it):
    break_it(data)
    path = tmp_path / "model.json"
    path.write_text(json.dumps(data))
    with pytest.raises(ModelProblem, match="sightline link train"):
        load(path)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "12", '{"version": 1', "mention_id,surname\n1,A\n"]
)
def test_a_file_that_is_no_model_says_so(tmp_path, text):
    path = tmp_path / "model.json"
    path.write_text(text)
    with pytest.raises(ModelProblem, match="is no model that can be used"):
        load(path)


def test_no_file_at_all_says_so_as_well(tmp_path):
    with pytest.raises(ModelProblem, match=r"none\.json"):
        load(tmp_path / "none.json")


def test_a_model_file_is_loaded_as_it_was_written(tmp_path, data):
    path = tmp_path / "model.json"
    path.write_text(json.dumps(data))
    assert load(path).weights == shipped().weights


def test_a_file_from_before_a_level_was_told_apart_can_still_be_used():
    data = json.loads(json.dumps(dict(shipped().data)))
    del data["parts"]["police_id"]["one_off"]
    same, one_off, different = parse(json.dumps(data)).weights["police_id"]
    assert same > one_off == different


def test_a_police_number_one_character_off_speaks_for_nobody():
    """Numbers are given out in their order: those of a family differ by one character."""
    _, one_off, different = shipped().weights["police_id"]
    assert one_off == pytest.approx(different, abs=0.01)
