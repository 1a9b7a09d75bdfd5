"""A faulty instrument is refused at load, and the fault says where it is."""

import pytest

from sightline.rules.datafile import DataFileError
from sightline.rules.screening.instrument import load_instruments

GOOD = """
id = "small"
version = "1"
title = "Small"
source = "A test"
commencement = 2020-01-01
domains = [{ id = "V", name = "Violence" }]

[[items]]
id = "V1"
domain = "V"
question = "Did it happen?"
label = "It happened"
floor = 2

[[accumulations]]
id = "T3"
label = "Three"
of_scale = 2
count = 3
domains = 2
points_to = 3

[[uplifts]]
id = "U1"
label = "Under 12 months"
under_months = 12
minimum = 3
offers = [[2, 3]]

[[protective_factors]]
id = "PF1"
question = "Does it help?"
label = "It helps"
"""


def loaded(tmp_path, text: str):
    path = tmp_path / "child_matrix_test.toml"
    path.write_text(text, encoding="utf-8")
    return load_instruments([path])[0]


def test_a_good_file_loads_and_what_it_leaves_out_has_a_meaning(tmp_path):
    instrument = loaded(tmp_path, GOOD)
    (item,) = instrument.items
    assert (item.raises, item.from_history, item.route) == (True, False, "")
    assert instrument.end is None
    assert instrument.key == "small 1"


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("floor = 2", "floor = 5", "items V1: floor must be a whole number from 1 to 4, not 5"),
        ("floor = 2", "floor = 0", "from 1 to 4, not 0"),
        ("floor = 2", "floor = true", "not True"),
        ("floor = 2", 'floor = "2"', "not '2'"),
        ("floor = 2", "", "not None"),
        ("floor = 2", "floor = 2\nflor = 3", "items V1: unknown key flor"),
        ("floor = 2", 'floor = 2\nraises = "no"', "raises must be true or false"),
        ('domain = "V"', 'domain = "W"', "item V1: unknown domain W"),
        ('domains = [{', 'domains = [{ id = "W", name = "W" }, {', "domain W has no items"),
        ('domains = [{', 'domains = [{ id = "V", name = "W" }, {', "duplicate id V"),
        ('id = "PF1"', 'id = "V1"', "duplicate id V1"),
        ('id = "V1"\n', "", "items number 1: id must be text"),
        ('label = "It happened"', 'label = "  "', "label must be text"),
        ("Did it happen?", "It happened.", "question must end with a question mark"),
        ("2020-01-01", "2020-01-01T00:00:00", "commencement must be a date"),
        ("2020-01-01", "2020-01-01\nend = 2019-01-01", "is before commencement"),
        ("count = 3", "count = 1", "count must be a whole number from 2"),
        ("points_to = 3", "points_to = 2", "points_to must be a whole number from 3 to 4"),
        ("under_months = 12\n", "", "applies to every child"),
        ("under_months = 12\n", 'facts = ["rich"]\n', "unknown fact rich; known are disability"),
        ("under_months = 12\n", "facts = [1]\n", "facts must be a list of texts"),
        ("minimum = 3\noffers = [[2, 3]]\n", "", "uplifts U1: does nothing"),
        ("offers = [[2, 3]]", "offers = [[3, 3]]", "must go up, and 3 to 3 does not"),
        ("offers = [[2, 3]]", "offers = [[4, 5]]", "from 1 to 4, not 5"),
        ("offers = [[2, 3]]", "offers = [[2, 3, 4]]", r"must be a list of \[from, to\]"),
        ("offers = [[2, 3]]", "offers = 3", r"must be a list of \[from, to\]"),
        ("domains = [{", "domains = 3 # [{", "domains must be a list of tables"),
        ("domains = [{", "domains = [] # [{", "with at least one"),
        ('id = "small"', "id = small", "not readable as TOML"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_place(tmp_path, right, wrong, words):
    assert right in GOOD
    with pytest.raises(DataFileError, match=words) as caught:
        loaded(tmp_path, GOOD.replace(right, wrong, 1))
    assert "child_matrix_test.toml" in str(caught.value)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "child_matrix_test.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataFileError, match="not readable"):
        load_instruments([path])


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_instruments([tmp_path / "none.toml"])


CHANGE = """
id = "small"
version = "2"
based_on = "small 1"
commencement = 2021-01-01
withdrawn = ["PF1"]

[[items]]
id = "V1"
floor = 3

[[items]]
id = "V2"
domain = "V"
question = "Did it happen again?"
label = "It happened again"
floor = 4

[[protective_factors]]
id = "PF2"
question = "Does it hold?"
label = "It holds"
"""


def both(tmp_path, change: str, base: str = GOOD):
    paths = [tmp_path / f"child_matrix_{number}.toml" for number in (1, 2)]
    for path, text in zip(paths, (base, change), strict=True):
        path.write_text(text, encoding="utf-8")
    return load_instruments(reversed(paths))


def test_a_version_is_last_years_plus_what_changed(tmp_path):
    old, new = both(tmp_path, CHANGE, GOOD.replace("2020-01-01", "2020-01-01\nend = 2020-12-31"))
    assert [(i.id, i.floor, i.label) for i in new.items] == [
        ("V1", 3, "It happened"), ("V2", 4, "It happened again"),
    ]  # fmt: skip
    assert [factor.id for factor in new.protective_factors] == ["PF2"]
    assert (new.accumulations, new.uplifts, new.title) == (old.accumulations, old.uplifts, "Small")
    assert new.end is None
    assert [(i.id, i.floor) for i in old.items] == [("V1", 2)]


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('"small 1"', '"small 0"', "based_on small 0: there is no such version"),
        ('"small 1"', '"small 2"', "based_on small 2: goes round in a circle"),
        ('["PF1"]', '["PF9"]', "withdrawn PF9: small 1 has no such id"),
        ('["PF1"]', '["PF1", "V1"]', "withdrawn V1: is changed in the same file"),
        ("2021-01-01", "2020-01-01", "commencement must be later than that of small 1"),
        ("floor = 3", "floor = 7", "items V1: floor must be a whole number from 1 to 4"),
        ("floor = 3", "flor = 3", "items V1: unknown key flor"),
        ('version = "2"', 'version = "1"', "two files of one version"),
    ],
)
def test_a_faulty_change_is_refused_with_its_place(tmp_path, right, wrong, words):
    assert right in CHANGE
    with pytest.raises(DataFileError, match=words) as caught:
        both(tmp_path, CHANGE.replace(right, wrong, 1))
    assert "child_matrix_2.toml" in str(caught.value)
