"""All mentions held, as the batch executor reads them.

They pass through a file in a folder that only this process can read, and that is gone afterwards.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from duckdb import DuckDBPyConnection

from sightline.rules.linkage.identifiers import house_and_street

# A source is one document: two versions of one notification speak of the same people.
# Unborn children are known by their mother, which no comparison sees: those links stand.
MENTIONS = """
    copy (
        select mention.id::text as mention_id, mention.source_id as notification_id,
            mention.role || case mention.presence when 'unborn' then ' unborn' else '' end as role,
            mention.given_name, mention.middle_name, mention.surname, mention.birth_date as dob,
            mention.sex, mention.address, mention.postcode, mention.phone, mention.nhs_number,
            mention.upn, mention.police_id, source."on", source.label, mention.position,
            link.person_id,
            link.model in ('human', 'unborn') as human
        from people_mention mention join people_source source on source.id = mention.source_id
        left join people_link link on link.mention_id = mention.id and link.ended_at is null
        where {which}
    ) to stdout with (format csv, header)
"""
APART = """
    select one.mention_id, other.mention_id
    from people_notsame said
    join people_notsameside one on one.not_same_id = said.id and one.side = 'a'
    join people_notsameside other on other.not_same_id = said.id and other.side = 'b'
    where said.ended_at is null
"""


def export(
    con: DuckDBPyConnection,
    folder: Path,
    persons: Collection[int] | None = None,
    *,
    stay: Collection[int] = (),
) -> None:
    """Make `raw` as `linkage.reading` does, and what humans have said: `settled`, `kept_apart`.

    `held` (id, mention, person) says who is who now. The numbers of mentions follow from what
    their sources are called, not from when they came. `persons`: only these; `stay`: those of them
    who are settled, as if a human had said so.
    """
    path = folder / "mentions.csv"
    with (
        transaction.atomic(), connection.cursor() as cursor, path.open("wb") as file,
        cursor.copy(*_wanted(persons)) as rows,
    ):  # fmt: skip
        for data in rows:
            file.write(data)
    con.execute(f"create table written as from read_csv('{path}', all_varchar = true)")
    path.unlink()
    _addresses(con)
    con.execute(
        """
        create table numbered as
        select (row_number() over (
                order by "on", label, position::integer, mention_id) - 1)::integer as id,
            * exclude (address, house, street), coalesce(house, '') as house_no,
            coalesce(street, '') as street
        from written left join house using (address)
        """
    )
    con.execute(
        """
        create table raw as
        select id, dob::date as dob, house_no, street,
            coalesce(columns(['mention_id', 'notification_id', 'role', 'given_name', 'middle_name',
                'surname', 'sex', 'postcode', 'phone', 'nhs_number', 'upn', 'police_id']), '')
        from numbered
        """
    )
    _said(con, stay)


def _wanted(persons: Collection[int] | None) -> tuple[str, Sequence[Any]]:
    if persons is None:
        return MENTIONS.format(which="true"), ()
    return MENTIONS.format(which="link.person_id = any(%s)"), [list(persons)]


def _addresses(con: DuckDBPyConnection) -> None:
    rows = con.execute("select distinct address from written where address <> ''").fetchall()
    parts = [(address, *house_and_street(address)) for (address,) in rows]
    names = ("address", "house", "street")
    arrays = {
        name: pa.array([part[n] for part in parts], pa.string()) for n, name in enumerate(names)
    }
    con.register("arriving", pa.table(arrays))
    con.execute("create table house as from arriving")
    con.unregister("arriving")


def _said(con: DuckDBPyConnection, stay: Collection[int]) -> None:
    con.execute(
        """
        create table held as
        select id, mention_id::bigint as mention, person_id::bigint as person, human = 't' as human
        from numbered
        """
    )
    con.execute(
        """
        create table settled as
        select id, person from held
        where person in (select person from held where human) or list_contains($1::bigint[], person)
        """,
        [list(stay)],
    )
    with connection.cursor() as cursor:
        cursor.execute(APART)
        rows = cursor.fetchall()
    arrays = {n: pa.array([row[i] for row in rows], pa.int64()) for i, n in enumerate("xy")}
    con.register("arriving", pa.table(arrays))
    con.execute(
        """
        create table kept_apart as
        select least(l.id, r.id) as a, greatest(l.id, r.id) as b
        from arriving join held l on l.mention = x join held r on r.mention = y
        """
    )
    con.unregister("arriving")
    con.execute("drop table numbered")
    con.execute("drop table written")
