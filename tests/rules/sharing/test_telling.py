"""May this be told to them? A table that an information governance lead can read and correct."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.rules.datafile import DataFileError, Table
from sightline.rules.sharing.deciding import Given, Question, Verdict, may_tell, under_duty
from sightline.rules.sharing.describe import describe
from sightline.rules.sharing.pack_file import pack_on, parse, shipped_packs
from sightline.rules.sharing.parts import Extent, Matter, Recipient

TODAY = date(2026, 11, 22)
PACK = pack_on(TODAY)
SHARE, ASK, NO = Verdict.SHARE, Verdict.ASK_FIRST, Verdict.DO_NOT_SHARE

# what, to whom, at which scale: the answer, how much, and the rule
TELLING = [
    ("incident", "social_care", None, SHARE, "detail", "SH-01"),
    ("voice", "school", None, SHARE, "summary", "SH-02"),
    ("incident", "school", 1, SHARE, "summary", "SH-02"),
    ("incident", "home_education", 2, SHARE, "summary", "SH-04"),
    ("incident", "health_visitor", 1, SHARE, "summary", "SH-05"),
    ("incident", "midwife", 4, SHARE, "summary", "SH-06"),
    ("incident", "gp_of_child", 1, NO, None, ""),
    ("incident", "gp_of_child", 2, SHARE, "summary", "SH-07"),
    ("incident", "gp_of_victim", 2, ASK, "summary", "SH-08A"),
    ("incident", "gp_of_victim", 3, SHARE, "summary", "SH-08B"),
    ("incident", "gp_of_perpetrator", 3, ASK, "fact", "SH-09"),
    ("scale", "screening_team", 1, SHARE, "detail", "SH-10"),
    ("convictions", "social_care", 1, NO, None, ""),
    ("convictions", "social_care", 2, ASK, "summary", "SH-11B"),
    ("convictions", "social_care", 4, SHARE, "detail", "SH-11A"),
    ("convictions", "school", 4, NO, None, "SH-12"),
    ("orders", "school", 1, SHARE, "fact", "SH-13"),
    ("safe_address", "school", 4, ASK, "detail", "SH-15C"),
    ("safe_address", "housing", 4, NO, None, ""),
    ("safe_address", "perpetrator", 1, NO, None, "SH-15B"),
    ("incident", "advocate", 2, NO, None, ""),
    ("incident", "advocate", 3, SHARE, "detail", "SH-16"),
    ("incident", "outreach", 1, ASK, "summary", "SH-17"),
    ("incident", "early_help", 2, ASK, "summary", "SH-18A"),
    ("health", "social_care", 3, ASK, "summary", "SH-22"),
    ("health", "school", 4, NO, None, "SH-22B"),
    ("voice", "perpetrator_programme", 2, NO, None, ""),
    ("decision", "perpetrator", 3, NO, None, "SH-29"),
    ("counts", "public", None, SHARE, "fact", "SH-30"),
]


def ask(what="incident", to="school", scale=None, **facts):
    question = Question(Matter(what), Recipient(to), TODAY, scale, **facts)
    return may_tell(question, PACK)


@pytest.mark.parametrize(("what", "to", "scale", "verdict", "extent", "row"), TELLING)
def test_who_may_be_told_what(what, to, scale, verdict, extent, row):
    answer = ask(what, to, scale)
    assert (answer.verdict, answer.row) == (verdict, row)
    assert answer.extent == (Extent(extent) if extent else None)
    assert answer.because.endswith(".")
    assert answer.pack == "sharing 2026.1"


@pytest.mark.parametrize("what", list(Matter))
def test_the_perpetrator_is_told_nothing_at_any_scale(what):
    for scale in (None, 1, 2, 3, 4):
        answer = ask(what, "perpetrator", scale, agreed=Given.YES, confirmed=True)
        assert answer.verdict is NO


def test_a_child_without_a_scale_is_told_so():
    assert "this child has none yet" in ask("incident", "gp_of_child").because
    assert "this child is at 1" in ask("incident", "gp_of_child", 1).because


@pytest.mark.parametrize(
    ("agreed", "unsafe", "verdict", "words"),
    [
        (Given.NOT_ASKED, (), ASK, "nothing says that asking is unsafe"),
        (Given.YES, (), SHARE, "Agreement was given"),
        (Given.NO, (), NO, "refused"),
        (Given.NOT_ASKED, ("watched",), SHARE, "must not be sought"),
    ],
)
def test_agreement_that_is_sought_where_it_is_safe(agreed, unsafe, verdict, words):
    answer = ask("health", "social_care", 3, agreed=agreed, unsafe=frozenset(unsafe))
    assert answer.verdict is verdict
    assert words in answer.because
    assert bool(answer.do_not_ask) == bool(unsafe)


@pytest.mark.parametrize(
    ("agreed", "unsafe", "verdict"),
    [
        (Given.NOT_ASKED, (), ASK),
        (Given.YES, (), SHARE),
        (Given.NO, (), NO),
        (Given.NOT_ASKED, ("duress",), NO),
    ],
)
def test_a_service_begins_only_with_agreement_however_unsafe_it_is_to_ask(agreed, unsafe, verdict):
    answer = ask("incident", "outreach", 2, agreed=agreed, unsafe=frozenset(unsafe))
    assert answer.verdict is verdict


def test_a_condition_is_confirmed_by_a_person_before_anything_is_told():
    before = ask("incident", "other_area", 3)
    assert (before.verdict, bool(before.confirm)) == (ASK, True)
    assert ask("incident", "other_area", 3, confirmed=True).verdict is SHARE


def test_what_would_harm_the_child_more_is_not_told_and_says_why():
    answer = ask("incident", "school", 2, detrimental="His aunt works at the school office")
    assert answer.verdict is NO
    assert "His aunt works at the school office." in answer.because


@pytest.mark.parametrize(
    ("duty_from", "listed", "duty"),
    [
        (None, True, False),
        (date(2026, 11, 23), True, False),
        (TODAY, True, True),
        (TODAY, False, False),
    ],
)
def test_the_duty_holds_from_the_day_the_partnership_sets_and_for_listed_bodies(
    duty_from, listed, duty
):
    answer = ask("incident", "social_care", 2, duty_from=duty_from, listed=listed)
    assert answer.duty is duty
    assert ("s.16LA" in answer.because) is duty


def test_a_reason_nobody_knows_is_refused():
    with pytest.raises(LookupError, match="unknown reason moon"):
        ask("health", "social_care", 3, unsafe=frozenset({"moon"}))


def test_before_the_first_rules_there_is_no_answer():
    with pytest.raises(LookupError, match="No sharing rules"):
        pack_on(date(2021, 1, 1))


facts = st.builds(
    Question,
    matter=st.sampled_from(Matter),
    to=st.sampled_from(Recipient),
    on=st.just(TODAY),
    scale=st.none() | st.integers(1, 4),
    agreed=st.sampled_from(Given),
    unsafe=st.frozensets(st.sampled_from([reason.id for reason in PACK.unsafe])),
    confirmed=st.booleans(),
    listed=st.booleans(),
    duty_from=st.none() | st.just(TODAY),
)


@given(facts)
@settings(max_examples=300)
def test_whatever_is_asked_the_answer_names_its_ground_or_tells_nothing(question):
    answer = may_tell(question, PACK)
    assert bool(answer.extent) == bool(answer.gateway) == bool(answer.basis)
    assert answer.because
    if answer.verdict is not NO:
        assert answer.extent
    elif answer.extent:
        assert "To tell it all the same needs a reason" in answer.because
    if answer.verdict is SHARE:
        assert question.confirmed or not answer.confirm


@given(facts)
@settings(max_examples=300)
def test_a_refusal_and_a_harm_never_open_anything(question):
    """Who says no, or what is worse for the child, can only narrow what is told."""
    order = [NO, ASK, SHARE]
    usual = may_tell(replace(question, agreed=Given.NOT_ASKED, unsafe=frozenset()), PACK)
    refused = may_tell(replace(question, agreed=Given.NO, unsafe=frozenset()), PACK)
    assert order.index(refused.verdict) <= order.index(usual.verdict)
    assert may_tell(replace(question, detrimental="harm"), PACK).verdict is NO
    assert under_duty(replace(question, duty_from=None)) is False


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"to": ["moon"]}, "to: unknown 'moon'"),
        ({"matters": []}, "matters must name at least one"),
        ({"extent": "all"}, "extent: unknown 'all'"),
        ({"from_scale": 5}, "from_scale must be a whole number from 1 to 4"),
        ({"limit": ["x"]}, "unknown key limit"),
        ({"id": "SH-02"}, "duplicate id SH-02"),
        ({"id": "NEW"}, "NEW and SH-01 both answer"),
    ],
)
def test_a_file_that_is_wrong_says_where(row, fault):
    good = {
        "id": "SH-01", "matters": ["incident"], "to": ["police"], "extent": "detail",
        "gateway": "An Act s.1",
    }  # fmt: skip
    other = {**good, "id": "SH-02", "to": ["school"]}
    rows = [good, other, {**good, **row}] if "id" in row else [{**good, **row}, other]
    with pytest.raises(DataFileError, match=fault):
        parse(Table(_file(rows), "local.toml"))


def _file(rows):
    return {
        "id": "sharing", "version": "1", "title": "T", "source": "S",
        "commencement": TODAY,
        "matters": [{"id": code, "name": code} for code in Matter],
        "recipients": [{"id": code, "name": code} for code in Recipient],
        "unsafe": [{"id": "harm", "name": "Harm."}],
        "rows": rows,
    }  # fmt: skip


def test_every_row_is_in_the_handbook():
    for pack in shipped_packs():
        written = str(describe(pack))
        assert [row.id for row in pack.rows if row.id not in written] == []
