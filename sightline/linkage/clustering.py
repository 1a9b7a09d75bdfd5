"""Persons from scored pairs: `rules.linkage.clusters`, run only where something keeps people apart.

Most people are plain: every pair of their mentions agrees, and no source names them twice. DuckDB
finds those whole; the others, one in fifty or so, are grown pair by pair.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from duckdb import DuckDBPyConnection

from sightline.linkage import scoring, twins
from sightline.linkage.components import components
from sightline.linkage.vetoes import numbers
from sightline.rules.linkage.clusters import Clusters, Pair
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.vetoes import BARS, BARS_OF_CHILDREN, Veto


def begin(con: DuckDBPyConnection) -> None:
    """Make the table `person`: every mention is somebody else, save whom humans have put together.

    `settled` (id, person) says who they are, `kept_apart` (a, b) whom humans have kept apart; both
    are empty unless somebody has made them before. `scoring.prepare` comes before.
    """
    twins.find(con)
    con.execute("create table if not exists settled (id integer, person integer)")
    con.execute("create table if not exists kept_apart (a integer, b integer)")
    con.execute(
        """
        create or replace table person as
        select mention.id, coalesce(first, mention.id) as person
        from mention left join (
            select id, min(id) over (partition by person) as first from settled
        ) settled using (id)
        """
    )


def grow(con: DuckDBPyConnection, model: Model, joins: str, bars: Collection[Veto] = BARS) -> None:
    """Join the pairs of the table `joins` (a, b, weight) into `person`, strongest first.

    `bars`: what no two mentions of one person may have between them.
    """
    if not _components(con, joins):
        return
    _conflicts(con, model, bars)
    _plain(con)
    _grown(con, joins)
    for table in ("component", "inner_pair", "conflict", "odd"):
        con.execute(f"drop table {table}")


def _components(con: DuckDBPyConnection, joins: str) -> bool:
    """Make `component`: who would be one person if nothing kept anybody apart. Is there any?"""
    edges = con.execute(
        f"select distinct p.person, q.person from {joins} join person p on p.id = a"
        " join person q on q.id = b where p.person <> q.person"
    ).fetchall()
    if not edges:
        return False
    load(con, "joined", ("person", "component"), list(components(edges).items()))
    con.execute(
        "create table component as"
        " select id, person, component from person join joined using (person)"
    )
    con.execute("drop table joined")
    return True


def _conflicts(con: DuckDBPyConnection, model: Model, bars: Collection[Veto]) -> None:
    """Make `conflict` (a, b): mentions of one component that cannot be one person."""
    con.execute(
        """
        create table inner_pair as
        select x.id as a, y.id as b from component x join component y using (component)
        where x.id < y.id and x.person <> y.person
        """
    )
    scoring.score(con, model, pairs="inner_pair", out="inner_scored")
    twins.mark(con, "inner_scored")
    con.execute(
        f"""
        create table conflict as
        select a, b from inner_scored where veto in ({numbers(sorted(bars))})
            and not (adults and veto in ({numbers(sorted(BARS_OF_CHILDREN))}))
        union
        select a, b from inner_pair join mention l on l.id = a join mention r on r.id = b
        where l.notice = r.notice
        union
        select a, b from inner_pair semi join kept_apart using (a, b)
        """
    )
    con.execute("drop table inner_scored")
    con.execute(
        "create table odd as select distinct component from conflict"
        " join component on component.id = conflict.a"
    )


def _plain(con: DuckDBPyConnection) -> None:
    con.execute(
        """
        update person set person = c.component from component c
        where c.id = person.id and c.component not in (from odd)
        """
    )


def _grown(con: DuckDBPyConnection, joins: str) -> None:
    """Grow the components in which something keeps people apart, one after the other."""
    members = _by_component(
        con,
        "select component, id, person, notice from mention join component"
        " using (id) where component in (from odd) order by id",
    )
    edges = _by_component(
        con,
        f"select component, a, b, weight from {joins}"
        " join component on component.id = a where component in (from odd)",
    )
    conflicts = _by_component(
        con, "select component, a, b from conflict join component on component.id = a"
    )
    moved: list[tuple[int, int]] = []
    for component, people in members.items():
        moved += _one(people, edges[component], conflicts[component])
    load(con, "moved", ("id", "person"), moved)
    con.execute("update person set person = moved.person from moved where moved.id = person.id")
    con.execute("drop table moved")


Rows = dict[int, list[tuple[int, ...]]]


def _by_component(con: DuckDBPyConnection, sql: str) -> Rows:
    found: Rows = defaultdict(list)
    for component, *row in con.execute(sql).fetchall():
        found[component].append(tuple(row))
    return found


def _one(
    people: Sequence[tuple[int, ...]],
    edges: Iterable[tuple[int, ...]],
    conflicts: Iterable[tuple[int, ...]],
) -> list[tuple[int, int]]:
    """The (mention, person) of one component, the person named by its lowest mention."""
    place = {mention: n for n, (mention, _, _) in enumerate(people)}
    apart = {frozenset((place[a], place[b])) for a, b in conflicts}
    clusters = Clusters([notice for _, _, notice in people])
    known: dict[int, list[int]] = defaultdict(list)
    for mention, person, _ in people:
        known[person].append(place[mention])
    for together in known.values():
        clusters.put_together(together)
    clusters.grow(
        (Pair(place[a], place[b], weight, (a, b)) for a, b, weight in edges),
        lambda a, b: frozenset((a, b)) in apart,
    )
    return [(mention, people[clusters.of(place[mention])][0]) for mention, _, _ in people]


def load(
    con: DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[tuple[int, ...]]
) -> None:
    """Make a table of whole numbers from rows."""
    values = ", ".join(f"unnest(${n + 1}::integer[]) as {c}" for n, c in enumerate(columns))
    con.execute(
        f"create table {name} as select {values}",
        [[row[n] for row in rows] for n in range(len(columns))],
    )
