"""Who is asked, about whom, why: families that a practitioner can check."""

import tomllib
from datetime import UTC, date, datetime

import pytest

from sightline.rules.calendar import england_and_wales
from sightline.rules.datafile import DataFileError
from sightline.rules.research.asking import due_by, facts_in, urgency_of, who_is_asked
from sightline.rules.research.describe import describe
from sightline.rules.research.parts import Subject, Who
from sightline.rules.research.rules_file import DATA, load_rules, rules_called, rules_on

RULES = rules_on(date(2026, 11, 20))
SHIPPED = DATA / "research_2026.toml"

# Who                                grade, scale     services that are asked about them
FAMILIES = [
    ("a baby", Who.CHILD, 0, "", "standard", None, "social_care early_help health_visiting"),
    ("a child of four", Who.CHILD, 4, "", "", None, "social_care early_help health_visiting"),
    ("a pupil of five", Who.CHILD, 5, "has_school", "", None,
     "social_care early_help school_nursing school"),
    ("a pupil of eighteen", Who.CHILD, 18, "has_school", "", None,
     "social_care early_help school_nursing school"),
    ("a child of unknown age", Who.CHILD, None, "no_school", "", None,
     "social_care early_help health_visiting school_nursing"),
    ("a child of eight at no school", Who.CHILD, 8, "no_school", "", None,
     "social_care early_help school_nursing children_without_school"),
    ("a child of sixteen at no school", Who.CHILD, 16, "no_school", "", None,
     "social_care early_help school_nursing"),
    ("a child educated at home", Who.CHILD, 8, "home_educated", "", None,
     "social_care early_help school_nursing home_education"),
    ("a child new to the area", Who.CHILD, 2, "new_to_area", "", None,
     "social_care early_help health_visiting new_families"),
    ("a pupil at scale 1", Who.CHILD, 9, "has_school", "", 1,
     "social_care early_help school_nursing school"),
    ("a pupil at scale 2", Who.CHILD, 9, "has_school", "", 2,
     "social_care early_help school_nursing school gp"),
    ("an unborn child", Who.UNBORN, None, "expecting", "", None,
     "social_care early_help midwifery"),
    ("a victim, graded standard", Who.VICTIM, 30, "", "standard", None, ""),
    ("a victim, graded medium", Who.VICTIM, 30, "", "medium", None, "domestic_abuse"),
    ("a victim, graded high", Who.VICTIM, 30, "", "high", None, "housing domestic_abuse"),
    ("a victim who is expecting", Who.VICTIM, 30, "expecting", "standard", None, "midwifery"),
    ("a victim at scale 3", Who.VICTIM, 30, "", "standard", 3,
     "gp housing adult_mental_health substance_use domestic_abuse"),
    ("a victim of seventy", Who.VICTIM, 70, "older", "standard", None, "adult_social_care"),
    ("a perpetrator, graded standard", Who.PERPETRATOR, 40, "", "standard", None, ""),
    ("a perpetrator on bail", Who.PERPETRATOR, 40, "order_or_licence", "standard", None,
     "probation"),
    ("a perpetrator of unknown age, graded high", Who.PERPETRATOR, None, "", "high", None,
     "probation"),
    ("a perpetrator of sixteen, graded high", Who.PERPETRATOR, 16, "", "high", None,
     "youth_justice"),
    ("a perpetrator at scale 4", Who.PERPETRATOR, 40, "", "", 4,
     "gp probation adult_mental_health substance_use"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "years", "facts", "grade", "scale", "services"),
    [line[1:] for line in FAMILIES],
    ids=[line[0] for line in FAMILIES],
)
def test_who_is_asked(who, years, facts, grade, scale, services):
    subject = Subject(key=1, who=who, years=years, facts=frozenset(facts.split()))
    asked = who_is_asked(RULES, [subject], grade=grade, scale=scale)
    assert sorted(one.service for one in asked) == sorted(services.split())
    assert all(one.because.endswith(".") for one in asked)
    assert all(one.rule for one in asked)


def test_each_service_is_asked_once_about_whoever_is_both_victim_and_perpetrator():
    both = [Subject(key=1, who=who, years=30) for who in (Who.VICTIM, Who.PERPETRATOR)]
    asked = who_is_asked(RULES, both, grade="high", scale=3)
    assert len({one.service for one in asked}) == len(asked)


def test_a_higher_scale_never_asks_fewer():
    for who in Who:
        one = Subject(key=1, who=who, years=9)
        counts = [len(who_is_asked(RULES, [one], grade="", scale=s)) for s in (None, 1, 2, 3, 4)]
        assert counts == sorted(counts)


@pytest.mark.parametrize(
    ("grade", "scale", "urgency"),
    [
        ("high", None, "red"), ("medium", None, "amber"), ("standard", None, "green"),
        ("", None, "amber"), ("standard", 4, "red"), ("standard", 3, "amber"), ("high", 1, "red"),
        ("medium", 2, "amber"),
    ],
)  # fmt: skip
def test_the_most_urgent_of_grade_and_scale_applies(grade, scale, urgency):
    assert urgency_of(RULES, grade=grade, scale=scale).code == urgency


def test_the_deadline_names_its_urgency():
    asked = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)
    due = due_by(RULES, urgency_of(RULES, grade="high", scale=None), asked, england_and_wales())
    assert due.because.startswith("Red: 4 working hours")


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("He is on bail and was drunk.", {"order_or_licence", "drugs_or_alcohol"}),
        ("A non-molestation order is in force.", {"order_or_licence"}),
        ("Bailey Road; the drugstore; he licences software.", set()),
        ("She has been suicidal.", {"mental_health"}),
        ("", set()),
    ],
)
def test_facts_are_whole_words(words, facts):
    assert facts_in(RULES, words) == facts


WRONG = {
    'service = "midwifery"': ('service = "stork"', "RQ-03: service: unknown 'stork'"),
    'facts = ["has_school"]': ('facts = ["has_scool"]', "RQ-06: facts: unknown 'has_scool'"),
    'about = ["unborn", "victim"]': ("about = []", "RQ-03: about must name somebody"),
    "under_years = 19": ("under_years = 5", "RQ-05: under_years must be above from_years"),
    'grades = ["standard"]': ('grades = ["high"]', "no urgency for the grade 'standard'"),
    "cut_off = 16:00:00": ("cut_off = 18:00:00", "cut-off"),
    'id = "RQ-02"': ('id = "RQ-01"', "duplicate id RQ-01"),
    "from_scale = 2": ("from_scale = 7", "from_scale must be a whole number from 1 to 4"),
    "hours = 4": ("hours = 12", "from the most urgent to the least"),
}


@pytest.mark.parametrize("right", WRONG)
def test_a_file_with_a_fault_is_refused_with_its_place(right, tmp_path):
    wrong, said = WRONG[right]
    text = SHIPPED.read_text("utf-8")
    assert right in text
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(DataFileError, match=said):
        load_rules(path)


def test_a_version_is_found_by_its_name_and_by_the_day():
    assert rules_called(RULES.key, date(2026, 11, 20)) is RULES
    assert rules_called("research-rules 1999.1", date(2026, 11, 20)) is RULES
    assert rules_on(date(2020, 1, 1)).version == "2026.1"


def test_the_handbook_names_every_rule_and_every_urgency():
    chapter = describe(RULES)
    said = str(chapter)
    written = tomllib.loads(SHIPPED.read_text("utf-8"))
    assert all(rule["id"] in said and rule["reason"] in said for rule in written["rules"])
    assert all(f"{one['hours']} working hours" in said for one in written["urgencies"])
