"""Words that make the victim responsible are pointed out, kept as they were written, counted."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from sightline.insight.catalogue import BY_ID
from sightline.insight.engine.live import Live
from sightline.insight.periods import Period
from sightline.screening.models import WordingSuggestion
from sightline.screening.wording import look_at_wording
from tests.world import notification

pytestmark = pytest.mark.django_db
BLAMING = "Maria failed to protect Leila."
BETTER = "Daniel pushed Maria while Leila listened."


@pytest.fixture
def family(world):
    world.notify(notification())
    return world


def look(family, text, field="because"):
    return look_at_wording(
        about=family.screening("Leila"), texts={field: text}, by=family.user("chair"),
        now=family.now,
    )  # fmt: skip


def test_a_suggestion_is_made_counted_once_and_the_text_is_not_kept(family):
    assert [look(family, BLAMING)[0].phrase for _ in range(2)] == ["failed-to-protect"] * 2
    row = WordingSuggestion.objects.get()
    assert (row.agency, row.phrases) == (family.user("chair").agency, ["failed-to-protect"])
    assert not [v for v in WordingSuggestion.objects.values().get().values() if v == BLAMING]


def test_what_was_reworded_is_known_with_each_turn_once(family):
    at = [family.now + timedelta(hours=hour) for hour in range(6)]
    for family.now, text in zip(
        at, (BLAMING, BETTER, BETTER, BLAMING, BLAMING, BETTER), strict=True
    ):
        look(family, text)
    row = WordingSuggestion.objects.get()
    assert (row.phrases, row.ever) == ([], ["failed-to-protect"])
    assert (row.suggested_at, row.turned_at) == (at[0], [at[1], at[3], at[5]])


def test_a_text_without_fault_leaves_no_row(family):
    assert look(family, BETTER) == ()
    assert not WordingSuggestion.objects.exists()


def test_the_page_says_it_and_keeps_what_was_written(client, family):
    screening = family.screening("Leila")
    client.force_login(family.user("chair"))
    answer = client.post(
        f"/screenings/{screening.pk}/K/", {"K3": "yes", "K3-note": BLAMING}, follow=False
    )
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert answer.status_code == 302
    assert any("“failed to protect”" in words and "You might write" in words for words in said)
    assert screening.answers.get(item="K3").note == BLAMING


def test_whoever_writes_gets_the_list_and_sends_nothing(client, family):
    client.force_login(family.user("keyadult1"))
    listed = client.get("/wording.json").json()
    assert {"pattern", "why", "instead"} == set(listed["phrases"][0])
    assert 'data-wording="/wording.json"' in _notes(client, family)


def _notes(client, family):
    client.force_login(family.user("chair"))
    return client.get(f"/screenings/{family.screening('Leila').pk}/K/").content.decode()


def test_as_at_a_moment_a_text_is_what_it_was_then(family):
    began, hour = family.now, timedelta(hours=1)
    for text in (BLAMING, BETTER, BLAMING):
        look(family, text)
        family.now += hour
    for nth, reworded in enumerate((0, 1, 0)):
        engine = Live.at(began + nth * hour)
        assert [row[2:4] for row in BY_ID["words.suggested"].rows(Period(), engine)] == [
            (1, reworded)
        ]


def test_the_figure_counts_texts_by_agency_and_those_reworded(family):
    look(family, BLAMING, "K3 note")
    look(family, BLAMING)
    look(family, BETTER)
    rows = BY_ID["words.suggested"].rows(Period())
    agency = family.user("chair").agency.name
    assert rows == [
        (agency, "Reasons for a scale", 1, 1, 100), (agency, "Notes on answers", 1, 0, 0),
    ]  # fmt: skip
