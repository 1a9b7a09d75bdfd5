"""Assessments by other tools: counted or judged as each has it, never one turned into another."""

import csv
import inspect
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.rules.datafile import DataFileError
from sightline.rules.screening import tools
from sightline.rules.screening.tools import (
    BandIs,
    NotAnswered,
    Tool,
    load_tools,
    needs_reason,
    read_answers,
    result,
    shipped_tools,
    tool_called,
    tools_on,
)

DAY = date(2026, 11, 22)
DASH, DARA, DARAC, SIGNS = (
    tool_called(f"{name} 2026.1") for name in ("dash", "dara", "darac", "signs")
)
FILES = Path(tools.__file__).parent / "data"
with (Path(__file__).parent / "dash_bands.csv").open(encoding="utf-8") as table:
    CASES = [(row["case"], row["yes"].split(), row["band"], row["marac"] == "yes")
             for row in csv.DictReader(table)]  # fmt: skip


@pytest.mark.parametrize(("case", "yes", "band", "marac"), CASES)
def test_the_bands_of_the_victim_checklist(case, yes, band, marac):
    found = result(DASH, read_answers(DASH, dict.fromkeys(yes, "yes") | {"DJ": case}))
    assert (found.band.id, found.counted, bool(found.reached)) == (band, len(yes), marac), case


def test_what_is_not_known_is_counted_as_not_known_and_never_as_a_no():
    found = result(DASH, read_answers(DASH, {"D1": "yes", "D2": "no", "D3": "not_known"}))
    assert (found.counted, found.unknown, found.asked) == (1, 22, 24)
    assert found.because == "1 counted, standard from 0; 22 of 24 not known or not asked."


@pytest.mark.parametrize("tool", [DARA, DARAC, SIGNS])
def test_a_tool_that_is_judged_gives_no_number_and_no_band(tool: Tool):
    answers = {item.id: item.choices[-2].id for item in tool.items if item.choices}
    found = result(tool, answers)
    assert (found.counted, found.band, found.reached) == (None, None, ())
    assert found.because.startswith("Nothing is added up")


def test_no_function_takes_two_tools():
    """A conversion would have to take the one's answers and the other's bands."""
    for name in tools.__all__:
        offered = getattr(tools, name)
        if inspect.isfunction(offered):
            hints = [str(one) for one in inspect.get_annotations(offered).values()]
            assert sum("Tool'" in hint for hint in hints) <= 1, name


@pytest.mark.parametrize("of", shipped_tools(), ids=lambda t: t.key)
@pytest.mark.parametrize("other", shipped_tools(), ids=lambda t: t.key)
def test_one_tools_answers_mean_nothing_to_another(of: Tool, other: Tool):
    if of is not other:
        with pytest.raises(ValueError, match="does not ask"):
            read_answers(other, {of.items[0].id: "yes"})


def test_a_band_of_one_scheme_is_no_band_of_another():
    with pytest.raises(LookupError, match="has no band 'high'"):
        DARAC.band_called("high")
    with pytest.raises(LookupError, match="has no band '3'"):
        DASH.band_called("3")


def test_another_band_than_the_counted_one_needs_a_reason_and_a_judged_one_does_not():
    counted = result(DASH, {"D1": "yes"})
    assert needs_reason(counted, "high")
    assert not needs_reason(counted, "standard")
    assert not needs_reason(result(DARA, {"R1": "often"}), "high")


@pytest.mark.parametrize(
    ("tool", "given", "wrong"),
    [
        (DASH, {}, {"D1"}),
        (DASH, {"D1": "maybe"}, {"D1"}),
        (DARA, {"R1": "yes"}, {"R1"}),
        (DARAC, {"H1": "He hits."}, {"H5"}),
        (SIGNS, {"S1": "He hit her.", "S3": "Danger."}, {"S6"}),
        (SIGNS, {"S1": "He hit her.", "S6": "Goal."}, {"S3"}),
        (SIGNS, {"S1": "He hit her.", "S8": [("Maria", 11)]}, {"S8"}),
        (SIGNS, {"S1": "He hit her.", "S8": [("", 5)]}, {"S8"}),
        (SIGNS, {"S1": "He hit her.", "S8": [("Maria", "5")]}, {"S8"}),
    ],
)
def test_what_is_missing_or_wrong_is_said(tool, given, wrong):
    with pytest.raises(NotAnswered) as refused:
        read_answers(tool, given)
    assert set(refused.value.reasons) == wrong


