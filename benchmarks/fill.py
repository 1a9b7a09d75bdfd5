"""Many times the demo's world, by copying its rows with other ids: for measuring, never for use.

Every copy is a world of its own: its people are others, with other keys and addresses, so that
lists grow and families do not.
"""

from psycopg import sql
from psycopg.types.json import Jsonb

# Low to high: a table after those that it points to. Columns that must stay unique get a suffix.
TABLES = {
    "people_household": ("key",),
    "people_incident": ("reference",),
    "people_source": (),
    "people_person": (),
    "people_mention": (),
    "people_linkkey": (),
    "people_link": (),
    "people_searchentry": (),
    "people_residence": (),
    "people_relationship": (),
    "people_linkreview": (),
    "intake_notification": ("reference", "receipt"),
    "screening_screening": (),
    "screening_answer": (),
    "meetings_decision": (),
    "meetings_maracreferral": (),
    "meetings_marachearing": (),
    "actions_action": (),
    "actions_socialcareevent": (),
    "encompass_notice": (),
    "sharing_disclosure": ("origin_id",),
    "research_researchrequest": (),
    "research_asked": (),
    "research_researchanswer": (),
    "research_told": (),
    "escalation_escalation": (),
}
STEP = 10_000_000  # the ids of one copy
KEYED_BY = {"people_linkkey": "mention_id", "people_searchentry": "person_id"}


def multiply(connection, copies: int, begin: int = 1) -> None:
    """Add `copies` of the first world, numbered from `begin`; ids of the first are below STEP.

    `connection` is the owner's.
    """
    columns, points_to = _columns(connection), _foreign_keys(connection)
    for copy in range(begin, begin + copies):
        with connection.transaction():  # a copy whole or not at all; tables may point at each other
            for table, unique in TABLES.items():
                _copy(connection, table, copy, columns[table], points_to.get(table, {}), unique)
    connection.execute("analyze")


def _columns(connection) -> dict[str, list[str]]:
    rows = connection.execute(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'public' order by ordinal_position"
    ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found


def _foreign_keys(connection) -> dict[str, dict[str, str]]:
    rows = connection.execute(
        "select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text"
        " from pg_constraint c join pg_attribute a"
        " on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f'"
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, target in rows:
        found.setdefault(table, {})[column] = target
    return found


def _copy(connection, table, copy, columns, points_to, unique) -> None:
    def value(column: str) -> sql.Composable:
        name = sql.Identifier(column)
        if column == "id" or points_to.get(column) in TABLES:
            return sql.SQL("{} + {}").format(name, sql.Literal(copy * STEP))
        if column == "key" and table == "people_linkkey":
            return sql.SQL("{} # {}").format(name, sql.Literal(copy * STEP))
        if column == "receipt":  # twenty characters at most
            return sql.SQL("{} || {}").format(name, sql.Literal(f"{copy:03}"))
        if column in unique:
            return sql.SQL("{} || {}").format(name, sql.Literal(f"~{copy}"))
        return name

    connection.execute(
        sql.SQL("insert into {} ({}) select {} from {} where {} < {}").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(map(value, columns)),
            sql.Identifier(table),
            sql.Identifier(KEYED_BY.get(table, "id")),
            sql.Literal(STEP),
        )
    )


# What each agency could be asked besides, about the families on the lists of meetings.
NOT_ASKED = """
    with pattern as (
        select distinct on (incident_id) * from research_researchrequest
        where answered_at is null and withdrawn_at is null and incident_id in
            (select incident_id from meetings_meetingitem where removed_at is null)
        order by incident_id, id
    ), others as (
        select p.id as pattern, a.id as agency, s.service,
            row_number() over (partition by p.id order by a.id, s.service) as place,
            (select count(*) from research_researchrequest r where r.incident_id = p.incident_id
                and r.answered_at is null and r.withdrawn_at is null) as waiting
        from pattern p, access_agency a,
            (select distinct service from research_researchrequest) s
        where not exists (select from research_researchrequest r where r.incident_id =
            p.incident_id and r.service = s.service and r.agency_id = a.id)
    )
    select pattern, agency, service from others where place + waiting <= %s
"""
COPY = """
    insert into {table} select (jsonb_populate_record(t, %s || jsonb_build_object(
        'id', nextval(pg_get_serial_sequence({name}, 'id'))))).*
    from {table} t where {column} = %s returning id
"""


def ask_many(connection, waiting: int) -> None:
    """Let so many questions about each family of a meeting wait for an answer."""
    for pattern, agency, service in connection.execute(NOT_ASKED, [waiting]).fetchall():
        other = {"agency_id": agency, "service": service}
        [(new,)] = _again(connection, "research_researchrequest", "id", pattern, other)
        _again(connection, "research_asked", "request_id", pattern, {"request_id": new})
    connection.execute("analyze")


def _again(connection, table: str, column: str, value: int, other: dict[str, object]):
    """Copy the rows where `column` is `value`, with other values; returns the new ids."""
    copy = sql.SQL(COPY).format(
        table=sql.Identifier(table), name=sql.Literal(table), column=sql.Identifier(column)
    )
    return connection.execute(copy, [Jsonb(other), value]).fetchall()
