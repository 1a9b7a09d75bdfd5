"""What is cached of a person, kept up to date by what is new alone, is what all mentions say."""

from datetime import date, timedelta

import pytest

from sightline.people import reading
from sightline.people.commands import (
    Document,
    Entry,
    Happened,
    Place,
    Written,
    record_sources,
)
from sightline.people.linking import link_sources
from sightline.people.models import Person, SearchEntry
from sightline.people.reading import CACHED, refresh_persons

from .mentioned import BEGAN, documents

pytestmark = pytest.mark.django_db
NOW = BEGAN + timedelta(days=60)


def arrive(*entries):
    [*sources] = record_sources(entries, now=NOW)
    link_sources(sources, now=NOW)
    return sources


def cached():
    persons = Person.objects.filter(links__ended_at=None).distinct().order_by("pk")
    entries = SearchEntry.objects.order_by("pk").values_list("pk", "terms", "last_seen")
    return list(persons.values_list("pk", *CACHED)), list(entries)


def said_by_all_mentions():
    refresh_persons(Person.objects.values_list("pk", flat=True))
    return cached()


@pytest.fixture
def read_anew(monkeypatch):
    """The persons who were read anew from all their mentions."""
    read = []
    whole = reading.refresh_persons
    monkeypatch.setattr(reading, "refresh_persons", lambda some: (read.append(some), whole(some)))
    return read


def test_mentions_in_the_order_of_their_dates_are_read_besides_what_is_known(read_anew):
    for document in documents(seed=5, many=12):
        arrive(Entry(document))
    assert not read_anew
    assert cached() == said_by_all_mentions()


def test_an_older_mention_that_comes_later_is_not_believed_before_newer_ones(read_anew):
    first, *others = documents(seed=5, many=12)
    for document in (*others, first):
        arrive(Entry(document))
    assert read_anew
    assert cached() == said_by_all_mentions()


def leila(sex, days):
    said = {
        "role": "child", "given_name": "Leila", "surname": "Moreno", "sex": sex,
        "birth_date": date(2017, 5, 9),
    }  # fmt: skip
    home = Place("12 Quarry Road, Castlebrook", "DY1 1AA")
    day = BEGAN + timedelta(days=days)
    return Document("Notification", day.date(), Happened(day, home), [Written(said, home)])


def test_what_a_correction_takes_back_is_believed_last():
    arrive(Entry(leila("F", days=0)))
    [wrong] = arrive(Entry(leila("M", days=1)))
    arrive(Entry(leila("", days=1), replaces=wrong))
    assert [person.sex for person in Person.objects.all()] == ["F"]
    assert cached() == said_by_all_mentions()
