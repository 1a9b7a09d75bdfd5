"""How rare names are, by a table's own counts beside the national lists; and which are names."""

from collections.abc import Iterable, Mapping
from math import log2
from typing import Any

from duckdb import DuckDBPyConnection

from sightline.rules.linkage.model import rarity_names
from sightline.rules.linkage.names import is_slip

Levels = dict[str, dict[str, dict[str, Any]]]
# How many of a million bear a rare, a common and a very common name, in the national lists.
NATIONAL = {"given": (30.0, 1_500.0, 10_000.0), "surname": (15.0, 700.0, 7_000.0)}
NATIONAL_COUNT = 20_000  # mentions that the national lists count for, beside those in the table
SLIPS_ONE_IN = 15  # a slip made often is seldom more than this share of the name it slips from
SMALLEST = 5  # a name that fewer bear is not written down; people are told apart by birth date
NAMES_ONE_IN = 50_000  # so many mentions for one that makes a forename a name
MOST_BITS = 4.0  # rarity counts no more than this, for or against


def national(which: str, levels: Mapping[str, Any]) -> dict[str, Any]:
    """How rare names are in the whole country: "given" or "surname", with the part's levels."""
    shares = (share / 1e6 for share in NATIONAL[which])
    bits = (_bits(levels["same"]["u"], share) for share in shares)
    return {"tiers": dict(zip(rarity_names(), bits, strict=True)), "heads": {}}


def _bits(usual: float, share: float) -> float:
    return round(max(-MOST_BITS, min(MOST_BITS, log2(usual / share))), 3)


def count(con: DuckDBPyConnection) -> int:
    """How many mentions the table has."""
    return int(con.execute("select count(*) from mention").fetchall()[0][0])


def all_names(
    con: DuckDBPyConnection, parts: Levels, mentions: int, known: Iterable[str] = ()
) -> dict[str, Any]:
    """What a model's file says of names; `known`: forenames that are names in any case."""
    return {
        "given": _names(con, "given", "f_head", "f_tier", parts["forename"]),
        "surname": _names(con, "family", "l_heads[1]", "l_tiers[1]", parts["surname"]),
        "seen": sorted({*seen(con, mentions), *known}),
    }


def seen(con: DuckDBPyConnection, mentions: int) -> list[str]:
    """Forenames that so many bear that they are names and no slips of the pen."""
    least = max(SMALLEST, mentions // NAMES_ONE_IN)
    rows = con.execute(
        "select f, count(*) from mention join given using (g) where length(f) > 1"
        " group by f having count(distinct dob) >= $1 order by f",
        [least],
    ).fetchall()
    return _without_slips(dict(rows))


def _without_slips(counts: Mapping[str, int]) -> list[str]:
    """Leave out what is one letter off a name that many times as many bear: a slip made often."""
    near: dict[str, list[str]] = {}
    for name in counts:
        for less in {name, *(name[:n] + name[n + 1 :] for n in range(len(name)))}:
            near.setdefault(less, []).append(name)
    slips = {
        name
        for names in near.values()
        for name in names
        for other in names
        if counts[other] >= SLIPS_ONE_IN * counts[name] and is_slip(name, other)
    }
    return sorted(counts.keys() - slips)


def _names(
    con: DuckDBPyConnection, table: str, head: str, tier: str, levels: Mapping[str, Any]
) -> dict[str, Any]:
    """How rare names are, in bits: the table's own counts beside the national lists'."""
    key = "g" if table == "given" else "s"
    counts = con.execute(
        f"select {head} as head, max({tier}), count(*) from mention join {table} using ({key})"
        f" where {head} is not null group by head having count(distinct dob) >= {SMALLEST}"
        " order by head"
    ).fetchall()
    total = count(con) + NATIONAL_COUNT

    def bits(tier: int, count: int) -> float:
        share = (
            count + NATIONAL[table.replace("family", "surname")][tier] * NATIONAL_COUNT / 1e6
        ) / total
        return _bits(levels["same"]["u"], share)

    return {
        "tiers": {name: bits(n, 1) for n, name in enumerate(rarity_names())},
        "heads": {name: bits(tier, count) for name, tier, count in counts},
    }
