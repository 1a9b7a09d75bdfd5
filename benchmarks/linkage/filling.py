"""Fill an empty database with invented mentions, linked as the truth says: copied by two processes.

Indexes and foreign keys are made afterwards, which takes a fraction of keeping them up to date.
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from multiprocessing import get_context
from typing import Any

import pyarrow as pa

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)  # the generated five years end then
FIELDS = (
    "mention_id", "notification_id", "role", "given_name", "middle_name", "surname", "dob", "sex",
    "house_no", "street", "postcode", "phone", "nhs_number", "upn", "notified_on",
)  # fmt: skip
ROLES = {"victim": "victim", "perpetrator": "perpetrator", "both_alleged": "both_alleged"}
CHUNK = 20_000
PROCESSES = 2
TABLES = [f"people_{name}" for name in (
    "incident", "source", "person", "mention", "link", "linkkey", "searchentry",
)]  # fmt: skip
CHECKS = """
    select format('alter table %s drop constraint %I', conrelid::regclass, conname),
        format('alter table %s add constraint %I %s', conrelid::regclass, conname,
            pg_get_constraintdef(oid))
    from pg_constraint where conrelid = any(%s::text[]::regclass[])
        and (contype = 'f' or contype = 'p' and conrelid = 'people_linkkey'::regclass)
"""
INDEXES = """
    select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    from pg_index where indrelid = any(%s::text[]::regclass[]) and not indisunique
