"""The five tables of the review by hand, over plain rows: in DuckDB's SQL and in pandas.

What an analyst would write who has notifications, who is named in them, decisions and what social
care did. Each returns the answers to the five
questions that our figures ask.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

Answers = list[list[tuple[Any, ...]]]

CONTACT = """
with contact as (
    select distinct notification.id, notification.notified_at, mention.person_id,
           cast(notification.notified_at as date) as day
    from notification join mention on mention.notification_id = notification.id
)
"""
LIMITS = ("7 days", "14 days", "1 month", "3 months", "6 months", "12 months", "24 months")
BAND = " + ".join(f"cast(day >= previous + interval {limit} as integer)" for limit in LIMITS)
TABLES = (
    f"""
    {CONTACT}
    select many, count(*) from (select person_id, count(*) as many from contact group by person_id)
    group by many
    """,
    """
    select many, count(*) from (
        select household_id, count(*) as many from notification
        where exists (select 1 from mention where mention.notification_id = notification.id)
        group by household_id
    ) group by many
    """,
    f"""
    {CONTACT},
    since as (
        select day, lag(day) over (partition by person_id order by notified_at, id) as previous
        from contact
    )
    select {BAND} as band, count(*) from since where previous is not null group by band
    """,
    """
    with standing as (
        select distinct on (notification_id, person_id) decided_at, scale from decision
        order by notification_id, person_id, decided_at desc
    )
    select cast(date_trunc('month', decided_at) as date) as month, scale, count(*)
    from standing group by month, scale
    """,
    f"""
    {CONTACT},
    followed as (
        select contact.id, contact.person_id, contact.day,
               bool_or(kind = 'initial') as initial, bool_or(kind = 'core') as core,
               bool_or(kind = 'enquiry') as enquiry, bool_or(kind = 'conference') as conference,
               bool_or(kind = 'plan') as plan, bool_or(kind = 'looked_after') as looked_after
        from contact
        left join care on care.notification_id = contact.id and care.person_id = contact.person_id
        group by contact.id, contact.person_id, contact.day
    )
    select year(day - interval 3 months) as year, count(*), count(*) filter (where initial),
           count(*) filter (where core), count(*) filter (where enquiry),
           count(*) filter (where conference), count(*) filter (where plan),
           count(*) filter (where looked_after)
    from followed group by year
    """,
)
FILES = ("notification", "mention", "decision", "care")


@lru_cache(1)
def duck() -> Any:
    """DuckDB, opened: with nothing in it, that is nobody's work."""
    from sightline.insight.engine.duck import opened

    return opened()


@lru_cache(1)
def _opened(folder: Path) -> Any:
    """A connection that sees the files; whoever asks again need not open it again."""
    database = duck()
    for name in FILES:
        database.execute(f"create view {name} as from read_parquet('{folder}/{name}/*.parquet')")
    return database


def in_duckdb(folder: Path) -> Answers:
    """Ask DuckDB in SQL."""
    database = _opened(folder)
    return [database.execute(query).fetchall() for query in TABLES]


def in_pandas(folder: Path) -> Answers:
    """Ask pandas."""
    import pandas as pd

    notification, mention, decision, care = (pd.read_parquet(folder / name) for name in FILES)
    contact = notification.merge(mention, left_on="id", right_on="notification_id")
    contact = contact.drop_duplicates(["id", "person_id"])
    contact["day"] = contact["notified_at"].dt.normalize()
    children = contact.groupby("person_id").size().value_counts()
    named = notification[notification["id"].isin(mention["notification_id"])]
    homes = named.groupby("household_id").size().value_counts()
    return [
        list(children.items()),
        list(homes.items()),
        _repeats(contact),
        _decisions(decision),
        _followed(contact, care),
    ]


def _repeats(contact: Any) -> list[tuple[Any, ...]]:
    import pandas as pd

    rows = contact.sort_values(["person_id", "notified_at", "id"])
    previous = rows.groupby("person_id")["day"].shift()
    again = previous.notna()
    day, previous = rows.loc[again, "day"], previous[again]
    band = sum(
        (day >= previous + pd.DateOffset(**{unit: int(size)})).astype(int)
        for size, unit in (
            (size, unit if unit.endswith("s") else f"{unit}s")
            for size, unit in (limit.split() for limit in LIMITS)
        )
    )
    return list(band.value_counts().items())


def _decisions(decision: Any) -> list[tuple[Any, ...]]:
    last = decision.sort_values("decided_at").drop_duplicates(
        ["notification_id", "person_id"], keep="last"
    )
    when = last["decided_at"].dt
    counted = last.groupby([when.year, when.month, last["scale"]]).size()
    return [(date(year, month, 1), scale, many) for (year, month, scale), many in counted.items()]


def _followed(contact: Any, care: Any) -> list[tuple[Any, ...]]:
    import pandas as pd

    kinds = ["initial", "core", "enquiry", "conference", "plan", "looked_after"]
    flags = pd.crosstab([care["notification_id"], care["person_id"]], care["kind"]) > 0
    both = contact.merge(
        flags.reset_index(), how="left", left_on=["id", "person_id"],
        right_on=["notification_id", "person_id"],
    )  # fmt: skip
    year = (both["day"] - pd.DateOffset(months=3)).dt.year
    counted = both[kinds].eq(True).groupby(year).sum()
    many = both.groupby(year).size()
    return [
        (year, many[year], *row) for year, row in zip(counted.index, counted.values, strict=True)
    ]
