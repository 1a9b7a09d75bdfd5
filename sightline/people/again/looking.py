"""Looking at all links again with a model: who should be who, and what differs from now."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection

from sightline.linkage import blocking, linking, standard
from sightline.linkage.linking import QUESTIONS_IN_A_HUNDRED
from sightline.people.again.differing import Difference, Row, differences, who_stays
from sightline.people.again.exporting import export
from sightline.rules.linkage.model import Model


@dataclass(frozen=True)
class Near:
    """The persons to look at again, and those around them, who stay who they are."""

    persons: frozenset[int]
    around: frozenset[int]


@dataclass(frozen=True)
class Question:
    """Two mentions of two persons who may be one, the likeliest pair, and its weight."""

    a: int
    b: int
    weight: float


@dataclass(frozen=True)
class Seen:
    """What a look at all links found.

    `unlinked`: mentions that nobody has linked, with the cluster each belongs to. `stays`: the
    person that a cluster is. `best`: for a mention, the mention that speaks most for where it
    belongs, and the weight.
    """

    mentions: int
    unlinked: Mapping[int, int]
    stays: Mapping[int, int]
    differences: list[Difference]
    best: Mapping[int, tuple[int, float]]
    questions: list[Question]


def look(model: Model, *, former_stands: bool = False, near: Near | None = None) -> Seen:
    """Compare all mentions held. Nothing is changed.

    `former_stands`: another model linked them, whose links stand unless they have grown weak.
    `near`: only these, and no questions, which the night asks.
    """
    with TemporaryDirectory() as folder:
        con = duckdb.connect(config={"temp_directory": folder, "preserve_insertion_order": False})
        if near is None:
            export(con, Path(folder))
        else:
            con.execute("set threads = 1")  # so few are done before another has started
            export(con, Path(folder), near.persons | near.around, stay=near.around)
        if former_stands:
            con.execute("create table standing as select id, person from held")
        standard.standardise(con)
        blocking.block(con)
        linking.link(
            con, model, questions_in_a_hundred=QUESTIONS_IN_A_HUNDRED if near is None else 0
        )
        return _read(con)


def _read(con: DuckDBPyConnection) -> Seen:
    rows = [
        Row(*row)
        for row in con.execute(
            "select mention, held.person, person.person from held join person using (id)"
        ).fetchall()
    ]
    stays = who_stays(rows)
    return Seen(
        mentions=len(rows),
        unlinked={row.mention: row.cluster for row in rows if row.person is None},
        stays=stays,
        differences=differences(rows, stays),
        best=_best(con),
        questions=[
            Question(*row)
            for row in con.execute(
                "select l.mention, r.mention, weight from question"
                " join held l on l.id = a join held r on r.id = b order by weight desc"
            ).fetchall()
        ],
    )


def _best(con: DuckDBPyConnection) -> dict[int, tuple[int, float]]:
    """The strongest pair of every mention that is joined to another."""
    rows = con.execute(
        """
        select l.mention, arg_max(r.mention, weight), max(weight)
        from (select a, b, weight from decided where decision = 'join'
            union all select b, a, weight from decided where decision = 'join')
        join held l on l.id = a join held r on r.id = b group by l.mention
        """
    ).fetchall()
    return {mention: (other, weight) for mention, other, weight in rows}
