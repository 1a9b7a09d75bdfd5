"""Small worlds of mentions and persons, made at random, and a picture of who is who in them."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sightline.access.models import User
from sightline.people.models import (
    Incident,
    Link,
    LinkReview,
    Mention,
    NotSame,
    Person,
    Source,
)
from sightline.people.reading import CACHED, new_person

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NAMES = ("Leila", "Lela", "Sam", "Maria", "Daniel")
DAYS = (date(2017, 5, 9), date(2017, 9, 5), None)


@dataclass
class Small:
    """A world of a few sources; time goes on by a minute with every `tick`."""

    dice: random.Random
    at: datetime = START

    def tick(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def persons(self) -> list[Person]:
        """Return who has a mention now."""
        return list(
            Person.objects.filter(links__ended_at=None, links__isnull=False)
            .distinct()
            .order_by("pk")
        )


def mentions_of(person: Person) -> list[int]:
    links = Link.objects.filter(person=person, ended_at=None)
    return list(links.order_by("mention_id").values_list("mention_id", flat=True))


def write_source(dice: random.Random, people: int) -> list[Mention]:
    """Write down one source with so many people, of whom nobody is linked yet."""
    incident = Incident.objects.create(started_at=START)
    source = Source.objects.create(
        incident=incident, label="Police notification", recorded_at=START,
        on=START.date() - timedelta(days=dice.randrange(400)),
    )  # fmt: skip
    return Mention.objects.bulk_create(
        Mention(
            source=source, position=position, role=dice.choice(["child", "victim"]),
            given_name=dice.choice(NAMES), surname="Moreno", birth_date=dice.choice(DAYS),
        )
        for position in range(people)
    )  # fmt: skip


def link_alone(mention: Mention) -> Person:
    """Give a mention a person of its own, as linking does."""
    person = new_person(mention, now=START)
    person.save()
    Link.objects.create(
        mention=mention, person=person, model="test-1", decided_at=START,
        weight=round(mention.pk / 7, 2), reasons=[["alike", 1.5]],
    )  # fmt: skip
    return person


def small_world(seed: int, strict: User) -> Small:
    """Make up to five sources of up to three people; a few are restricted or in doubt."""
    dice = random.Random(seed)
    sources = [write_source(dice, dice.randint(1, 3)) for _ in range(dice.randint(3, 5))]
    persons = [link_alone(mention) for mentions in sources for mention in mentions]
    for person in persons:
        if dice.random() < 0.2:
            person.restricted_at, person.restricted_by = START, strict
            person.restricted_because = f"because of {person.pk}"
            person.save()
    for _ in range(3):
        mention, candidate = dice.choice(dice.choice(sources)), dice.choice(persons)
        if candidate.pk != Link.objects.get(mention=mention).person_id:
            LinkReview.objects.get_or_create(
                mention=mention, candidate=candidate,
                defaults={"weight": 15, "model": "test-1", "asked_at": START},
            )  # fmt: skip
    return Small(dice)


RESTRICTION = ["restricted_at", "restricted_by", "restricted_because"]


def picture() -> dict[str, Any]:
    """Return who is who, how each person reads, who is restricted, kept apart and asked about."""
    links = Link.objects.filter(ended_at=None).order_by("mention_id")
    here = set(links.values_list("person_id", flat=True))
    persons = Person.objects.filter(pk__in=here).order_by("pk")
    return {
        "links": list(links.values_list("mention_id", "person_id", "weight", "model", "reasons")),
        "persons": list(persons.values_list("pk", *CACHED, *RESTRICTION)),
        "apart": sorted(sides for sides, _ in kept_apart()),
        "asked": sorted(
            LinkReview.objects.filter(LinkReview.OPEN).values_list("mention_id", "candidate_id")
        ),
    }


def kept_apart() -> list[tuple[tuple[list[int], list[int]], NotSame]]:
    """Return the mentions on both sides of every "not the same" that stands."""
    found = []
    for said in NotSame.objects.filter(ended_at=None):
        one, other = (
            sorted(said.sides.filter(side=side).values_list("mention_id", flat=True))
            for side in "ab"
        )
        found.append(((one, other), said))
    return found


def contradictions() -> list[str]:
    """Return every person who is what nobody can be. Knows nothing of how it is prevented."""
    links = Link.objects.filter(ended_at=None).select_related("mention__source")
    person_of = {link.mention_id: link.person_id for link in links}
    found = [
        f"{said.pk} crossed"
        for (one, other), said in kept_apart()
        if {person_of[m] for m in one} & {person_of[m] for m in other}
    ]
    places = [
        (link.person_id, link.mention.source_id)
        for link in links
        if link.mention.source.superseded_at is None
    ]
    twice = {place for place in places if places.count(place) > 1}
    return found + [f"person {person} twice in source {source}" for person, source in twice]
