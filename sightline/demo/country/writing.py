"""Drawn notifications as the Parquet of a snapshot, and as plain rows to compare with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from sightline.demo.country.drawing import AREAS_A_WARD, NONE, Contacts, Notified
from sightline.insight.engine.dialects import translated
from sightline.insight.facts.base import Fact
from sightline.insight.facts.contact import CONTACT
from sightline.insight.facts.decision import DECISION
from sightline.insight.facts.followed import FOLLOWED
from sightline.insight.facts.notification import NOTIFIED
from sightline.insight.facts.steps import BAND
from sightline.insight.snapshots.manifest import Held, Part
from sightline.insight.snapshots.parts import COMPRESSION, ENDS, KNOWN, ROW, described, schema
from sightline.insight.snapshots.tallies import counted_up

WEIGHT = 1_000_000_007  # homes and notifications of a council lie apart from another's
OUTCOMES = ("ADVICE", "EARLY_HELP", "CFA", "STRATEGY")  # by scale
DECIDED_AFTER = 3  # days
TO_WARD = f"'W' || lpad(cast(council as varchar), 3, '0') || '-' || (area // {AREAS_A_WARD})"
TO_AREA = "'A' || lpad(cast(council as varchar), 3, '0') || '-' || area"

# Ids are numbers that say nothing and do not lie in the order of anything, as pseudonyms do.
IDS = """
create view notified as select *,
       cast(hash(code, 'notification') >> 1 as bigint) as notification,
       cast(hash(home, 'household') >> 1 as bigint) as household,
       epoch_us(cast(day as timestamp) + to_seconds(second)) as known_at
from drawn;
create view contacts as select drawn_contacts.*, notified.* exclude (known_at),
       cast(hash(child_code, 'person') >> 1 as bigint) as child,
       known_at + case when corrected then 864000000000 else 0 end as known_at, known_at as before
from drawn_contacts join notified using (code);
"""
ROWS: Mapping[str, str] = {
    NOTIFIED.name: f"""
        select notification, force, day, household, children,
               case when children > 0 then row_number() over (
                   partition by household, children > 0 order by known_at, code) end,
               {TO_AREA}, {TO_WARD},
               cast(hash(notification, 1) >> 1 as bigint), known_at
        from notified""",
    CONTACT.name: f"""
        select notification, child, force, day, nth, previous,
               case when previous is not null then {translated(f"select {BAND}", "duckdb")[0][7:]}
               end, {TO_AREA}, {TO_WARD},
               cast(hash(notification, child, 2) >> 1 as bigint), known_at
        from contacts
        union all
        select notification, cast(hash(notification, child) >> 1 as bigint), force, day, 1, null,
               null, {TO_AREA}, {TO_WARD}, cast(hash(notification, child, 3) >> 1 as bigint), before
        from contacts where corrected""",
    FOLLOWED.name: """
        select notification, child, day, year(day - interval 3 months), initial, core, enquiry,
               conference, plan, looked_after,
               initial or core or enquiry or conference or plan,
               cast(hash(notification, child, 4) >> 1 as bigint), known_at
        from contacts""",
    DECISION.name: f"""
        select cast(hash(notification, child, 'decision') >> 1 as bigint), child,
               cast(hash(notification, 'incident') >> 1 as bigint),
               day + {DECIDED_AFTER}, scale, 'screening-outcomes 2026.1',
               ['{"', '".join(OUTCOMES)}'][scale], true, false, scale > 1, scale > 2, scale > 2,
               scale > 3, initial, initial, {TO_AREA}, {TO_WARD},
               cast(hash(notification, child, 5) >> 1 as bigint),
               known_at + {DECIDED_AFTER} * 86400000000
        from contacts""",
}
# Who was linked to another person at first: that row ended when it was seen.
ENDED = f"""
    select cast(hash(notification, child, 3) >> 1 as bigint) as {ROW}, known_at as {KNOWN}, day
    from contacts where corrected
