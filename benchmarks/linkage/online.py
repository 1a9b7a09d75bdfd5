"""How long one notification waits for the answer who its people are, as the number of people grows.

Loads invented mentions linked as the truth says (what is measured is the answer, not the linking),
with their keys and search entries, then sends in notifications that were kept back:

* a mention: candidates from PostgreSQL, weights, decision and explanation;
* a notification: its people written down, linked, and made findable, committed.

    python -m benchmarks.linkage.online [--mentions 100000 1000000 5000000] [--seed 7]
"""

import argparse
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.linkage.generate import generate
from benchmarks.machine import header, times
from sightline.config.database import stop

KEPT_BACK = 400  # notifications, the newest
FIELDS = (
    "mention_id", "notification_id", "role", "given_name", "middle_name", "surname", "dob", "sex",
    "house_no", "street", "postcode", "phone", "nhs_number", "upn", "notified_on",
)  # fmt: skip
ROLES = {"victim": "victim", "perpetrator": "perpetrator", "both_alleged": "both_alleged"}
CHUNK = 20_000
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)  # the generated five years end then


def main(sizes: list[int], seed: int) -> None:
    print(header())
    print("\n| mentions held | one mention | candidates a mention | a notification | people |")
    print("|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
            _measure(folder, size, seed)
            stop(Path(folder))


def _measure(folder: str, size: int, seed: int) -> None:
    from sightline.cli.boot import boot

    found = boot(folder)
    import psycopg

    mentions, truth = generate(size, seed, "usual")
    numbers = mentions["notification_id"].to_pylist()
    kept_back = set(sorted(set(numbers))[-KEPT_BACK:])
    held = next(n for n, number in enumerate(numbers) if number in kept_back)
    with psycopg.connect(found.owner, autocommit=True) as owner:
        _load(owner, mentions.slice(0, held), truth.slice(0, held))
    notifications = _grouped(mentions.slice(held))
    alone, candidates = _one_mention_each(notifications)
    whole = _whole(notifications)
    people = sum(map(len, notifications)) / len(notifications)
    print(
        f"| {held:,} | {_said(alone)} | {candidates:.1f} | {_said(whole)} | {people:.1f} |",
        flush=True,
    )


LOADED = [f"people_{name}" for name in (
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


def _load(owner: Any, mentions: pa.Table, truth: pa.Table) -> None:
    """Copy first, index and check afterwards: five million are in place within the hour."""
    found = [row for asked in (CHECKS, INDEXES) for row in owner.execute(_plain(asked), [LOADED])]
    for drop, _ in found:
        owner.execute(drop)
    _copy_all(owner, mentions, truth)
    owner.execute("set maintenance_work_mem = '1GB'")
    for _, make in sorted(found, key=lambda row: "foreign" in row[1].casefold()):
        owner.execute(make)
    owner.execute("vacuum analyze")


def _plain(sql: str) -> str:
    """The signs of `format` are not those of a parameter."""
    return re.sub(r"%(?!s::text)", "%%", sql)


def _copy_all(owner: Any, mentions: pa.Table, truth: pa.Table) -> None:
    persons = truth["person_id"].to_pylist()
    days = dict(zip(mentions["notification_id"].to_pylist(), mentions["notified_on"].to_pylist(),
                    strict=True))  # fmt: skip
    _copy(
        owner, "people_incident (id, started_at, reference, summary, officer_grade)",
        ((_number(name), _at(day), "", "", "") for name, day in days.items()),
    )  # fmt: skip
    _copy(
        owner, 'people_source (id, incident_id, label, "on", recorded_at)',
        ((_number(name), _number(name), name, day, _at(day)) for name, day in days.items()),
    )  # fmt: skip
    _copy(
        owner,
        "people_person (id, given_name, surname, sex, restricted_because, created_at)",
        ((person, "", "", "", "", NOW) for person in sorted(set(persons))),
    )
    _copy(owner, f"people_mention ({', '.join(MENTION)})", _mentions(mentions))
    _copy(
        owner, "people_link (mention_id, person_id, model, reasons, decided_at, ended_because)",
        ((_number(mention), person, "truth", "[]", NOW, "")
         for mention, person in zip(mentions["mention_id"].to_pylist(), persons, strict=True)),
    )  # fmt: skip
    _keys_and_entries(owner, mentions, persons)
    for table in ("incident", "source", "person", "mention"):
        owner.execute(
            f"select setval(pg_get_serial_sequence('people_{table}', 'id'),"
            f" (select max(id) from people_{table}))"
        )


MENTION = (
    "id", "source_id", "position", "role", "given_name", "middle_name", "surname", "aliases",
    "birth_date", "sex", "ethnicity", "language", "address", "postcode", "phone", "nhs_number",
    "upn", "police_id", "presence", "where_in_home", "saw_or_heard", "spoken_to_alone", "words",
    "demeanour", "school_name", "school_urn", "detail",
)  # fmt: skip


def _rows(mentions: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in mentions.to_batches(max_chunksize=CHUNK):
        for row in batch.to_pylist():
            yield {name: row[name] or "" for name in FIELDS}


def _mentions(mentions: pa.Table) -> Iterator[tuple[Any, ...]]:
    place: dict[str, int] = defaultdict(int)
    for row in _rows(mentions):
        place[row["notification_id"]] += 1
        said = _fields(row)
        yield (
            _number(row["mention_id"]), _number(row["notification_id"]),
            place[row["notification_id"]], said["role"], said["given_name"], said["middle_name"],
            said["surname"], [], said["birth_date"], said["sex"], "", "", _address(row),
            row["postcode"][:8], said["phone"], said["nhs_number"], said["upn"], "",
            said["presence"], "", "", "", "", "", "", "", "{}",
        )  # fmt: skip


def _fields(row: dict[str, str]) -> dict[str, Any]:
    unborn = "unborn" in row["role"] or "unborn" in row["given_name"].casefold()
    role = "child" if row["role"].startswith("child") or unborn else row["role"]
    return {
        "role": ROLES.get(role, "child" if role == "child" else "other"),
        "given_name": row["given_name"][:80], "middle_name": row["middle_name"][:80],
        "surname": row["surname"][:80], "birth_date": _day(row["dob"]), "sex": row["sex"][:1],
        "phone": row["phone"][:20], "nhs_number": row["nhs_number"].replace(" ", "")[:10],
        "upn": row["upn"][:13], "presence": "unborn" if unborn else "",
    }  # fmt: skip


def _address(row: dict[str, str]) -> str:
    return f"{row['house_no']} {row['street']}".strip()


def _keys_and_entries(owner: Any, mentions: pa.Table, persons: list[int]) -> None:
    """Keys of every mention and search terms of every person, made by two processes."""
    terms: dict[int, set[str]] = defaultdict(set)
    with (
        get_context("spawn").Pool(2) as pool,
        owner.cursor() as cursor,
        cursor.copy("copy people_linkkey (key, mention_id) from stdin") as copy,
    ):
        batches = mentions.select(FIELDS).to_batches(max_chunksize=CHUNK)
        whose = iter(persons)
        for keys, found in pool.imap(_derived, batches):
            for row in keys:
                copy.write_row(row)
            for some in found:
                terms[next(whose)].update(some)
    _copy(
        owner, "people_searchentry (person_id, terms, last_seen)",
        ((person, sorted(some), NOW.date()) for person, some in terms.items()),
    )  # fmt: skip


def _derived(batch: pa.RecordBatch) -> tuple[list[tuple[int, int]], list[list[str]]]:
    import django
    from django.conf import settings

    if not settings.configured:
        import os

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
        django.setup()
    from sightline.people.describing import describe_row
    from sightline.rules.linkage.keys import hashed_keys
    from sightline.rules.search.writing import Writing, terms

    keys, found = [], []
    for row in _rows(pa.Table.from_batches([batch])):
        said = _fields(row)
        described = describe_row(
            said["given_name"], said["middle_name"], said["surname"], said["birth_date"],
            said["sex"], _address(row), row["postcode"], said["phone"], said["nhs_number"],
            said["upn"], "", said["role"], said["presence"],
        )  # fmt: skip
        keys += [(key, _number(row["mention_id"])) for key in hashed_keys(described)]
        found.append(sorted(terms(Writing(
            on=NOW.date(), given=said["given_name"], middle=said["middle_name"],
            surname=said["surname"], birth_date=said["birth_date"], address=_address(row),
            postcode=row["postcode"][:8], phone=said["phone"],
            numbers=(said["nhs_number"], said["upn"]),
        ))))  # fmt: skip
    return keys, found


def _grouped(mentions: pa.Table) -> list[list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(mentions):
        groups[row["notification_id"]].append(row)
    return list(groups.values())


def _entry(rows: list[dict[str, Any]]) -> Any:
    from sightline.people.commands import Document, Entry, Happened, Place, Written

    day = rows[0]["notified_on"]
    return Entry(Document(
        label=f"Kept back {rows[0]['notification_id']}", on=date.fromisoformat(day),
        happened=Happened(_at(day), Place()),
        people=[Written(_fields(row), Place(_address(row), row["postcode"])) for row in rows],
    ))  # fmt: skip


Spent = list[tuple[float, float]]  # on the wall, of our processor


def _said(spent: Spent) -> str:
    wall, ours = zip(*spent, strict=True)
    return f"{times(wall)}; of it our processor {times(ours)}"


class _Clock:
    """Times what stands within it, and keeps that."""

    def __init__(self, spent: Spent) -> None:
        self.spent = spent

    def __enter__(self) -> None:
        self.began = time.perf_counter(), time.process_time()

    def __exit__(self, *ignored: object) -> None:
        wall, ours = self.began
        self.spent.append((time.perf_counter() - wall, time.process_time() - ours))


def _one_mention_each(notifications: list[list[dict[str, Any]]]) -> tuple[Spent, float]:
    """Time the answer for each mention alone; what was written for it is taken back.

    All in one transaction: the plans that a connection keeps are gone when one is rolled back.
    """
    from django.db import transaction

    spent: Spent = []
    met = 0
    with transaction.atomic():
        for rows in notifications:
            with transaction.atomic():
                met += _one_mention(rows[0], spent)
                transaction.set_rollback(True)
    return spent, met / len(notifications)


def _one_mention(row: dict[str, Any], spent: Spent) -> int:
    from sightline.people.candidates import Held
    from sightline.people.commands import record_sources
    from sightline.people.model_in_use import model_in_use
    from sightline.rules.linkage.resolve import resolve

    (source,) = record_sources([_entry([row])], now=NOW)
    mentions = list(source.mentions.all())
    model = model_in_use()  # as in the transaction of a notification, which has begun by now
    with _Clock(spent):
        held = Held(mentions)
        candidates = held.candidates(mentions)
        resolve(
            [held.described[mentions[0].pk]], candidates, model,
            lambda persons: held.met_with(persons, mentions), source.pk,
        )  # fmt: skip
    return len(candidates[0])


def _whole(notifications: list[list[dict[str, Any]]]) -> Spent:
    from django.db import transaction

    from sightline.common.announce import quietly
    from sightline.people.commands import record_sources
    from sightline.people.linking import link_sources

    spent: Spent = []
    quiet = quietly("source.recorded", "source.linked", "source.unsettled")
    with quiet:
        for rows in notifications:
            with _Clock(spent), transaction.atomic():
                link_sources(record_sources([_entry(rows)], now=NOW), now=NOW)
    return spent


def _copy(owner: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with owner.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _number(name: str) -> int:
    return int(name[1:])


def _at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00+00:00")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mentions", type=int, nargs="+", default=[100_000, 1_000_000, 5_000_000])
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    main(options.mentions, options.seed)
