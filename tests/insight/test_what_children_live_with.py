"""Three nights of one perpetrator, counted on the fingers: voice, history, victims, who, gaps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sightline.insight.catalogue import BY_ID
from sightline.insight.figures.step_times import whole
from sightline.insight.periods import Period
from sightline.meetings.models import Decision
from tests.insight.engines import agreed, snapshot
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, UNBORN, notification

pytestmark = pytest.mark.django_db
POLICE = "North Mercia Police"


@pytest.fixture
def three_nights(world, decided):
    """11 October at Ivy's; 10 November and 20 November at Maria's, the last graded standard."""
    world.earlier(40, "NM-0", IVY, DANIEL, NOAH)
    world.earlier(10, "NM-1", MARIA, DANIEL, LEILA | {"ethnicity": "A2", "language": "Urdu"})
    standard = {"tool": "DARA", "officer_grade": "high", "supervisor_grade": "standard"}
    leila = LEILA | {"ethnicity": "NS", "disability": "hearing"}
    people = (MARIA, DANIEL, leila, SAM | {"surname": ""}, UNBORN)
    said = {"risk": standard, "earlier_incidents": "Called out twice this autumn."}
    world.notify(notification("NM-2", *people, **said))
    decided("Leila", 3, "CFA")
    return world


@pytest.fixture
def cells(tmp_path, three_nights):
    """Return a function that counts a figure by each engine: its rows, by names of columns."""
    engine = snapshot(tmp_path, three_nights.now + timedelta(minutes=5))

    def count(figure_id, first=None, last=None):
        figure = BY_ID[figure_id]
        counted = agreed(figure, Period(first, last), engine)
        names = [column.name for column in figure.columns]
        return [dict(zip(names, row, strict=True)) for row in counted.rows]

    return count


def test_what_happens_to_children_is_counted_alike_on_the_records_and_a_snapshot(cells):
    months_with_repeats_and_the_days_they_cover(cells)
    whose_voice_is_there(cells)
    what_was_on_record_when_they_were_graded(cells)
    one_perpetrator_two_victims_two_households(cells)
    how_long_steps_are_waited_for(cells)


def test_who_they_are_and_what_is_missing_is_counted_alike(cells, three_nights):
    who_they_are_and_of_whom_nobody_knows(cells)
    what_senders_leave_out_and_how_soon_they_write(cells, three_nights)


def months_with_repeats_and_the_days_they_cover(cells):
    found = [[*list(row.values())[:6], row["within_year"]] for row in cells("trend.months")]
    assert found == [
        ["October 2026", Decimal(31), 1, 1, 1, 0, 0],
        ["November 2026", Decimal(20), 4, 2, 3, 1, 1],  # today is the 20th
    ]
    (quarter,) = cells("trend.quarters", last=date(2026, 11, 15))
    assert quarter["stretch"] == "October 2026 - December 2026"
    assert (quarter["days"], quarter["contacts"], quarter["repeats"]) == (Decimal(46), 2, 0)


def whose_voice_is_there(cells):
    (row,) = cells("s3.voice")
    row = {name: row[name] for name in ("force", "children", "words", "demeanour", "saw", "alone")}
    assert row == {
        "force": POLICE, "children": 4, "words": 2, "demeanour": 2, "saw": 2, "alone": 2,
    }  # fmt: skip
    october, november = cells("s3.voice_months")
    assert (october["children"], october["words"], october["not_said"]) == (1, 0, 1)
    assert (november["words_pct"], november["low_pct"]) == (Decimal("66.7"), Decimal("20.8"))


def what_was_on_record_when_they_were_graded(cells):
    (row,) = cells("s3.history")
    assert (row["notifications"], row["with_history"], row["said"]) == (3, 2, 1)
    assert (row["third"], row["third_standard"], row["not_graded"]) == (1, 1, 0)


def one_perpetrator_two_victims_two_households(cells):
    by_victims = {row["victims"]: row for row in cells("s3.perpetrators")}
    assert by_victims["2"]["perpetrators"] == by_victims["2"]["two_households"] == 1
    assert by_victims["2"]["notifications"] == 3
    assert sum(row["perpetrators"] for row in by_victims.values()) == 1
    # Named in October alone, of October: what came later is not known then.
    october = {row["victims"]: row for row in cells("s3.perpetrators", last=date(2026, 10, 31))}
    assert october["1"]["one_household"] == 1


def who_they_are_and_of_whom_nobody_knows(cells):
    found = {(row["asked"], row["group"]): row for row in cells("equality.children")}
    counts = {group: row["children"] for group, row in found.items()}
    assert counts["Ethnic group", "Asian, Chinese included"] == 1  # not stated takes nothing back
    assert counts["Ethnic group", "Not recorded"] == 3
    assert counts["Disability", "With a disability"] == 1
    assert counts["Language", "Another language"] == 1
    assert counts["Age at the notification", "5 to 9"] == 1
    assert counts["Age at the notification", "Unborn"] == 1
    assert counts["total", "Everybody"] == 4
    for part in ("Sex", "Age at the notification", "Ethnic group", "Disability", "Language"):
        assert sum(n for (asked, _), n in counts.items() if asked == part) == 4
    leila = found["Language", "Another language"]
    assert (leila["notifications"], leila["again"]) == (2, 1)
    assert (leila["decided"], leila["serious"]) == (1, 1)


def what_senders_leave_out_and_how_soon_they_write(cells, three_nights):
    missing = {row["field"]: row for row in cells("quality.completeness")}
    assert next(iter(missing)) == "child: how the child seemed"
    said = missing["child: what the child said"]
    assert (said["asked"], said["missing"]) == (4, 2)
    assert (missing["child: name"]["asked"], missing["child: name"]["missing"]) == (4, 1)
    assert missing["child: expected date of birth"]["asked"] == 1
    kept = [one.notification for one in three_nights.received]
    assert sum(row["missing"] for row in missing.values()) == sum(len(k.missing) for k in kept)
    (arrival,) = cells("quality.arrival")
    assert (arrival["notifications"], arrival["late"], arrival["half_hours"]) == (3, 0, 0)
    (mentions,) = cells("quality.mentions")
    assert (mentions["mentions"], mentions["unlinked"], mentions["ageless"]) == (11, 0, 0)


def how_long_steps_are_waited_for(cells):
    screened, decided, *_ = cells("s4.times")
    names = ("begun", "done", "half_hours", "waiting", "longest_days")
    assert [screened[name] for name in names] == [5, 1, 0, 4, 40]
    assert [decided[name] for name in names] == [5, 1, 0, 4, 40]


def test_what_was_decided_without_a_scale_waits_for_none(three_nights, tmp_path):
    sam = three_nights.screening("Sam")
    kept = Decision.objects.latest("pk")
    kept.pk, kept.screening, kept._state.adding = None, sam, True
    kept.save()
    engine = snapshot(tmp_path, three_nights.now + timedelta(minutes=5))
    screened, decided, *_ = agreed(BY_ID["s4.times"], Period(), engine).rows
    begun_done_waiting = ((row[2], row[3], row[6]) for row in (screened, decided))
    assert list(begun_done_waiting) == [(4, 1, 3), (5, 2, 3)]


def test_half_an_hour_is_rounded_up():
    assert [whole(hours) for hours in (None, 0.4, 1.5, 2)] == [None, 0, 2, 2]
