"""A question that only counts rows, asked of how many rows of each kind there are.

Whether it does is read from the question itself: one fact, nothing of it but columns of its tally,
no aggregate but `count(*)`. Any other question is asked of the rows.
"""

from functools import lru_cache

import sqlglot
from sqlglot import exp

from sightline.insight.facts.base import Fact
from sightline.insight.snapshots.tallies import TIMES

CHANGES_ROWS = (exp.Join, exp.Window, exp.Subquery, exp.With, exp.Distinct)
STANDS = f"sum({TIMES}) <> 0"  # what came and ended is no kind any more


def counts_of(fact: Fact) -> str:
    """Return what the tally of a fact is called."""
    return f"{fact.name}_counts"


@lru_cache(512)
def over_counts(question: str, fact: Fact) -> tuple[str, frozenset[str]] | None:
    """Return the question in DuckDB's SQL over a tally, and the names of its parameters; None if
    rows must be read for it."""
    parsed = sqlglot.parse_one(question, read="postgres")
    if not isinstance(parsed, exp.Select) or not fact.tally:
        return None
    counts = [each for each in parsed.find_all(exp.Count) if _counts_rows(each)]
    if not counts or not _only_counts(parsed, fact):
        return None
    for each in counts:
        _sum_up(each)
    for table in parsed.find_all(exp.Table):
        table.replace(exp.to_table(counts_of(fact)))
    if parsed.args.get("group"):
        parsed.having(STANDS, copy=False)
    named = frozenset(one.name for one in parsed.find_all(exp.Placeholder))
    return parsed.sql(dialect="duckdb"), named


def _only_counts(parsed: exp.Select, fact: Fact) -> bool:
    tables = [table.name for table in parsed.find_all(exp.Table)]
    columns = {column.name for column in parsed.find_all(exp.Column)}
    aggregates = [each for each in parsed.find_all(exp.AggFunc) if not _counts_rows(each)]
    stars = [star for star in parsed.find_all(exp.Star) if not isinstance(star.parent, exp.Count)]
    return (
        tables == [fact.name]
        and columns <= set(fact.tally)
        and not aggregates
        and not stars
        and not any(parsed.find(kind) for kind in CHANGES_ROWS)
    )


def _counts_rows(aggregate: exp.AggFunc) -> bool:
    return isinstance(aggregate, exp.Count) and isinstance(aggregate.this, exp.Star)


def _sum_up(count: exp.Expression) -> None:
    """Sum up how many there are, 0 where there are none, in the place of a count of rows."""
    counted = count.parent if isinstance(count.parent, exp.Filter) else count
    summed = exp.Sum(this=exp.column(TIMES))
    if counted is count:
        count.replace(exp.func("coalesce", summed, exp.Literal.number(0)))
    else:
        count.replace(summed)
        counted.replace(exp.func("coalesce", counted.copy(), exp.Literal.number(0)))
