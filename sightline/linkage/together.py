"""Who was met together with whom: families come again, and that says who a bare name is.

Two persons are known together when a third was mentioned in one notification with the one and in
another with the other. A mother without a birth date, at a new address, with the same child beside
her is the same mother.
"""

from duckdb import DuckDBPyConnection

from sightline.linkage import scoring, twins
from sightline.linkage.vetoes import among, numbers
from sightline.rules.linkage.levels import Forename
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.verdicts import MANY_MET
from sightline.rules.linkage.vetoes import CONFIRMED, ONE_SURNAME, Veto


def score_together(con: DuckDBPyConnection, model: Model) -> None:
    """Make `apart_pair`: what `scored` holds, and what only company suggests, of two persons.

    It has the columns of `scored` and the persons `pa` and `pb`. `met_pair` (pa, pb) says which of
    them are known together.
    """
    _companions(con)
    con.execute(
        """
        create or replace table suggested as
        select distinct least(x.id, y.id) as a, greatest(x.id, y.id) as b
        from met x join met y using (companion, sound)
        where x.person < y.person
        """
    )
    con.execute(
        "delete from suggested using scored where scored.a = suggested.a and scored.b = suggested.b"
    )
    if twins.is_empty(con, "suggested"):
        con.execute("create or replace table scored_together as from scored limit 0")
    else:
        scoring.score(con, model, pairs="suggested", out="scored_together")
        twins.mark(con, "scored_together")
    con.execute(
        """
        create or replace table apart_pair as
        select s.*, x.person as pa, y.person as pb
        from (from scored union all from scored_together) s
        join person x on x.id = a join person y on y.id = b
        where x.person <> y.person
        """
    )
    con.execute(
        """
        create or replace table met_pair as
        select distinct pa, pb from (select distinct pa, pb from apart_pair)
        join companion x on x.person = pa join companion y on y.person = pb
        where x.companion = y.companion
        """
    )
    _rivalled(con)
    for table in ("suggested", "scored_together", "met"):
        con.execute(f"drop table {table}")


def _rivalled(con: DuckDBPyConnection) -> None:
    """Make `rivalled` (a, b): `resolve`'s pairs of a shared name of whom company says nothing."""
    con.execute(
        f"""
        create or replace table rivalled as
        with shared as (
            select a, b, pa, pb, dob, {among("forename", (Forename.HONOUR,))} or (
                {among("forename", CONFIRMED)} and {among("surname", ONE_SURNAME)}) as of_brothers
            from apart_pair join mention on mention.id = a
            where veto in ({numbers([Veto.NAME_SHARED])})
        ), either as (
            select a, b, pa, pb, dob, pa as person from shared
            union all select a, b, pa, pb, dob, pb from shared
            union all select a, b, pa, pb, dob, x.companion from shared
                join companion x on x.person = pa
                join companion y on y.person = pb and y.companion = x.companion
            where of_brothers
        ), times as (select person, count(*) as many from person group by person),
        often as (select person from times where many > 1),
        bears_it_too as (
            select x.person, y.person as beside
            from (select pa, pb, veto from apart_pair union all select pb, pa, veto from apart_pair)
            join times x on x.person = pa join times y on y.person = pb
            where x.person in (select pa from shared union select pb from shared)
            group by all
            having count(*) filter (where veto in ({numbers([Veto.NAME_SHARED])}))
                = any_value(x.many * y.many)
        ), third as (
            select distinct e.a, e.b, e.pa, e.pb, other.person
            from either e join person p using (person)
            join mention m on m.id = p.id join mention o on o.notice = m.notice and o.dob = e.dob
            join person other on other.id = o.id where other.person not in (e.pa, e.pb)
        )
        select a, b from third where not (
            (person, pa) in (from bears_it_too) and (person, pb) in (from bears_it_too)
        )
        union
        select a, b from shared where pa in (from often) and pb in (from often)
        """
    )


def _companions(con: DuckDBPyConnection) -> None:
    """Make `companion` (person, companion) and `met` (companion, sound of a forename, mention)."""
    con.execute(
        f"""
        create or replace table companion as
        with named as (select distinct notice, person from mention join person using (id))
        select distinct x.person, y.person as companion
        from named x join named y using (notice) where x.person <> y.person
        qualify count(*) over (partition by y.person) <= {MANY_MET}
        """
    )
    con.execute(
        """
        create or replace table met as
        select companion, unnest(g.key_sounds) as sound, id, person
        from companion join person using (person) join mention using (id) join given g using (g)
        where companion in (select companion from companion group by all having count(*) > 1)
        """
    )