def test_every_persons_number_is_kept_and_no_average_made():
    answers = read_answers(SIGNS, {"S1": "He hit her.", "S8": [("Maria", 6), ("Ms Ward", 3)]})
    assert answers["S8"] == (("Maria", 6), ("Ms Ward", 3))
    assert result(SIGNS, answers).counted is None


def test_each_tool_is_there_once_in_the_version_in_force():
    assert {tool.id for tool in tools_on(DAY)} == {"dash", "dara", "darac", "signs"}
    assert "dara" not in {tool.id for tool in tools_on(date(2022, 11, 25))}


LOCAL = """
id = "dash"
version = "2026.local"
based_on = "dash 2026.1"
commencement = 2026-06-01
[[thresholds]]
id = "marac"
from = 17
"""


def with_local(tmp_path, text=LOCAL):
    path = tmp_path / "dash_local.toml"
    path.write_text(text, encoding="utf-8")
    return load_tools([FILES / "dash_2026.toml", path])


def test_a_local_threshold_is_data(tmp_path):
    shipped, local = with_local(tmp_path)
    sixteen = read_answers(local, {f"D{n}": "yes" for n in range(1, 17)})
    assert [bool(result(tool, sixteen).reached) for tool in (shipped, local)] == [True, False]
    assert result(local, sixteen).band.id == "high"


@given(st.dictionaries(st.sampled_from(list(DASH.items_by_id)[:-1]),
                       st.sampled_from(["yes", "no", "not_known"]), min_size=1))  # fmt: skip
@settings(max_examples=50)
def test_a_result_keeps_its_version_whatever_versions_come_later(answers):
    """The record stores the key; the key finds the same tool, and it the same result."""
    before = result(DASH, answers)
    lower = load_tools([FILES / "dash_2026.toml"])[0]
    assert result(tool_called(before.tool), answers) == before == result(lower, answers)


@given(st.dictionaries(st.sampled_from(list(DASH.items_by_id)[:-1]),
                       st.sampled_from(["yes", "no", "not_known"])),
       st.sampled_from(list(DASH.items_by_id)[:-1]))  # fmt: skip
@settings(max_examples=50)
def test_a_further_yes_never_lowers_the_count_or_the_band(answers, item):
    less, more = result(DASH, answers), result(DASH, {**answers, item: "yes"})
    assert more.counted >= less.counted
    assert more.band.start >= less.band.start


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ('[[bands]]\nid = "medium"\nfrom = 15', "bands must each have a from"),
        ('[[bands]]\nid = "extreme"\nlabel = "Extreme"\nfrom = 30', "only 24 can be counted"),
        ('[[items]]\nid = "D1"\nanswers = "scale"', "items D1: unknown answers scale"),
        ('[[items]]\nid = "D1"\nsection = "later"', "item D1: unknown section later"),
        ('[[items]]\nid = "D1"\npaired_with = "D2"', "item D1: D2 is not paired"),
        ('[[items]]\nid = "D1"\nquestion = "Hurt."', "question must end with"),
        ('[[items]]\nid = "D1"\nkind = "song"', "kind must be one of choice, text, numbers"),
        ('[[bands]]\nid = "high"\nfrm = 3', "bands high: unknown key frm"),
    ],
)
def test_a_faulty_tool_is_refused_with_its_place(tmp_path, change, fault):
    text = LOCAL.split("[[thresholds]]")[0] + change
    with pytest.raises(DataFileError, match=f"dash_local.toml.*{fault}"):
        with_local(tmp_path, text)


def test_a_judged_tool_has_no_count(tmp_path):
    path = tmp_path / "dara_local.toml"
    path.write_text(
        'id = "dara"\nversion = "x"\nbased_on = "dara 2026.1"\ncommencement = 2026-06-01\n'
        '[[bands]]\nid = "high"\nfrom = 3\n'
    )
    with pytest.raises(DataFileError, match="band is judged: bands have no from"):
        load_tools([FILES / "dara_2026.toml", path])


def test_every_judged_tool_has_levels_and_every_title_is_said_to_be_a_shape():
    assert all(bool(tool.bands) == (tool.band is not BandIs.NONE) for tool in shipped_tools())
    assert all("in the shape of" in tool.title for tool in shipped_tools())
