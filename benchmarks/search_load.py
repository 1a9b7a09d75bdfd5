"""Loading invented mentions, linked as the truth says, with what finds them and the doors."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sightline.demo.cast import Cast
from sightline.rules.search.likeness import sounds_of
from sightline.rules.search.writing import Writing, terms
from sightline.sharing.commands import STANDING
from sightline.sharing.models import CASE_ITEMS
from sightline.sharing.team import OPEN_FOR

Row = tuple[Any, ...]
EMPTY = (
    "ethnicity", "language", "police_id", "presence", "where_in_home", "saw_or_heard",
    "spoken_to_alone", "words", "demeanour", "school_name", "school_urn",
)  # fmt: skip


def load(owner: Any, mentions: Any, truth: Any, cast: Cast) -> None:
    """Write everything with COPY; `owner` is the owner's connection."""
    rows = mentions.to_pylist()
    persons = truth["person_id"].to_pylist()
    sources = {row["notification_id"]: int(row["notification_id"][1:]) for row in rows}
    held: dict[int, set[str]] = defaultdict(set)
    newest: dict[int, Row] = {}
    written = [(_id(row), row, _writing(row)) for row in rows]
    for (_, row, said), person in zip(written, persons, strict=True):
        held[person] |= terms(said)
        newest[person] = (said, row)
    days = {row["notification_id"]: row["notified_on"] for row in rows}
    told = [(number, days[name], _at(days[name])) for name, number in sources.items()]
    _copy(
        owner,
        "people_incident",
        ("id", "started_at", "reference", "summary", "officer_grade"),
        ((number, at, "", "", "") for number, _, at in told),
    )
    _copy(
        owner,
        "people_source",
        ("id", "incident_id", "label", '"on"', "recorded_at"),
        ((number, number, "Invented", on, at) for number, on, at in told),
    )
    _copy(
        owner,
        "people_person",
        ("id", "given_name", "surname", "birth_date", "sex", "restricted_because", "created_at"),
        (
            (person, said.given, said.surname, said.birth_date, "", "", _at(row["notified_on"]))
            for person, (said, row) in newest.items()
        ),
    )
    _mentions(owner, written, sources)
    _copy(
        owner,
        "people_link",
        ("mention_id", "person_id", "model", "reasons", "decided_at", "ended_because"),
        (
            (pk, person, "truth", "[]", _at(row["notified_on"]), "")
            for (pk, row, _), person in zip(written, persons, strict=True)
        ),
    )
    _findable(owner, held, newest)
    _doors(owner, newest, sources, cast)
    owner.execute("vacuum analyze")


def _id(row: dict[str, str]) -> int:
    return int(row["mention_id"][1:])


def _at(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(9), UTC)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _writing(row: dict[str, Any]) -> Writing:
    def said(name: str) -> str:
        return row[name] or ""

    return Writing(
        on=date.fromisoformat(row["notified_on"]), given=said("given_name")[:80],
        middle=said("middle_name")[:80], surname=said("surname")[:80],
        birth_date=_day(row["dob"]), address=f"{said('house_no')} {said('street')}".strip(),
        postcode=said("postcode")[:8], phone=said("phone")[:20],
        numbers=(said("nhs_number")[:10], said("upn")[:13]),
    )  # fmt: skip


def _mentions(owner: Any, written: Iterable[Row], sources: dict[str, int]) -> None:
    columns = (
        "id", "source_id", "position", "role", "given_name", "middle_name", "surname", "aliases",
        "birth_date", "sex", "address", "postcode", "phone", "nhs_number", "upn", "detail", *EMPTY,
    )  # fmt: skip
    blank = ("",) * len(EMPTY)
    place: dict[str, int] = defaultdict(int)

    def rows() -> Iterator[Row]:
        for pk, row, said in written:
            place[row["notification_id"]] += 1
            yield (
                pk, sources[row["notification_id"]], place[row["notification_id"]],
                (row["role"] or "other")[:20], said.given, said.middle, said.surname, [],
                said.birth_date, (row["sex"] or "")[:1], said.address, said.postcode, said.phone,
                *said.numbers, json.dumps({}), *blank,
            )  # fmt: skip

    _copy(owner, "people_mention", columns, rows())


def _findable(owner: Any, held: dict[int, set[str]], newest: dict[int, Row]) -> None:
    _copy(
        owner,
        "people_searchentry",
        ("person_id", "terms", "last_seen"),
        ((person, sorted(found), newest[person][0].on) for person, found in held.items()),
    )
    words = {term for found in held.values() for term in found if term[0] in "nw"}
    _copy(
        owner,
        "people_searchword",
        ("kind", "word", "sounds"),
        ((t[0], t[2:], sorted(sounds_of(t[2:])) if t[0] == "n" else []) for t in sorted(words)),
    )


def _doors(owner: Any, newest: dict[int, Row], sources: dict[str, int], cast: Cast) -> None:
    """Each person was opened to the chair's agency when last seen, for as long as that holds."""
    agency = cast.users["chair"].agency_id
    columns = (
        "agency_id", "person_id", "items", "level", "purpose", "basis", "reason", "origin",
        "origin_id", "from_at", "until_at", "decided_at",
    )  # fmt: skip
    items = [str(item) for item in CASE_ITEMS]
    _copy(owner, "sharing_disclosure", columns, (
        (agency, person, items, str(STANDING.level), STANDING.purpose, STANDING.basis,
         STANDING.reason, str(STANDING.origin), str(sources[row["notification_id"]]),
         seen, seen + OPEN_FOR, seen)
        for person, (_, row) in newest.items()
        for seen in [_at(row["notified_on"]) + timedelta(hours=1)]
    ))  # fmt: skip


def _copy(owner: Any, table: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with (
        owner.cursor() as cursor,
        cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy,
    ):
        for row in rows:
            copy.write_row(row)
