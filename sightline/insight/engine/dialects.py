"""One question, as each engine wants it written. Questions are written as PostgreSQL has it."""

import re
from collections.abc import Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp

PARAMETER = re.compile(r"(?<![:\w]):([a-z]\w*)")
WITH = re.compile(r"^\s*with\s+(?!recursive)", re.IGNORECASE)


def over(question: str, tables: Mapping[str, str]) -> str:
    """Return the question with these tables, each given as a query, before its own steps."""
    steps = ",\n".join(f"{name} as (\n{query}\n)" for name, query in tables.items())
    own, changed = WITH.subn("", question, count=1)
    return f"with {steps},\n{own}" if changed else f"with {steps}\n{question}"


def for_postgres(query: str) -> str:
    """Return it with its parameters as psycopg writes them: the author's own text, else."""
    return PARAMETER.sub(r"%(\1)s", query)


def written(question: str, tables: Mapping[str, str], dialect: str) -> tuple[str, frozenset[str]]:
    """Return the question over these tables in the SQL of an engine, and the names of its
    parameters. Each text is translated once: the tables differ by snapshot, the question does not.
    """
    query, named = translated(question, dialect)
    own = {name: translated(table, dialect) for name, table in tables.items()}
    names = named.union(*(wanted for _, wanted in own.values()))
    return over(query, {name: text for name, (text, _) in own.items()}), names


@lru_cache(1024)
def translated(query: str, dialect: str) -> tuple[str, frozenset[str]]:
    """Return the query in the SQL of "duckdb" or "spark", and the names of its parameters."""
    parsed = sqlglot.parse_one(query, read="postgres")
    named = frozenset(one.name for one in parsed.find_all(exp.Placeholder))
    if dialect == "spark":
        parsed = parsed.transform(_exact_percentile)
    return parsed.sql(dialect=dialect), named


def _exact_percentile(node: exp.Expression) -> exp.Expression:
    """Spark's approximate percentile is what sqlglot writes; its exact one is PostgreSQL's."""
    if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont):
        ordered = node.expression.expressions[0]
        return exp.Anonymous(this="percentile", expressions=[ordered.this, node.this.this])
    return node
