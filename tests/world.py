"""The small world of the tests: a family everybody remembers, built through the commands.

Leila (9) and Sam (4) Moreno, an unborn sibling, their mother Maria, and Daniel Crowe, who abuses
her. Before her he abused Ivy Penrose; her son is Noah. All of them are invented.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sightline.access.models import User
from sightline.demo.cast import Cast, build_cast
from sightline.intake.commands import Origin, Received, receive
from sightline.intake.models import Channel
from sightline.intake.reading import read
from sightline.pathway.stages import take_through
from sightline.people.models import Link, Mention, Person
from sightline.screening.models import Screening

NOW = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)  # a Friday night in term
HOME = {"lines": "12 Brook Lane, Castlebrook", "postcode": "ZZ9 4QT"}
EARLIER_HOME = {"lines": "3 Tanner's Row, Castlebrook", "postcode": "ZZ9 7BD"}

MARIA = {
    "id": "maria",
    "role": "victim",
    "given_name": "Maria",
    "surname": "Moreno",
    "birth_date": "1992-03-14",
    "sex": "F",
    "nhs_number": "9990000018",
    "phone": "07700 900123",
}
DANIEL = {
    "id": "daniel",
    "role": "perpetrator",
    "given_name": "Daniel",
    "surname": "Crowe",
    "birth_date": "1988-07-02",
    "sex": "M",
    "police_id": "NM-448812",
}
LEILA = {
    "id": "leila",
    "role": "child",
    "given_name": "Leila",
    "surname": "Moreno",
    "birth_date": "2017-05-09",
    "sex": "F",
    "nhs_number": "9990000026",
    "child": {
        "presence": "in_the_home",
        "where_in_home": "on the stairs",
        "saw_or_heard": "heard shouting and something breaking",
        "spoken_to_alone": "yes",
        "words": "I told Sam to hide under my bed",
        "demeanour": "quiet, watched the door",
        "school_name": "Brook Lane Primary School",
    },
}
SAM = {
    "id": "sam",
    "role": "child",
    "given_name": "Sam",
    "surname": "Moreno",
    "birth_date": "2022-01-30",
    "sex": "M",
    "child": {
        "presence": "in_the_home",
        "spoken_to_alone": "no",
        "school_name": "Brook Lane Primary School",
    },
}
UNBORN = {
    "id": "unborn",
    "role": "child",
    "child": {"presence": "unborn", "expected_birth": "2027-03-20"},
}
IVY = {
    "id": "ivy",
    "role": "victim",
    "given_name": "Ivy",
    "surname": "Penrose",
    "birth_date": "1990-11-23",
    "sex": "F",
}
NOAH = {
    "id": "noah", "role": "child", "given_name": "Noah", "surname": "Penrose",
    "birth_date": "2015-08-17", "sex": "M",
    "child": {"presence": "in_the_room", "school_name": "Castlebrook High School"},
}  # fmt: skip


def notification(
    reference: str = "NM-1", *people: dict[str, Any], **changes: Any
) -> dict[str, Any]:
    """Return the body of a notification; the Moreno family's unless people are given."""
    body = {
        "reference": reference,
        "version": 1,
        "notified_at": "2026-11-20T23:30:00+00:00",
        "incident": {
            "started_at": "2026-11-20T22:10:00+00:00",
            "log_number": f"LOG-{reference}",
            "address": HOME,
            "summary": "Daniel Crowe pushed Maria Moreno against a door and broke her phone.",
        },
        "risk": {"tool": "DARA", "officer_grade": "medium"},
        "people": list(people) or [MARIA, DANIEL, LEILA, SAM, UNBORN],
    }
    return body | changes


@dataclass
class World:
    """The cast, and short ways to have things happen to it."""

    cast: Cast
    now: datetime = NOW
    received: list[Received] = field(default_factory=list)

    def user(self, local: str) -> User:
        return self.cast.users[local]

    def receive(
        self, body: dict[str, Any], *, now: datetime | None = None, **origin: Any
    ) -> Received:
        """Keep a notification from the police, without its way."""
        content, notes = read(body)
        kept = receive(
            content, raw=json.dumps(body).encode(), raw_type="application/json",
            origin=Origin(self.cast.police, Channel.API, **origin), notes=notes,
            now=now or self.now, tell=False,
        )  # fmt: skip
        self.received.append(kept)
        return kept

    def notify(
        self, body: dict[str, Any], *, now: datetime | None = None, **origin: Any
    ) -> Received:
        """Keep a notification from the police and take it its whole way, here and now."""
        kept = self.receive(body, now=now, **origin)
        take_through([kept.notification.pk], now or self.now)
        kept.notification.refresh_from_db()
        return kept

    def earlier(self, days: int, reference: str, *people: dict[str, Any]) -> Received:
        """Have a notification happen some days ago, at Ivy's home unless Maria is in it."""
        at = self.now - timedelta(days=days)
        home = HOME if MARIA in people else EARLIER_HOME
        body = notification(reference, *people, notified_at=at.isoformat())
        body["incident"] |= {"started_at": at.isoformat(), "address": home}
        return self.notify(body, now=at)

    def mention(self, given_name: str) -> Mention:
        """Return the newest mention of somebody."""
        return Mention.objects.filter(given_name=given_name).latest("pk")

    def person(self, given_name: str) -> Person:
        """Return who the newest mention of somebody is."""
        return Link.objects.get(mention=self.mention(given_name), ended_at=None).person

    def screening(self, given_name: str) -> Screening:
        return Screening.objects.filter(mention__given_name=given_name).latest("pk")


def build_world() -> World:
    """Set up the cast; nothing has happened yet."""
    return World(build_cast(now=NOW))