"""
MENTION = (
    "id", "source_id", "position", "role", "given_name", "middle_name", "surname", "aliases",
    "birth_date", "sex", "ethnicity", "language", "address", "postcode", "phone", "nhs_number",
    "upn", "police_id", "presence", "where_in_home", "saw_or_heard", "spoken_to_alone", "words",
    "demeanour", "school_name", "school_urn", "detail",
)  # fmt: skip
Lines = Iterable[tuple[Any, ...]]


def fill(owner_url: str, mentions: pa.Table, truth: pa.Table) -> None:
    """Load mentions with the persons of `truth`, their keys and search entries.

    owner_url: of an empty database of ours, as whoever owns its tables.
    """
    import psycopg

    with psycopg.connect(owner_url, autocommit=True) as owner:
        again = _drop_what_slows(owner)
        _sources(owner, mentions)
        _by_two(owner_url, mentions, truth)
        owner.execute("set maintenance_work_mem = '1GB'")
        for make in again:
            owner.execute(make)
        for table in ("incident", "source", "person", "mention"):
            owner.execute(
                f"select setval(pg_get_serial_sequence('people_{table}', 'id'),"
                f" (select max(id) from people_{table}))"
            )
        owner.execute("vacuum analyze")


def _drop_what_slows(owner: Any) -> list[str]:
    """Drop the indexes and foreign keys; what is returned makes them again."""
    asked = (CHECKS, INDEXES)
    found = [row for sql in asked for row in owner.execute(_plain(sql), [TABLES]).fetchall()]
    for drop, _ in found:
        owner.execute(drop)
    return sorted((make for _, make in found), key=lambda make: "foreign" in make.casefold())


def _plain(sql: str) -> str:
    """The signs of `format` are not those of a parameter."""
    return re.sub(r"%(?!s::text)", "%%", sql)


def _sources(owner: Any, mentions: pa.Table) -> None:
    names = mentions["notification_id"].to_pylist()
    days = dict(zip(names, mentions["notified_on"].to_pylist(), strict=True))
    _copy(
        owner, "people_incident (id, started_at, reference, summary, officer_grade)",
        ((number(name), at(day), "", "", "") for name, day in days.items()),
    )  # fmt: skip
    _copy(
        owner, 'people_source (id, incident_id, label, "on", recorded_at)',
        ((number(name), number(name), name, day, at(day)) for name, day in days.items()),
    )  # fmt: skip


def _by_two(owner_url: str, mentions: pa.Table, truth: pa.Table) -> None:
    """Two processes copy the mentions in their order, then what is said of each person."""
    whose = mentions.select(FIELDS).append_column("person_id", truth["person_id"])
    with get_context("spawn").Pool(PROCESSES, _begin, (owner_url,)) as pool:
        for work, parts in ((_mentioned, _whole_sources(whose)), (_persons, _by_person(whose))):
            for _ in pool.imap_unordered(work, parts):
                pass


def _whole_sources(whose: pa.Table) -> Iterator[pa.Table]:
    return _split(whose, "notification_id")


def _by_person(whose: pa.Table) -> Iterator[pa.Table]:
    return _split(whose.sort_by("person_id"), "person_id")


def _split(table: pa.Table, column: str) -> Iterator[pa.Table]:
    """Parts of some thousand rows, none of which ends between two rows of one value."""
    values = table[column].combine_chunks()
    begin = 0
    while begin < len(table):
        end = min(begin + CHUNK, len(table))
        while end < len(table) and values[end] == values[end - 1]:
            end += 1
        yield table.slice(begin, end - begin).combine_chunks()
        begin = end


_connection: list[Any] = []


def _begin(owner_url: str) -> None:
    import django
    import psycopg

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
    django.setup()
    _connection.append(psycopg.connect(owner_url, autocommit=True))
    _connection[0].execute("set synchronous_commit = off")


def _mentioned(part: pa.Table) -> None:
    """Copy mentions, their links and their keys."""
    from sightline.rules.linkage.keys import hashed_keys

    written, links, keys = [], [], []
    for _, together in groupby(rows(part), key=lambda row: row["notification_id"]):
        for place, row in enumerate(together):
            said, mine = fields(row), number(row["mention_id"])
            written.append(_mention(row, said, place))
            links.append((mine, row["person_id"], "truth", "[]", NOW, ""))
            keys += [(key, mine) for key in hashed_keys(_described(row, said))]
    _copy(_connection[0], f"people_mention ({', '.join(MENTION)})", written)
    columns = "mention_id, person_id, model, reasons, decided_at, ended_because"
    _copy(_connection[0], f"people_link ({columns})", links)
    _copy(_connection[0], "people_linkkey (key, mention_id)", keys)


def _described(row: dict[str, Any], said: dict[str, Any]) -> Any:
    from sightline.people.describing import describe_row

    return describe_row(
        said["given_name"], said["middle_name"], said["surname"], said["birth_date"],
        said["sex"], address(row), row["postcode"], said["phone"], said["nhs_number"],
        said["upn"], "", said["role"], said["presence"],
    )  # fmt: skip


def _mention(row: dict[str, Any], said: dict[str, Any], place: int) -> tuple[Any, ...]:
    return (
        number(row["mention_id"]), number(row["notification_id"]), place, said["role"],
        said["given_name"], said["middle_name"], said["surname"], "{}", said["birth_date"],
        said["sex"], "", "", address(row), row["postcode"][:8], said["phone"],
        said["nhs_number"], said["upn"], "", said["presence"], "", "", "", "", "", "", "", "{}",
    )  # fmt: skip


def _persons(part: pa.Table) -> None:
    """Copy persons and by what they are found; `part` has all mentions of each."""
    persons, entries = [], []
    for person, some in groupby(rows(part), key=lambda row: row["person_id"]):
        newest = sorted(some, key=lambda row: (row["notified_on"], row["mention_id"]), reverse=True)
        terms = sorted(set().union(*map(_terms, newest)))
        last_seen = newest[0]["notified_on"]
        persons.append((person, *_believed(newest), "", NOW))
        entries.append((person, "{" + ",".join(f'"{term}"' for term in terms) + "}", last_seen))
    columns = "id, given_name, surname, birth_date, sex, restricted_because, created_at"
    _copy(_connection[0], f"people_person ({columns})", persons)
    _copy(_connection[0], "people_searchentry (person_id, terms, last_seen)", entries)


def _believed(newest: list[dict[str, Any]]) -> list[Any]:
    """What is cached of a person: of each field what the newest mention says that has it."""
    said = [fields(row) for row in newest]
    names = ("given_name", "surname", "birth_date", "sex")
    return [next(filter(None, (one[name] for one in said)), "") for name in names]


def _terms(row: dict[str, Any]) -> frozenset[str]:
    from sightline.rules.search.writing import Writing, terms

    said = fields(row)
    return terms(Writing(
        on=NOW.date(), given=said["given_name"], middle=said["middle_name"],
        surname=said["surname"], birth_date=said["birth_date"], address=address(row),
        postcode=row["postcode"][:8], phone=said["phone"],
        numbers=(said["nhs_number"], said["upn"]),
    ))  # fmt: skip


def rows(mentions: pa.Table) -> Iterator[dict[str, Any]]:
    """Return the mentions of a table one by one; what is not known is an empty string."""
    for batch in mentions.to_batches(max_chunksize=CHUNK):
        for row in batch.to_pylist():
            yield {name: value or "" for name, value in row.items()}


def fields(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a row says, under the names of Mention's fields."""
    unborn = "unborn" in row["role"] or "unborn" in row["given_name"].casefold()
    role = "child" if row["role"].startswith("child") or unborn else row["role"]
    return {
        "role": ROLES.get(role, "child" if role == "child" else "other"),
        "given_name": row["given_name"][:80], "middle_name": row["middle_name"][:80],
        "surname": row["surname"][:80], "birth_date": _day(row["dob"]), "sex": row["sex"][:1],
        "phone": row["phone"][:20], "nhs_number": row["nhs_number"].replace(" ", "")[:10],
        "upn": row["upn"][:13], "presence": "unborn" if unborn else "",
    }  # fmt: skip


def address(row: dict[str, Any]) -> str:
    """Return the house and the street as one line."""
    return f"{row['house_no']} {row['street']}".strip()


def _copy(connection: Any, table: str, lines: Lines) -> None:
    """Copy lines as CSV, which is written in C; only a day that is not known is null."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(lines)
    form = "format csv, force_null (birth_date)" if "birth_date" in table else "format csv"
    with connection.cursor() as cursor, cursor.copy(f"copy {table} from stdin ({form})") as copy:
        copy.write(text.getvalue())


def number(name: str) -> int:
    """Return the number in a name such as M00000012."""
    return int(name[1:])


def at(day: str) -> datetime:
    """Return the morning of a day."""
    return datetime.fromisoformat(f"{day}T09:00:00+00:00")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
