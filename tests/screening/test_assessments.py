"""Assessments by other tools: kept in their own terms, read beside each other, never converted."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.audit.models import Event
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Incident
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.commands import answer_items
from sightline.screening.models import ToolRecord, WordingSuggestion
from sightline.screening.own_words import add_own_words
from sightline.screening.tools.commands import (
    countersign_assessment,
    record_assessment,
    withdraw_assessment,
)
from tests.html import problems
from tests.rules.screening.test_own_words import written
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db
KEY = UUID("8b0c3c7e-9d5b-4c3e-8a41-222222222222")
FOURTEEN = {f"D{n}": "yes" for n in range(1, 15)}


@pytest.fixture
def family(world, monkeypatch):
    monkeypatch.setattr("sightline.screening.views.tools.now", lambda: world.now)
    monkeypatch.setattr("sightline.screening.tools.forms.now", lambda: world.now)
    world.notify(notification())
    return world


def record(family, tool="dash", answers=FOURTEEN, band="high", because="", **changes):
    about = {"dash": "Maria", "dara": "Maria"}.get(tool, "Leila")
    given = {
        "key": uuid4(), "incident": Incident.objects.latest("pk"),
        "mention": family.mention(about), "tool": tool, "answers": answers, "band": band,
        "band_because": because, "assessor": "Ros Lane, IDVA",
        "agency": family.user("idva").agency, "assessed_on": date(2026, 11, 20),
        "by": family.user("health"), "now": family.now,
    }  # fmt: skip
    return record_assessment(**given | changes)


def test_the_version_the_raw_answers_the_count_and_both_levels_are_kept(family):
    kept = record(family, band="medium", because="She is in a refuge.")
    assert (kept.tool, kept.answers, kept.counted) == ("dash 2026.1", FOURTEEN, 14)
    assert (kept.computed_band, kept.band) == ("high", "medium")
    assert (kept.agency, kept.recorded_by) == (family.user("idva").agency, family.user("health"))
    assert Event.objects.filter(what="assessment.recorded", subject_id=str(kept.pk)).exists()


def test_another_level_than_the_counted_one_needs_a_reason(family):
    with pytest.raises(NotUnderstood, match=r"14 counted, high from 14.*Say why"):
        record(family, band="medium")


def test_a_judged_level_needs_what_it_rests_on_and_a_tool_without_levels_takes_none(family):
    with pytest.raises(NotUnderstood, match="rests on"):
        record(family, "dara", {"R1": "often"}, "high")
    with pytest.raises(NotUnderstood, match="Choose the assessor’s level"):
        record(family, "dara", {"R1": "often"}, "", "Control every day.")
    with pytest.raises(NotUnderstood, match="Choose the assessor’s level"):
        record(family, "signs", {"S1": "He hit her."}, "high")
    assert record(family, "signs", {"S1": "He hit her."}, "").band == ""


def test_sent_twice_it_is_kept_once(family):
    assert record(family, key=KEY).pk == record(family, key=KEY).pk
    assert ToolRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"assessor": " "}, "Say who made"),
        ({"assessed_on": date(2026, 11, 21)}, "still to come"),
        ({"assessed_on": date(2021, 1, 1)}, "no tool 'dash' in force on 01 January 2021"),
        ({"tool": "song"}, "no tool 'song'"),
        ({"answers": {}}, "Answer at least one question"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is(family, changes, words):
    with pytest.raises(NotUnderstood, match=words):
        record(family, **changes)
    assert not ToolRecord.objects.exists()


def test_a_tool_is_about_whom_it_is_about(family):
    with pytest.raises(NotUnderstood, match="is about a victim"):
        record(family, mention=family.mention("Leila"))
    with pytest.raises(NotUnderstood, match="is about a child"):
        record(family, "signs", {"S1": "He hit her."}, "", mention=family.mention("Maria"))


def test_after_a_correction_took_somebody_out_it_is_too_late(family):
    maria = family.mention("Maria")
    family.notify(notification("NM-1", DANIEL, LEILA, version=2))
    with pytest.raises(WrongMoment, match="A correction took this person out"):
        record(family, mention=maria, incident=maria.source.incident)
    assert not ToolRecord.objects.exists()


def test_only_those_who_screen_record(family):
    with pytest.raises(PermissionDenied):
        record(family, by=family.user("socialworker"))


def test_an_assessment_of_the_victim_moves_no_childs_scale_and_no_other_assessment(family):
    """Scores of one tool are never converted into another's."""
    before = family.screening("Leila")
    record(family, "dara", {"R1": "never"}, "standard", "Nothing more is known.")
    record(family)
    record(family, "darac", {"H5": "4"}, "4", "It is rising.")
    answer_items(
        screening=before, answers={"V1": Value.YES}, notes={}, by=family.user("health"),
        now=family.now,
    )  # fmt: skip
    assert family.screening("Leila").suggested == before.suggested == 1
    bands = ToolRecord.objects.order_by("pk").values_list("band", "computed_band", "counted")
    assert list(bands) == [("standard", "", None), ("high", "high", 14), ("4", "", None)]


