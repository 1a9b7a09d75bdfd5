"""Earlier decisions and what social care did, from files, onto the children of notifications."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.access.commands import add_agency
from sightline.access.models import AgencyKind
from sightline.actions.models import Action, SocialCareEvent
from sightline.audit.models import Event
from sightline.common.clock import local_date
from sightline.intake.models import ImportKind, Notification
from sightline.meetings.models import Decision
from sightline.screening.models import Screening
from tests.intake.files.sending import LEILA, MARIA, csv_of, rows_of

pytestmark = pytest.mark.django_db

DECISIONS, SOCIAL_CARE = ImportKind.DECISIONS, ImportKind.SOCIAL_CARE
NHS = LEILA["nhs_number"]
DECISION = {
    "notification_reference": "NM-1",
    "nhs_number": NHS,
    "screened_on": "2010-03-01",
    "scale": "3",
    "outcome": "ia",
    "decided_on": "02/03/2010",
}
EVENT = {"nhs_number": NHS, "notification_reference": "NM-1", "kind": "initial_assessment",
         "on": "2010-03-20"}  # fmt: skip


def decisions(*rows):
    return csv_of(rows, list(DECISION))


def events(*rows):
    return csv_of(rows, list(EVENT))


@pytest.fixture
def held(door):
    """A notification of Maria and Leila, of the past."""
    return door.send(csv_of(rows_of("NM-1", MARIA, LEILA)))


def refused(file):
    return [" ".join(row.reasons) for row in file.refused.all()]


def test_an_earlier_decision_is_a_screening_with_its_scale_and_a_decision(door, held):
    file = door.send(decisions(DECISION), DECISIONS)
    assert (file.accepted, file.replayed) == (1, 0)
    decision = Decision.objects.select_related("screening__mention").get()
    screening = decision.screening
    assert screening.mention.given_name == "Leila"
    assert (screening.scale, screening.imported, decision.imported) == (3, True, True)
    assert local_date(screening.opened_at) == local_date(screening.scale_set_at) == date(2010, 3, 1)
    assert (decision.outcome_set, decision.outcome, decision.scale) == ("2009.1", "IA", 3)
    assert local_date(decision.decided_at) == date(2010, 3, 2)
    assert decision.decided_by is None
    assert not Action.objects.exists()
    assert Event.objects.filter(what="decision.imported", subject_id=decision.pk).exists()


def test_an_outcome_is_read_in_the_terms_of_its_day(door, held):
    old, new = DECISION | {"outcome": "Initial assessment"}, DECISION | {"decided_on": "2020-03-02"}
    assert not refused(door.send(decisions(old), DECISIONS))
    [reason] = refused(door.send(decisions(new), DECISIONS))
    assert "one of those of its day: ADVICE, EARLY_HELP, CFA, STRATEGY" in reason


def test_terms_that_live_on_here_are_read_on_every_day(door, held, settings):
    settings.OUTCOME_SET = "2009.1"
    door.send(decisions(DECISION | {"decided_on": "2020-03-02"}), DECISIONS)
    assert Decision.objects.get().outcome_set == "2009.1"


def test_the_same_decision_again_is_known_already(door, held):
    door.send(decisions(DECISION, DECISION), DECISIONS)
    file = door.send(decisions(DECISION | {"outcome": "IA"}), DECISIONS)
    assert (file.accepted, file.replayed) == (0, 1)
    assert Decision.objects.count() == Screening.objects.count() == 1


def test_another_decision_for_the_same_child_and_notification_is_refused(door, held):
    file = door.send(decisions(DECISION, DECISION | {"scale": "4", "outcome": "s47"}), DECISIONS)
    assert file.accepted == 1
    assert "Another decision is on record" in refused(file)[0]
    assert Decision.objects.get().scale == 3


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"notification_reference": "NM-9"}, "No notification has this reference"),
        ({"nhs_number": "9990000999"}, "No child in this notification"),
        ({"nhs_number": MARIA["nhs_number"]}, "No child in this notification"),
        ({"nhs_number": "nothing"}, "No child in this notification"),
        ({"scale": "5"}, "The scale must be from 1 to 4"),
        ({"scale": "0"}, "The scale must be from 1 to 4"),
        ({"scale": "high"}, "write a whole number"),
        ({"scale": ""}, "“scale” is empty"),
        ({"outcome": "later"}, "one of those of its day: NFA, CAF, IA, S47"),
        ({"screened_on": "2010-03-03"}, "on the day of screening or later"),
        ({"decided_on": "2030-01-01"}, "not after today"),
        (
            {"screened_on": "1999-01-01", "decided_on": "1999-01-01"},
            "No list of outcomes goes back",
        ),
    ],
)
def test_a_decision_is_refused_with_what_to_do(door, held, change, says):
    file = door.send(decisions(DECISION | change), DECISIONS)
    assert (file.accepted, len(refused(file))) == (0, 1)
    assert says in refused(file)[0]
    assert not Screening.objects.exists()


def test_a_child_who_is_being_screened_here_is_left_to_the_people_who_do(door):
    door.send(csv_of(rows_of("NM-1", MARIA, LEILA)), history=False)
    file = door.send(decisions(DECISION), DECISIONS)
    assert "being screened here" in refused(file)[0]
    assert not Decision.objects.exists()


def test_a_notification_on_its_way_is_waited_for(door):
    door.send(csv_of(rows_of("NM-1", LEILA)), then=lambda ids, now: None)
    assert "still on its way" in refused(door.send(decisions(DECISION), DECISIONS))[0]


def test_after_a_correction_the_child_is_found_and_the_decision_known(door, held):
    door.send(decisions(DECISION), DECISIONS)
    door.send(csv_of(rows_of("NM-1", MARIA, LEILA | {"surname": "Moreno-Diaz"}, version="2")))
    assert door.send(decisions(DECISION | {"outcome": "IA"}), DECISIONS).replayed == 1
    file = door.send(events(EVENT), SOCIAL_CARE)
    assert file.accepted == 1
    assert SocialCareEvent.objects.get().mention.surname == "Moreno-Diaz"


def test_where_two_forces_use_a_reference_the_file_says_which_is_meant(door, held):
    other = add_agency(
        name="South Mercia Police", kind=AgencyKind.POLICE, by=None, now=door.world.now
    )
    third = add_agency(
        name="East Mercia Police", kind=AgencyKind.POLICE, by=None, now=door.world.now
    )
    door.send(csv_of(rows_of("NM-1", LEILA | {"given_name": "Lena"})), sender=other)
    assert "Several senders" in refused(door.send(decisions(DECISION), DECISIONS, sender=third))[0]
    door.send(decisions(DECISION), DECISIONS, sender=other)
    assert Decision.objects.get().screening.mention.given_name == "Lena"


def test_what_social_care_did_is_written_down_once(door, held):
    file = door.send(events(EVENT, EVENT, EVENT | {"kind": "Section 47 enquiry"}), SOCIAL_CARE)
    assert (file.accepted, file.replayed) == (2, 1)
    assert door.send(events(EVENT), SOCIAL_CARE).replayed == 1
    kinds = set(SocialCareEvent.objects.values_list("kind", "on", "mention__given_name"))
    assert kinds == {
        ("initial_assessment", date(2010, 3, 20), "Leila"),
        ("section_47", date(2010, 3, 20), "Leila"),
    }
    assert Event.objects.filter(what="social_care.imported").count() == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "visit"}, "“kind”: write one of: referral, initial assessment, core"),
        ({"on": "2030-01-01"}, "The day is after today"),
        ({"on": "20/3/10"}, "the year needs four digits"),
        ({"notification_reference": "NM-9"}, "No notification has this reference"),
    ],
)
def test_an_event_is_refused_with_what_to_do(door, held, change, says):
    file = door.send(events(EVENT | change), SOCIAL_CARE)
    assert says in refused(file)[0]
    assert not SocialCareEvent.objects.exists()


def test_one_row_that_fails_does_not_hold_up_the_others(door, held, monkeypatch):
    from sightline.actions import importing

    whole = importing.SocialCareEvent.objects.bulk_create

    def bulk_create(made):
        if any(one.kind == "section_47" for one in made):
            raise ZeroDivisionError
        return whole(made)

    monkeypatch.setattr(SocialCareEvent.objects, "bulk_create", bulk_create)
    file = door.send(events(EVENT, EVENT | {"kind": "section_47"}), SOCIAL_CARE)
    assert file.accepted == 1
    assert "a fault of its own" in refused(file)[0]


@pytest.mark.parametrize("kind", [DECISIONS, SOCIAL_CARE])
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(door, kind):
    door.send(csv_of([row for n in range(30) for row in rows_of(f"NM-{n}", LEILA)]))
    used = []
    for rows in (range(2), range(2, 30)):
        row = DECISION if kind == DECISIONS else EVENT
        days = [{"on": f"2010-03-{n + 1:02}"} if kind == SOCIAL_CARE else {} for n in rows]
        named = [{"notification_reference": f"NM-{n}"} for n in rows]
        content = csv_of([row | a | b for a, b in zip(named, days, strict=True)], list(row))
        file = door.start(door.choose(door.upload(content, kind)))
        with CaptureQueriesContext(connection) as queries:
            door.run(file)
        assert not refused(file)
        used.append(len(queries))
    assert used[0] == used[1]
    assert Notification.objects.count() == 30
