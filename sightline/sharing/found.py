"""Words for what a search found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from sightline.common.clock import local_date
from sightline.common.words import plural, short_day
from sightline.people.models import Mention, Person
from sightline.people.reading import mentions_of, read_person
from sightline.sharing.closed import Closed
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer
from sightline.sharing.searching import Hit, Results

NAMES_SHOWN = 4


@dataclass(frozen=True)
class Found:
    """One person in a list of results."""

    name: str
    url: str
    other_names: str
    born: str
    last_seen: str
    notifications: str
    because: str
    closed: str


def shown(hits: Sequence[Hit], now: datetime) -> list[Found]:
    """Return hits in words. Of a closed case only what was known when it closed. One query."""
    mentions = mentions_of(hit.person_id for hit in hits)
    return [_found(hit, open_mentions(mentions[hit.person_id], hit.answer), now) for hit in hits]


def open_mentions(mentions: Sequence[Mention], answer: Answer) -> list[Mention]:
    """Return those that are open, of a closed case those that were known when it closed."""
    if not isinstance(answer, Closed):
        return list(mentions)
    return [mention for mention in mentions if answer.covers(mention.source.recorded_at)]


def _found(hit: Hit, mentions: Sequence[Mention], now: datetime) -> Found:
    person, closed = read_person(mentions), hit.closed_at
    return Found(
        name=person.name,
        url=reverse("closed-case" if closed else "person", args=[hit.person_id]),
        other_names=_other_names(person, mentions),
        born=_born(person, mentions, local_date(now)),
        last_seen=f"{max(m.source.on for m in mentions):%B %Y}",
        notifications=_notifications(mentions, hit.answer),
        because=sentence(hit.score.because),
        closed=f"Closed {short_day(closed)}" if closed else "",
    )


def sentence(phrases: Sequence[str]) -> str:
    """Return phrases as one sentence: "First name sounds alike; birth date"."""
    text = "; ".join(phrases)
    return text[:1].upper() + text[1:]


def advice(results: Results) -> str:
    """Say of which parts nothing like them is on record, which is why nobody is found by them."""
    unknown = " or ".join(f"“{part}”" for part in results.asked.unknown)
    return f"Nothing on record is like {unknown}." if unknown else ""


def age_on(born: date, today: date) -> int:
    """Return the completed years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _other_names(person: Person, mentions: Sequence[Mention]) -> str:
    written = [name for m in mentions for name in (m.name, *m.aliases)]
    no_news = (person.name, "Name not known", "Unborn child")
    others = dict.fromkeys(name for name in written if name not in no_news)
    return "; ".join(list(others)[:NAMES_SHOWN])


def _born(person: Person, mentions: Sequence[Mention], today: date) -> str:
    if person.birth_date:
        return f"{short_day(person.birth_date)}, aged {age_on(person.birth_date, today)}"
    told = next((m for m in mentions if m.age is not None), None)
    if told is None or told.age is None:
        return "Not known"
    return f"About {told.age + today.year - told.source.on.year} years old"


def _notifications(mentions: Sequence[Mention], answer: Answer) -> str:
    if Item.HISTORY not in answer.items:
        return "Not shared"
    holding = [m.source for m in mentions if m.source.incident_id and not m.source.superseded_at]
    return plural(len({source.pk for source in holding}), "notification")