"""
PLAIN: Mapping[str, str] = {
    "notification": """
        select notification as id, force as sender_id, household as household_id,
               make_timestamp(known_at) as notified_at, children > 0 as with_children
        from notified""",
    "mention": "select notification as notification_id, child as person_id from contacts",
    "decision": f"""
        select notification as notification_id, child as person_id,
               make_timestamp(before + {DECIDED_AFTER} * 86400000000) as decided_at, scale
        from contacts""",
    "care": """
        select * exclude (happened) from (
            unpivot (
                select notification as notification_id, child as person_id, day, initial, core,
                       enquiry, conference, plan, looked_after from contacts
            ) on initial, core, enquiry, conference, plan, looked_after
            into name kind value happened
        ) where happened
    """,
}
FACTS: tuple[Fact, ...] = (CONTACT, NOTIFIED, FOLLOWED, DECISION)


@dataclass(frozen=True)
class Place:
    """A council with its number and its force's."""

    council: int
    force: int


def columns(place: Place, notified: Notified, contacts: Contacts, first: date) -> list[pa.Table]:
    """Return what was drawn for one council as two tables: notifications, children in them."""
    day = np.datetime64(first) + notified.day
    code = place.council * WEIGHT + np.arange(len(notified.day))
    many = len(contacts.child)
    named = np.bincount(contacts.notification, minlength=len(notified.day))
    previous = pa.array(
        np.datetime64(first) + contacts.previous, mask=contacts.previous == NONE
    ).cast(pa.date32())
    return [
        pa.table({
            "code": code, "home": place.council * WEIGHT + notified.household,
            "day": pa.array(day).cast(pa.date32()), "second": notified.second,
            "children": named.astype(np.int32), "area": notified.area.astype(np.int32),
            "council": np.full(len(day), place.council, np.int32),
            "force": np.full(len(day), place.force, np.int32),
        }),
        pa.table({
            "code": code[contacts.notification],
            "child_code": place.council * WEIGHT + contacts.child,
            "nth": contacts.nth.astype(np.int32), "previous": previous,
            "corrected": contacts.corrected, "scale": contacts.scale.astype(np.int32),
            **{name: happened[:many] for name, happened in contacts.followed.items()},
        }),
    ]  # fmt: skip


@dataclass(frozen=True)
class Folder:
    """Where the parts of a snapshot go, and plain rows beside them if they are wanted."""

    path: Path
    plain: Path | None = None

    def write(
        self, batch: int, drawn: pa.Table, drawn_contacts: pa.Table, years: range
    ) -> dict[str, Held]:
        """Write a batch of councils, and return the parts of each fact."""
        with duckdb.connect() as database:
            database.register("drawn", drawn)
            database.register("drawn_contacts", drawn_contacts)
            database.execute(IDS)
            if self.plain:
                for name, query in PLAIN.items():
                    self._copy(database, query, self.plain / name / f"{batch}.parquet")
            return {fact.name: self._held(database, fact, batch, years) for fact in FACTS}

    def tallied(self, fact: Fact, held: Held) -> Held:
        """Return what is held of a fact with its tally, written of all batches at once."""
        path = self.path / fact.name / "counts" / "all.parquet"
        return replace(held, counts=(counted_up(self.path, fact, held, path),))

    def _held(
        self, database: duckdb.DuckDBPyConnection, fact: Fact, batch: int, years: range
    ) -> Held:
        names = ", ".join(schema(fact).names)
        types = ", ".join(
            f'cast("{name}" as {col.kind}) as "{name}"' for name, col in fact.columns.items()
        )
        rows = f"select {types}, {ROW}, {KNOWN} from ({ROWS[fact.name]}) as fact ({names})"
        ends = ENDED if fact is CONTACT else ""
        return Held(
            tuple(self._parts(database, rows, fact, "rows", batch, years)),
            tuple(self._parts(database, ends, fact, "ends", batch, years)) if ends else (),
        )

    def _parts(
        self, database: duckdb.DuckDBPyConnection, query: str, fact: Fact, what: str, batch: int,
        years: range,
    ) -> Iterator[Part]:  # fmt: skip
        wanted = ", ".join(ENDS.names) if what == "ends" else "*"
        for year in years:
            path = self.path / fact.name / what / f"{year}-{batch}.parquet"
            of_year = f"select {wanted} from ({query}) where year(day) = {year} order by day, {ROW}"
            rows = self._copy(database, of_year, path)
            yield described(self.path, path, year, rows)

    def _copy(self, database: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
        path.parent.mkdir(parents=True, exist_ok=True)
        [rows] = database.execute(
            f"copy ({query}) to '{path}' (format parquet, codec {COMPRESSION})"
        ).fetchone() or [0]
        return int(rows)
