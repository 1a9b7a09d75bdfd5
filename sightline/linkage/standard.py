"""Every distinct name, postcode, telephone and number standardised once, by the rules themselves.

A million mentions have some ten thousand names: the functions of `rules.linkage` run once for each
distinct value, and DuckDB does the rest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import cpu_count, get_context
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection

from sightline.rules.linkage import identifiers
from sightline.rules.linkage.describe import family_names, forenames
from sightline.rules.linkage.keys import SOUND_LENGTH
from sightline.rules.linkage.names import (
    Name,
    forename,
    is_a_surname_of_many,
    is_rather_a_surname,
    surname,
)

LARGE = 200_000  # mentions
Loading = tuple[str, list[Future[pa.RecordBatch]]]

WORDS = pa.list_(pa.string())
GIVEN = pa.schema(
    {
        "g": pa.int32(), "given_name": pa.string(), "middle_name": pa.string(), "f": pa.string(),
        "f_head": pa.string(), "f_tier": pa.int8(), "f_tokens": WORDS,
        "f_sounds": WORDS, "f_listed": pa.bool_(), "honour": pa.bool_(),
        "others": pa.int8(), "other_tokens": WORDS, "other_first": WORDS, "other_single": WORDS,
        "run_on": WORDS, "key_sounds": WORDS, "unborn": pa.bool_(), "f_firm": WORDS,
        "f_turned": WORDS, "f_turned_sounds": WORDS,
        "called_tokens": WORDS, "called_sounds": WORDS, "christened": pa.bool_(),
        "honour_first": WORDS, "f_is_surname": pa.bool_(),
        "f_of_many": pa.bool_(),
    }
)  # fmt: skip
FAMILY = pa.schema(
    {
        "s": pa.int32(), "surname": pa.string(), "l": pa.string(), "l_heads": WORDS,
        "l_tiers": pa.list_(pa.int8()), "l_tokens": WORDS, "l_sounds": WORDS, "parts": pa.int8(),
        "part_tokens": WORDS, "turned": WORDS,
        "turned_sounds": WORDS, "part_sounds": WORDS, "l_is_forename": pa.bool_(),
        "key_sounds": WORDS,
    }
)  # fmt: skip


def standardise(con: DuckDBPyConnection) -> None:
    """Make of `raw` the tables `given` and `family` (names) and `mention` (everything else)."""
    con.execute("drop view if exists given")
    with _workers(con) as work:
        for table, batches in [*_names(con, work), *_values(con, work)]:
            _load(con, table, [batch.result() for batch in batches])
    con.execute(
        """
        create table mention as
        select raw.id, dense_rank() over (order by n.notification_id) as notice, g.g, s.s,
            raw.dob, day(raw.dob) = 1 and month(raw.dob) = 1 as placeholder,
            case when upper(raw.sex[1]) in ('M', 'F') then upper(raw.sex[1]) else '' end as sex,
            coalesce(h.clean, '') as house, coalesce(st.clean, '') as street,
            coalesce(p.clean, '') as postcode, coalesce(p.sector, '') as sector,
            coalesce(p.area, '') as area, coalesce(t.clean, '') as phone,
            coalesce(nn.clean, '') as nhs_number, coalesce(u.clean, '') as upn,
            coalesce(i.clean, '') as police_id,
            g.unborn or contains(lower(raw.role), 'unborn') as unborn,
            g.unborn or contains(lower(raw.role), 'unborn')
                or starts_with(lower(raw.role), 'child') as child,
            raw.role <> '' and not child as adult
        from raw
        join lateral (select case when raw.notification_id = '' then raw.mention_id
            else raw.notification_id end as notification_id) n on true
        join given g using (given_name, middle_name)
        join family s using (surname)
        left join clean_house h on h.written = raw.house_no
        left join clean_street st on st.written = raw.street
        left join clean_postcode p on p.written = raw.postcode
        left join clean_phone t on t.written = raw.phone
        left join clean_nhs_number nn on nn.written = raw.nhs_number
        left join clean_upn u on u.written = raw.upn
        left join clean_police_id i on i.written = raw.police_id
        """
    )


def _names(con: DuckDBPyConnection, work: Executor) -> list[Loading]:
    given = con.execute("select distinct given_name, middle_name from raw").fetchall()
    family = con.execute("select distinct surname from raw").fetchall()
    return [
        ("given", [work.submit(_given_batch, *part) for part in _parts(given)]),
        ("family", [work.submit(_family_batch, *part) for part in _parts(family)]),
    ]


def _parts(rows: Sequence[Any]) -> Iterator[tuple[int, Sequence[Any]]]:
    """Two halves, each with the number of its first; of nothing, nothing."""
    half = (len(rows) + 1) // 2
    yield 0, rows[:half]
    yield half, rows[half:]


def _given_batch(begin: int, rows: Sequence[tuple[str, str]]) -> pa.RecordBatch:
    found = [_given(begin + n, *row) for n, row in enumerate(rows)]
    return pa.RecordBatch.from_pylist(found, schema=GIVEN)


def _family_batch(begin: int, rows: Sequence[tuple[str]]) -> pa.RecordBatch:
    found = [_family(begin + n, row[0]) for n, row in enumerate(rows)]
    return pa.RecordBatch.from_pylist(found, schema=FAMILY)


def _given(number: int, given: str, middle: str) -> Mapping[str, Any]:
    names = forenames(given, middle)
    first, others = names.first, names.others
    called = [name for name in (first, names.run_on) if first and name]
    return {
        "g": number, "given_name": given, "middle_name": middle,
        "f": first and first.text, "f_head": first and first.head, "f_tier": first and first.tier,
        "f_tokens": _sorted(first and first.tokens), "f_firm": _sorted(first and first.firm),
        "f_turned": _tokens([surname(name.text) for name in called]),
        "f_turned_sounds": _all_sounds([surname(name.text) for name in called]),
        "called_tokens": _tokens(called), "called_sounds": _all_sounds(called),
        "christened": first and first.christened,
        "f_sounds": _sorted(first and first.sounds), "f_listed": first and first.known,
        "f_is_surname": first and is_rather_a_surname(first),
        "f_of_many": first and is_a_surname_of_many(first),
        "honour": first and first.honour,
        "others": len(others),
        "other_tokens": _tokens([name for name in others if len(name.text) > 1]),
        "other_first": _sorted({name.text[0] for name in others}),
        "other_single": _sorted({name.text for name in others if len(name.text) == 1}),
        "honour_first": _sorted({name.text[0] for name in names.honours}),
        "run_on": _sorted(names.run_on and names.run_on.firm),
        "key_sounds": _sounds([*called, *others[:1]]),
        "unborn": "unborn" in given.casefold(),
    }  # fmt: skip


def _family(number: int, written: str) -> Mapping[str, Any]:
    parts = family_names(written)
    whole = parts[0] if parts else None
    return {
        "s": number, "surname": written, "l": whole and whole.text,
        "l_heads": [name.head for name in parts], "l_tiers": [int(name.tier) for name in parts],
        "l_tokens": _sorted(whole and whole.tokens), "l_sounds": _sorted(whole and whole.sounds),
        "parts": len(parts), "part_tokens": _tokens(parts),
        "turned": _tokens([forename(name.text) for name in parts]),
        "turned_sounds": _all_sounds([forename(name.text) for name in parts]),
        "l_is_forename": whole is not None and forename(whole.text).known,
        "part_sounds": _all_sounds(parts),
        "key_sounds": _sounds(parts),
    }  # fmt: skip


def _sorted(values: Any) -> list[str]:
    return sorted(values or ())


def _tokens(names: Sequence[Name]) -> list[str]:
    """What two lists of names share exactly when a name of one is a name of the other."""
    return sorted({token for name in names for token in (*name.tokens, f"={name.text}")})


def _all_sounds(names: Sequence[Name]) -> list[str]:
    return sorted({sound for name in names for sound in name.sounds})


def _sounds(names: Sequence[Name]) -> list[str]:
    return sorted({sound[:SOUND_LENGTH] for name in names for sound in name.sounds})


CLEAN: dict[str, tuple[str, Callable[[str], str]]] = {
    "house": ("house_no", identifiers.house),
    "street": ("street", identifiers.street),
    "postcode": ("postcode", identifiers.postcode),
    "phone": ("phone", identifiers.phone),
    "nhs_number": ("nhs_number", identifiers.nhs_number),
    "upn": ("upn", identifiers.upn),
    "police_id": ("police_id", identifiers.local),
}


def _values(con: DuckDBPyConnection, work: Executor) -> list[Loading]:
    loading = []
    for name, (column, _) in CLEAN.items():
        found = con.execute(f"select distinct {column} from raw where {column} <> ''").fetchall()
        loading.append((f"clean_{name}", [work.submit(_clean_batch, name, [w for (w,) in found])]))
    return loading


def _clean_batch(name: str, written: Sequence[str]) -> pa.RecordBatch:
    clean = CLEAN[name][1]
    found = [clean(each) for each in written]
    columns = {"written": written, "clean": found}
    if name == "postcode":
        columns["sector"] = [identifiers.sector(place) for place in found]
        columns["area"] = [identifiers.area(place) for place in found]
    return pa.RecordBatch.from_pydict(
        {column: pa.array(values, pa.string()) for column, values in columns.items()}
    )


def _load(con: DuckDBPyConnection, name: str, batches: Sequence[pa.RecordBatch]) -> None:
    con.register("arriving", pa.Table.from_batches(batches))
    con.execute(f"create table {name} as from arriving")
    con.unregister("arriving")


def _workers(con: DuckDBPyConnection) -> Executor:
    """Two processes for a large file; a small one is done before they would have started."""
    many = con.execute("select count(*) from raw").fetchall()[0][0]
    if many < LARGE or (cpu_count() or 1) < 2:
        return ThreadPoolExecutor(1)
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))
