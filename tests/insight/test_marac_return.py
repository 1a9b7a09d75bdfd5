"""The MARAC's quarterly return, and what went back to whoever reported."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sightline.insight.figures.marac_return import MaracReturn
from sightline.insight.figures.returned import Returned
from sightline.insight.periods import Period
from sightline.meetings.arranging import arrange_meeting
from sightline.meetings.commands import decide
from sightline.meetings.lists import build_list, publish_list, standing_items
from sightline.meetings.marac.hearing import hear
from sightline.meetings.marac.referring import refer_to_marac
from sightline.meetings.returning import read_return
from sightline.people.models import Incident
from sightline.screening.commands import set_scale
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db


def heard(world, at, by="idva"):
    """The newest incident's Maria and Daniel are referred, and heard at a MARAC of their own."""
    run = {"by": world.user("administrator")}
    refer_to_marac(
        incident=Incident.objects.latest("pk"), judgement="She fears for her life.",
        pair=(world.person("Maria").pk, world.person("Daniel").pk), by=world.user(by),
        now=at - timedelta(days=10),
    )  # fmt: skip
    meeting = arrange_meeting(
        kind="marac", starts=at, place="Hall", now=at - timedelta(days=20), **run
    )
    build_list(meeting=meeting, now=at - timedelta(hours=1), **run)
    publish_list(meeting=meeting, now=at - timedelta(hours=1), **run)
    for item in standing_items(meeting):
        hear(item=item, summary="High risk.", now=at, **run)


def cells(figure):
    names = [column.name for column in figure.columns]
    return [dict(zip(names, row, strict=True)) for row in figure.rows(Period())]


def test_a_quarter_counts_meetings_cases_children_repeats_and_who_referred(world, settings):
    settings.ADULT_WOMEN = 100_000
    maria = MARIA | {"ethnicity": "A2", "disability": "hearing", "birth_date": "2009-03-14"}
    daniel = DANIEL | {"birth_date": "2009-07-02"}
    world.notify(notification("NM-1", maria, daniel, LEILA, SAM))
    heard(world, world.now + timedelta(days=12))
    heard(world, world.now + timedelta(days=30), by="chair")
    heard(world, world.now + timedelta(days=60))
    first, second = cells(MaracReturn())
    assert first == {
        "quarter": "October 2026 - December 2026", "meetings": 2, "cases": 2, "repeats": 1,
        "repeats_pct": Decimal("50.0"), "children": 4, "per_10000": Decimal("0.2"),
        "from_police": 0, "from_partners_pct": Decimal("100.0"), "from_social_care": 1,
        "from_health": 0, "from_education": 0, "from_domestic_abuse": 1, "from_housing": 0,
        "from_probation": 0, "from_mental_health": 0, "from_others": 0, "minoritised": 2,
        "disabled": 2, "male": 0, "aged_16_17": 2, "harm_causers_under_18": 2,
    }  # fmt: skip
    assert (second["cases"], second["repeats"]) == (1, 1)


def test_without_a_population_there_is_no_rate_and_without_a_hearing_no_row(world, settings):
    settings.ADULT_WOMEN = 0
    assert cells(MaracReturn()) == []
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    heard(world, world.now + timedelta(days=12))
    (row,) = cells(MaracReturn())
    assert (row["per_10000"], row["minoritised"], row["aged_16_17"]) == (None, 0, 0)


def test_what_went_back_is_counted_by_agency_with_whether_it_was_read(world):
    world.notify(notification())
    chair = world.user("chair")
    said = {"Leila": "CONSENT_REFUSED", "Sam": "THRESHOLD_NOT_MET", "": "CONSENT_REFUSED"}
    for name, outcome in said.items():
        child = world.screening(name)
        set_scale(
            screening=child, scale=3, because="Heard it.", second_agency=None, by=chair,
            now=world.now,
        )  # fmt: skip
        made = decide(screening=child, outcome=outcome, rationale="x", by=chair, now=world.now)
        if name == "Sam":
            back = made.returned.get()
            read_return(returned=back, by=world.user("police"), now=world.now)
    decide(
        screening=world.screening(""), outcome="CFA", rationale="y", by=chair,
        now=world.now + timedelta(days=1),
    )  # fmt: skip
    assert Returned().rows(Period()) == [("North Mercia Police", 2, 1, 3, 1, Decimal("33.3"), 1)]