def test_it_is_withdrawn_by_its_agency_once_with_a_reason_and_stays_to_be_read(family):
    kept = record(family)
    with pytest.raises(NotUnderstood, match="Say why"):
        withdraw_assessment(assessment=kept, because=" ", by=family.user("health"), now=family.now)
    with pytest.raises(WrongMoment, match="Only the agency"):
        withdraw_assessment(
            assessment=kept, because="Not hers.", by=family.user("administrator"), now=family.now
        )
    for because in ("Another Maria.", "Again."):
        kept = withdraw_assessment(
            assessment=kept, because=because, by=family.user("health"), now=family.now
        )
    assert (kept.withdrawn_because, kept.answers) == ("Another Maria.", FOURTEEN)


def test_a_result_keeps_the_words_and_thresholds_it_was_made_with(family, client):
    old = record(family)
    add_own_words(
        content=written(more="[thresholds]\nmarac = 17\n[bands]\nhigh = 15").replace(
            "2026-12-01", "2026-11-01"
        ),
        name="own.toml", by=family.user("administrator"), now=family.now,
    )  # fmt: skip
    new = record(family, band="medium")
    old.refresh_from_db()
    assert (old.computed_band, new.computed_band) == ("high", "medium")
    client.force_login(family.user("health"))
    pages = [client.get(reverse("assessment", args=[one.pk])) for one in (old, new)]
    assert ["Licensed words on D1" in page.content.decode() for page in pages] == [False, True]
    assert ["MARAC" in page.content.decode() for page in pages] == [True, False]


def form_of(family, tool="dash", who="Maria", **changes):
    return {
        "key": str(KEY), "mention": family.mention(who).pk, "assessor": "Ros Lane",
        "agency": family.user("idva").agency_id,
        "assessed_on-day": "20", "assessed_on-month": "11", "assessed_on-year": "2026",
    } | changes  # fmt: skip


def address(family, tool=""):
    incident = Incident.objects.latest("pk").pk
    if tool:
        return reverse("assess", args=[incident, tool])
    return reverse("assessments", args=[incident])


def text(response):
    return " ".join(response.content.decode().split())


def test_the_pages_from_the_list_over_the_form_to_the_assessment(family, client):
    client.force_login(family.user("health"))
    empty = client.get(address(family))
    assert "Nobody has recorded one yet" in text(empty)
    assert "Medium by the officer, with DARA" in text(empty)
    form = client.get(address(family, "dash"))
    assert not re.findall(r"<input[^>]*\schecked", text(form))
    wrong = client.post(address(family, "dash"), form_of(family, **FOURTEEN, band="medium"))
    assert "14 counted, high from 14" in text(wrong)
    kept = client.post(address(family, "dash"), form_of(family, **FOURTEEN, band="high"))
    again = client.post(address(family, "dash"), form_of(family, **FOURTEEN, band="high"))
    assert kept.url == again.url
    shown, listed = client.get(kept.url), client.get(address(family))
    assert "MARAC, visible high risk" in text(shown)
    assert "1 assessment</strong>, newest first" in text(listed)
    pages = {"empty": empty, "form": form, "wrong": wrong, "shown": shown, "listed": listed}
    assert not problems({name: page.content.decode() for name, page in pages.items()})


def test_everybodys_number_is_taken_and_shown(family, client):
    client.force_login(family.user("health"))
    said = {"S1": "He hit her.", "S8-who-0": "Maria", "S8-number-0": "6", "S8-who-1": "Ms Ward",
            "S8-number-1": "3"}  # fmt: skip
    kept = client.post(address(family, "signs"), form_of(family, who="Leila", **said))
    assert "Maria: 6; Ms Ward: 3" in text(client.get(kept.url))
    half = client.post(
        address(family, "signs"),
        form_of(family, who="Leila", **{"S1": "x", "S3": "Danger.", "S8-number-0": "11"}),
    )
    assert "Answer S6 too: it goes with S3" in text(half)
    assert "Give a number from 0 to 10 and say whose it is" in text(half)


