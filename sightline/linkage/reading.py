"""A file of mentions into DuckDB as it was written; a row of no use is kept with its reason."""

from pathlib import Path

from duckdb import DuckDBPyConnection
from duckdb import Error as DuckDBError

COLUMNS = (
    "mention_id", "notification_id", "role", "given_name", "middle_name", "surname", "dob", "sex",
    "house_no", "street", "postcode", "phone", "nhs_number", "upn", "notified_on", "police_id",
)  # fmt: skip
NEEDED = ("mention_id", "given_name", "surname")
DATES = "['%Y-%m-%d', '%d/%m/%Y', '%Y-%m-%d %H:%M:%S']"


class FileProblem(ValueError):
    """A file that cannot be used; says what to do."""


def read(con: DuckDBPyConnection, path: Path) -> None:
    """Make the tables `raw` (one row a mention, numbered from 0) and `refused` (row, reason).

    CSV or Parquet. Columns that are not there are empty; those that we do not know are left out.
    A row without a mention_id, or with one that came before, is refused; a date that is none is
    taken as not known. Raises FileProblem when the file cannot be read at all.
    """
    reader = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    options = "" if reader == "read_parquet" else ", all_varchar = true, header = true"
    try:
        con.execute(
            f"create view given as from {reader}($path{options})".replace("$path", quoted(path))
        )
        there = [row[0] for row in con.execute("describe given").fetchall()]
    except DuckDBError as problem:
        raise FileProblem(f"{path} cannot be read: {str(problem).splitlines()[0]}") from problem
    missing = [name for name in NEEDED if name not in there]
    if missing:
        raise FileProblem(
            f"{path} has no column {' and '.join(missing)}. It needs: {', '.join(COLUMNS)} "
            "(any but the first may be empty; police_id may be left out)."
        )
    _number(con, there)


def quoted(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


def _number(con: DuckDBPyConnection, there: list[str]) -> None:
    text = ", ".join(
        f"coalesce(trim({name}::varchar), '') as {name}" if name in there else f"'' as {name}"
        for name in COLUMNS
    )
    con.execute(
        f"""
        create table numbered as
        select *, row_number() over (partition by mention_id) as nth
        from (select {text} from given)
        """
    )
    con.execute(
        """
        create table refused as
        select * exclude (nth), case when mention_id = '' then 'no mention_id'
            else 'a mention_id that came before' end as reason
        from numbered where mention_id = '' or nth > 1
        """
    )
    con.execute(
        f"""
        create table raw as
        select (row_number() over (order by mention_id) - 1)::integer as id, * exclude (nth, dob),
            try_strptime(dob, {DATES})::date as dob
        from numbered where mention_id <> '' and nth = 1
        """
    )
    con.execute("drop table numbered")
