"""The made-up people of the history are possible, coherent, and nobody's."""

import re
from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import combinations, pairwise

import nhs_number
import pytest
import uk_postcodes_parsing

from sightline.demo.dudley import REDUCED, build, write
from sightline.demo.dudley.places import SCHOOLS
from tests.demo import dudley_counts as counts

IDENTITY = ("given_name", "surname", "date_of_birth", "sex")
INCIDENT = ("version", "notified_at", "started_at", "address", "postcode", "summary",
            "officer_grade")  # fmt: skip


@pytest.fixture(
    scope="module", params=[("full", 4, 1), ("reduced", 5, REDUCED)], ids=lambda p: p[0]
)
def files(request, tmp_path_factory):
    name, seed, fraction = request.param
    return write(build(seed, fraction), tmp_path_factory.mktemp(name))


@pytest.fixture(scope="module")
def people(files):
    return counts.read(files.notifications)


@pytest.fixture(scope="module")
def decisions(files):
    return counts.read(files.decisions)


@pytest.fixture(scope="module")
def events(files):
    return counts.read(files.social_care)


def grouped(rows, *columns):
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[column] for column in columns)].append(row)
    return groups


def age_on(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def born(row):
    return date.fromisoformat(row["date_of_birth"])


def test_each_notification_names_a_victim_a_perpetrator_and_at_least_one_child(people):
    for rows in grouped(people, "reference").values():
        roles = Counter(row["role"] for row in rows)
        assert (roles["victim"], roles["perpetrator"]) == (1, 1)
        assert roles["child"] == len(rows) - 2 >= 1


def test_the_rows_of_a_notification_agree_on_the_incident(people):
    for rows in grouped(people, "reference").values():
        assert len({tuple(row[column] for column in INCIDENT) for row in rows}) == 1


def test_nobody_is_named_twice_in_one_notification(people):
    assert all(len(rows) == 1 for rows in grouped(people, "reference", "nhs_number").values())


def test_nhs_numbers_are_valid_in_the_range_never_issued_and_one_persons_own(people):
    for (number,), rows in grouped(people, "nhs_number").items():
        assert nhs_number.is_valid(number)
        assert number.startswith("999")
        assert len({tuple(row[column] for column in (*IDENTITY, "role")) for row in rows}) == 1


def test_a_person_has_one_nhs_number(people):
    for (*_, role), rows in grouped(people, *IDENTITY, "address", "role").items():
        assert len({row["nhs_number"] for row in rows}) == 1, role


def test_children_are_under_eighteen_and_born_whenever_they_are_named(people):
    for row in counts.children(people):
        assert 0 <= age_on(born(row), counts.notified_on(row)) <= 17
        assert born(row) < datetime.fromisoformat(row["started_at"]).date()


def test_adults_are_adults(people):
    for row in people:
        if row["role"] != "child":
            assert age_on(born(row), counts.notified_on(row)) >= 18


def test_a_child_stays_in_one_household(people):
    for rows in grouped(counts.children(people), "nhs_number").values():
        assert len({counts.normalised_address(row) for row in rows}) == 1


def test_the_victim_of_a_household_is_the_same_person_throughout(people):
    for rows in grouped(people, "address").values():
        for role in ("victim", "perpetrator"):
            assert len({row["nhs_number"] for row in rows if row["role"] == role}) == 1


def test_a_childs_notifications_are_on_different_dates(people):
    for times in counts.moments_by_child(people).values():
        dates = [time.date() for time in times]
        assert len(set(dates)) == len(dates)


def test_siblings_share_a_surname_and_not_a_forename(people):
    for rows in grouped(counts.children(people), "address").values():
        assert len({row["surname"] for row in rows}) == 1
        names = {row["nhs_number"]: row["given_name"] for row in rows}
        assert len(set(names.values())) == len(names)


def test_siblings_are_twins_or_can_have_one_mother(people):
    for rows in grouped(counts.children(people), "address").values():
        births = {row["nhs_number"]: born(row) for row in rows}.values()
        for one, other in combinations(births, 2):
            assert one == other or abs((one - other).days) >= 300


def test_there_are_twins(people):
    births = grouped(counts.children(people), "address", "date_of_birth").values()
    assert any(len({row["nhs_number"] for row in rows}) > 1 for rows in births)


def test_a_few_perpetrators_move_on_to_one_other_household(people):
    at = defaultdict(list)
    for row in sorted(people, key=lambda row: datetime.fromisoformat(row["notified_at"])):
        if row["role"] == "perpetrator" and row["address"] not in at[row["nhs_number"]][-1:]:
            at[row["nhs_number"]].append(row["address"])
    households = Counter(len(addresses) for addresses in at.values())
    assert set(households) == {1, 2}
    assert 1 <= households[2] <= 36


def test_postcodes_parse_and_are_nobodys(people):
    for postcode in {row["postcode"] for row in people}:
        found = uk_postcodes_parsing.parse(postcode)
        assert found is not None
        assert found.postcode == postcode
        assert found.is_in_ons_postcode_directory is False


def test_times_carry_the_british_offset_and_incidents_start_before_they_are_notified(people):
    for row in people:
        notified = datetime.fromisoformat(row["notified_at"])
        started = datetime.fromisoformat(row["started_at"])
        assert started < notified
        for moment in (notified, started):
            assert moment.astimezone(counts.ZoneInfo("Europe/London")).isoformat() == (
                moment.isoformat()
            )


def test_the_history_runs_from_april_2008_to_december_2012_in_order_of_reference(people):
    dates = [counts.notified_on(row) for row in people]
    assert date(2008, 4, 1) <= min(dates)
    assert max(dates) <= date(2012, 12, 31)
    references = [row["reference"] for row in people]
    assert references == sorted(references)
    moments = [datetime.fromisoformat(row["notified_at"]) for row in people]
    assert all(one <= other for one, other in pairwise(moments))


def test_the_summary_agrees_with_where_each_child_was(people):
    words = {"in the room": "in_the_room", "elsewhere in the home": "in_the_home",
             "away from the home": "elsewhere", "not seen by officers": "not_known"}  # fmt: skip
    many = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    for rows in grouped(people, "reference").values():
        said = re.findall(
            rf"(one|two|three|four|five|six) child(?:ren)? (?:was|were) ({'|'.join(words)})",
            rows[0]["summary"].lower(),
        )
        found = Counter(row["presence"] for row in rows if row["role"] == "child")
        assert {words[where]: many[number] for number, where in said} == found


def test_a_summary_names_nobody(people):
    for row in people:
        said = set(re.findall(r"\w+", row["summary"]))
        assert row["surname"] not in said
        assert row["given_name"] not in said


def test_only_children_have_a_presence_and_a_school(people):
    for row in people:
        if row["role"] == "child":
            assert row["presence"] in {"in_the_room", "in_the_home", "elsewhere", "not_known"}
            assert row["school_name"] in {"", *SCHOOLS}
        else:
            assert (row["presence"], row["school_name"]) == ("", "")


def test_children_of_school_age_have_a_school_and_infants_none(people):
    for row in counts.children(people):
        age = age_on(born(row), counts.notified_on(row))
        if age < 4:
            assert row["school_name"] == ""
        if 5 <= age < 16:
            assert row["school_name"]


def test_grades_are_the_officers_three(people):
    assert {row["officer_grade"] for row in people} == {"standard", "medium", "high"}


def test_decisions_are_of_children_named_in_that_notification_and_follow_it(people, decisions):
    named = {(row["reference"], row["nhs_number"]): row for row in counts.children(people)}
    for row in decisions:
        contact = named.pop((row["notification_reference"], row["nhs_number"]))
        notified = counts.notified_on(contact).isoformat()
        assert notified < row["screened_on"] <= row["decided_on"]
        [period] = [p for p in counts.PERIODS.values() if p[0] <= row["decided_on"] <= p[1]]
        assert period[0] <= notified <= period[1]


def test_the_outcome_follows_the_scale(decisions):
    outcomes = {"1": "nfa", "2": "caf", "3": "ia", "4": "s47"}
    assert all(row["outcome"] == outcomes[row["scale"]] for row in decisions)


def test_siblings_of_one_notification_may_get_different_scales(decisions):
    groups = grouped(decisions, "notification_reference").values()
    assert any(len({row["scale"] for row in rows}) > 1 for rows in groups)


def test_social_care_events_follow_a_contact_and_each_other(people, decisions, events):
    named = {(row["reference"], row["nhs_number"]): row for row in counts.children(people)}
    decided = {(r["notification_reference"], r["nhs_number"]): r["decided_on"] for r in decisions}
    for key, rows in grouped(events, "notification_reference", "nhs_number").items():
        kinds = [row["kind"] for row in sorted(rows, key=lambda r: counts.KINDS.index(r["kind"]))]
        assert tuple(kinds) == counts.KINDS[: len(kinds)]
        on = {row["kind"]: row["on"] for row in rows}
        assert counts.notified_on(named[key]).isoformat() < on["initial_assessment"]
        assert decided.get(key, "") < min(on.values())
        assert min(on.values()) == on["initial_assessment"]
        assert max(on.values()) <= "2012-12-31"
        for before, after in (("section_47", "initial_conference"),
                              ("child_protection_plan", "looked_after")):  # fmt: skip
            if after in on:
                assert on[before] < on[after]


def test_a_child_goes_beyond_an_initial_assessment_once(events):
    for kind in counts.KINDS[1:]:
        children = Counter(row["nhs_number"] for row in events if row["kind"] == kind)
        assert set(children.values()) <= {1}