def test_words_that_blame_are_pointed_out_and_kept(family, client):
    client.force_login(family.user("health"))
    said = {"S1": "She failed to protect him.", "band": ""}
    client.post(address(family, "signs"), form_of(family, who="Leila", **said))
    assert ToolRecord.objects.get().answers["S1"] == "She failed to protect him."
    assert WordingSuggestion.objects.get().about == "screening.toolrecord"


def test_withdrawing_on_the_page(family, client):
    kept = record(family)
    page = reverse("assessment", args=[kept.pk])
    client.force_login(family.user("health"))
    for unusable in ("", "x" * 301, "\x00"):
        refused = client.post(page, {"because": unusable})
        assert "There is a problem" in text(refused)
        assert "Withdrawn" not in text(client.get(address(family)))
    assert "Withdrawn" in text(client.post(page, {"because": "Another Maria."}, follow=True))
    assert "Withdrawn" in text(client.get(address(family)))


@pytest.mark.parametrize("local", ["outsider", "keyadult1", "provider", "socialworker"])
def test_whom_the_family_is_not_shared_with_learns_nothing(family, client, local):
    kept = record(family)
    client.force_login(family.user(local))
    for page in (address(family), address(family, "dash"), reverse("assessment", args=[kept.pk])):
        assert client.get(page).status_code in (403, 404), page


def test_an_assessment_of_an_earlier_incident_is_read_at_the_next(family, client):
    record(family)
    family.now = family.now.replace(day=21)
    later = notification("NM-2", MARIA, DANIEL, LEILA)
    later["incident"]["started_at"] = "2026-11-21T20:00:00+00:00"
    family.notify(later)
    client.force_login(family.user("health"))
    assert "1 assessment</strong>" in text(client.get(address(family)))


def test_the_list_costs_the_same_however_long(family, client):
    client.force_login(family.user("health"))
    counts = []
    for _ in range(2):
        record(family)
        client.get(address(family))
        with CaptureQueriesContext(connection) as found:
            client.get(address(family))
        counts.append(len(found))
        for _ in range(8):
            record(family)
    assert counts[0] == counts[1]


def test_a_manager_countersigns_once_and_never_their_own(client, family):
    chair, nurse = family.user("chair"), family.user("health")
    kept = record(family, "darac", {"H5": "4"}, "4", "It is rising.")
    dash = record(family)
    with pytest.raises(PermissionDenied):
        countersign_assessment(assessment=kept, by=nurse, now=family.now)
    with pytest.raises(WrongMoment, match="asks for no second signature"):
        countersign_assessment(assessment=dash, by=chair, now=family.now)
    client.force_login(chair)
    listed = client.get(reverse("assessments", args=[kept.incident_id]))
    assert "4, severe, not countersigned" in text(listed)
    assert "agencies share it. There is one already" in text(
        client.get(reverse("assess", args=[kept.incident_id, "darac"]))
    )
    address = reverse("assessment", args=[kept.pk])
    before = client.get(address)
    assert "Not yet: a manager of the agency" in text(before)
    for _ in range(2):
        after = client.post(address, {"countersign": "yes"}, follow=True)
    assert f"by {chair.name}" in text(after)
    assert Event.objects.filter(what="assessment.countersigned").count() == 1
    other = record(family, "darac", {"H5": "1"}, "1", "Calm.", by=chair)
    withdraw_assessment(assessment=other, because="Twice.", by=chair, now=family.now)
    nurse.manager = family.user("carelead")
    nurse.save()
    with pytest.raises(PermissionDenied):
        countersign_assessment(assessment=other, by=chair, now=family.now)
    mine = record(family, "darac", {"H5": "1"}, "1", "Calm.")
    withdraw_assessment(assessment=mine, because="Twice.", by=chair, now=family.now)
    with pytest.raises(WrongMoment, match="was withdrawn"):
        countersign_assessment(assessment=mine, by=nurse.manager, now=family.now)
    mine.refresh_from_db()
    assert mine.countersigned_at is None
    pages = {"list": listed, "before": before, "after": after}
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""
