"""Known twins in a whole table: `rules.linkage.twins` in the words of DuckDB."""

from duckdb import DuckDBPyConnection

from sightline.linkage import scoring
from sightline.rules.linkage.levels import Birth
from sightline.rules.linkage.twins import ONE_FAMILY
from sightline.rules.linkage.vetoes import AT_HOME, LACKS, OTHER_NAME, Veto

_FAMILY = f"surname in ({', '.join(str(int(level)) for level in sorted(ONE_FAMILY))})"
_OTHER = f"forename in ({', '.join(str(int(level)) for level in sorted(OTHER_NAME))})"
_HOME = f"home in ({', '.join(str(int(level)) for level in sorted(AT_HOME))})"


def find(con: DuckDBPyConnection) -> None:
    """Make `twin` (id, sex): the mentions of whom a twin is known, and the sex of that twin.

    `scored` and `clustering.begin` come before: whom humans have put together are no twins.
    """
    con.execute(
        """
        create or replace table born_one_day as
        select x.id as a, y.id as b from mention x join mention y using (notice, dob)
        where x.id < y.id
        """
    )
    scoring.levels(con, pairs="born_one_day", out="levelled")
    con.execute(
        f"""
        create or replace table twin as
        with pair as (
            select a, b from levelled join mention x on x.id = a join mention y on y.id = b
            where birth = {Birth.SAME} and ({_FAMILY} or not (x.adult or y.adult))
            union
            select a, b from scored join person x on x.id = a join person y on y.id = b
            where birth = {Birth.SAME} and {_FAMILY} and {_OTHER} and {_HOME}
                and x.person <> y.person
        )
        select a as id, sex from pair join mention on mention.id = b
        union select b, sex from pair join mention on mention.id = a
        """
    )
    for table in ("born_one_day", "levelled"):
        con.execute(f"drop table {table}")


def mark(con: DuckDBPyConnection, table: str) -> None:
    """Forbid, in a table made by `scoring.score`, to take somebody unnamed for either twin."""
    lacks = scoring.numbers(sorted(LACKS))
    con.execute(
        f"""
        update {table} set veto = {scoring.numbers([Veto.WHICH_TWIN])}
        from (
            select a, b from {table} join twin on twin.id = a join mention m on m.id = b
            where either_twin and (twin.sex = '' or m.sex = '' or twin.sex = m.sex)
            union
            select a, b from {table} join twin on twin.id = b join mention m on m.id = a
            where either_twin and (twin.sex = '' or m.sex = '' or twin.sex = m.sex)
        ) either
        where {table}.a = either.a and {table}.b = either.b
            and (veto is null or veto in ({lacks}))
        """
    )
