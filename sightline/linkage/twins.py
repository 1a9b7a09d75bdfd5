"""Known twins in a whole table: `rules.linkage.twins` in the words of DuckDB."""

from duckdb import DuckDBPyConnection

from sightline.linkage import scoring
from sightline.linkage.vetoes import among, named, numbers
from sightline.rules.linkage.levels import Birth, Middle, Sex
from sightline.rules.linkage.twins import ONE_FAMILY
from sightline.rules.linkage.vetoes import LACKS, ONE_BIRTH, OTHER_NAME, Veto


def find(con: DuckDBPyConnection) -> None:
    """Make `twin` (id, other): the mentions of one source who are twins of each other."""
    con.execute(
        """
        create or replace table born_one_day as
        select x.id as a, y.id as b from mention x join mention y using (notice, dob)
        where x.id < y.id
        """
    )
    if is_empty(con, "born_one_day"):
        con.execute("drop table born_one_day")
        con.execute("create or replace table twin (id integer, other integer)")
        return
    scoring.levels(con, pairs="born_one_day", out="levelled")
    con.execute(
        f"""
        create or replace table twin as
        with pair as (
            select a, b from levelled join mention x on x.id = a join mention y on y.id = b
            where birth = {Birth.SAME}
                and ({among("surname", ONE_FAMILY)} or not (x.adult or y.adult))
        )
        select a as id, b as other from pair union all select b, a from pair
        """
    )
    for table in ("born_one_day", "levelled"):
        con.execute(f"drop table {table}")


def is_empty(con: DuckDBPyConnection, table: str) -> bool:
    """Whether there is nothing in a table. To plan a comparison takes longer than to ask."""
    return not con.execute(f"from {table} limit 1").fetchall()


def mark(con: DuckDBPyConnection, table: str) -> None:
    """Forbid, in a table made by `scoring.score`, to take a mention for either of two twins."""
    if is_empty(con, "twin"):
        return
    con.execute(
        f"""
        create or replace table rival as
        with asked as (
            select s.a, s.b, s.a as mention, other from {table} s join twin on twin.id = s.b
            where {among("birth", ONE_BIRTH)}
            union all
            select s.a, s.b, s.b, other from {table} s join twin on twin.id = s.a
            where {among("birth", ONE_BIRTH)}
        )
        select asked.* from asked join mention m on m.id = mention join mention t on t.id = other
        where m.notice <> t.notice
        """
    )
    con.execute(
        "create or replace table rival_pair as select distinct mention as a, other as b from rival"
    )
    scoring.levels(con, pairs="rival_pair", out="levelled")
    con.execute(
        f"""
        update {table} set veto = {numbers([Veto.WHICH_TWIN])}
        from (
            select distinct s.a, s.b from {table} s join rival using (a, b)
            join levelled o on o.a = mention and o.b = other
            where not {among("o.sex", [Sex.DIFFERENT])} and {_FITS_EITHER}
        ) either
        where {table}.a = either.a and {table}.b = either.b
            and (veto is null or veto in ({numbers(sorted(LACKS))}))
        """
    )
    for made in ("rival", "rival_pair", "levelled"):
        con.execute(f"drop table {made}")


def _distance(pair: str) -> str:
    return f"(coalesce({pair}.forename, 0), coalesce({pair}.middle, {Middle.INITIAL}))"


_FITS_EITHER = f"""case
    when not s.named then
        not {among("s.forename", OTHER_NAME)} and not {among("o.forename", OTHER_NAME)}
    else {named("o")} and not {among("o.middle", [Middle.DIFFERENT])}
        and {_distance("o")} <= {_distance("s")} end"""
