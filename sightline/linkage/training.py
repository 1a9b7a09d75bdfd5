"""Training a model on a table of mentions: Splink learns the levels, counting how rare names are.

Splink's expectation maximisation needs no labels. What it cannot learn from such data, or learns
wrongly because relatives share it, `start.toml` holds, with the reason.
"""

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from math import log2
from typing import Any

from duckdb import DuckDBPyConnection

from sightline.linkage import scoring
from sightline.linkage.alike import DOTTED, swapped
from sightline.rules.linkage.levels import Forename
from sightline.rules.linkage.model import Model, parse, rarity_names
from sightline.rules.linkage.names import is_slip
from sightline.rules.linkage.words import PARTS

START: dict[str, Any] = tomllib.loads(
    files(__package__).joinpath("start.toml").read_text(encoding="utf-8")
)
Levels = dict[str, dict[str, dict[str, Any]]]
Held = Mapping[str, Collection[str]]
HELD: Held = START["held"]
RAREST = 1e-6  # what a sample of pairs did not show is not impossible
PERSONS_A_MENTION = 0.5
FEWEST = 50_000  # people
U_PAIRS = 1_000_000  # random pairs from which u is estimated
EM_PAIRS = 200_000  # blocked pairs of one session
# Within such blocks between a tenth and nine tenths of the pairs are one person, and each part of
# the model is free in at least one of them.
SESSIONS = (("dob", "l"), ("f", "l", "sector"), ("f", "dob"))

# How many of a million bear a rare, a common and a very common name, in the national lists.
NATIONAL = {"given": (30.0, 1_500.0, 10_000.0), "surname": (15.0, 700.0, 7_000.0)}
NATIONAL_COUNT = 20_000  # mentions that the national lists count for, beside those in the table
SLIPS_ONE_IN = 15  # a slip made often is seldom more than this share of the name it slips from
SMALLEST = 5  # a name that fewer bear is not written down; people are told apart by birth date
NAMES_ONE_IN = 50_000  # so many mentions for one that makes a forename a name
MOST_BITS = 4.0  # rarity counts no more than this, for or against


def adapt(con: DuckDBPyConnection, model: Model) -> Model:
    """Return a trained model that knows the names of this table, and how many people it is of."""
    mentions = _count(con)
    data = {
        **model.data,
        "version": f"{model.version}, names of the table",
        "bands": bands(mentions),
        "names": _all_names(con, model.data["parts"], mentions, known=model.seen),
    }
    return parse(json.dumps(data))


def train(
    con: DuckDBPyConnection, *, version: str, on: date, told: str, held: Held = HELD
) -> Model:
    """Train on the mentions that `standard.standardise` has prepared. Returns the new model.

    Needs some thousand mentions for Splink to learn from; with fewer, the levels stay as they
    began. `told`: what the table was, for the model's file. `held`: the parts and levels of which
    m or u is not learnt; by default, what families falsify.
    """
    mentions = _count(con)
    scoring.names_as_known(con, _seen(con, mentions))
    parts = _learnt(con, held) if mentions >= 1_000 else _begun()
    data = {
        "version": version,
        "trained": {"on": on.isoformat(), "mentions": mentions, "told": told},
        "bands": bands(mentions),
        "parts": parts,
        "names": _all_names(con, parts, mentions),
    }
    return parse(json.dumps(data, indent=1))


def bands(mentions: int) -> dict[str, float]:
    """Where the bands begin among the people whom so many mentions speak of.

    With more people there are more namesakes, so that more is asked for. A small file comes out of
    a town that is larger than it.
    """
    surprise = log2(max(FEWEST, mentions * PERSONS_A_MENTION))
    rules = START["bands"]
    at = {f"{name}_at": round(surprise + rules[name], 3) for name in ("join", "break", "review")}
    return {**at, "together": rules["together"]}


def without_names(model: Model) -> Model:
    """Return a model to give to others: of names it knows what the national lists say, no more."""
    parts = model.data["parts"]
    names = {
        "given": _national("given", parts["forename"]),
        "surname": _national("surname", parts["surname"]),
        "seen": [],
    }
    return parse(json.dumps({**model.data, "bands": bands(0), "names": names}))


def _national(which: str, levels: Mapping[str, Any]) -> dict[str, Any]:
    shares = (share / 1e6 for share in NATIONAL[which])
    bits = (_bits(levels["same"]["u"], share) for share in shares)
    return {"tiers": dict(zip(rarity_names(), bits, strict=True)), "heads": {}}


def _bits(usual: float, share: float) -> float:
    return round(max(-MOST_BITS, min(MOST_BITS, log2(usual / share))), 3)


def _begun() -> Levels:
    return {part: {name: {**level, "from": "start"} for name, level in START[part].items()}
            for part in PARTS}  # fmt: skip


def _count(con: DuckDBPyConnection) -> int:
    return int(con.execute("select count(*) from mention").fetchall()[0][0])


def _all_names(
    con: DuckDBPyConnection, parts: Levels, mentions: int, known: Iterable[str] = ()
) -> dict[str, Any]:
    return {
        "given": _names(con, "given", "f_head", "f_tier", parts["forename"]),
        "surname": _names(con, "family", "l_heads[1]", "l_tiers[1]", parts["surname"]),
        "seen": sorted({*_seen(con, mentions), *known}),
    }


def _seen(con: DuckDBPyConnection, mentions: int) -> list[str]:
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
    total = _count(con) + NATIONAL_COUNT

    def bits(tier: int, count: int) -> float:
        share = (
            count + NATIONAL[table.replace("family", "surname")][tier] * NATIONAL_COUNT / 1e6
        ) / total
        return _bits(levels["same"]["u"], share)

    return {
        "tiers": {name: bits(n, 1) for n, name in enumerate(rarity_names())},
        "heads": {name: bits(tier, count) for name, tier, count in counts},
    }


def _learnt(con: DuckDBPyConnection, held: Held) -> Levels:
    """The m and u of every level, from Splink where it may and could learn them."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    con.execute(_FLAT)
    mentions = DuckDBAPI(connection=con).register("flat", dataset_display_name="mentions")

    def linker(parts: Iterable[str], levels: Levels) -> Linker:
        settings = SettingsCreator(
            link_type="dedupe_only", unique_id_column_name="id",
            comparisons=[_comparison(part, levels[part], held) for part in parts],
            blocking_rules_to_generate_predictions=[block_on("dob")],
        )  # fmt: skip
        return Linker(mentions, settings, log_level=None)

    at_random = linker([part for part in PARTS if part not in held["u"]], START)
    at_random.training.estimate_u_using_random_sampling(
        max_pairs=U_PAIRS, seed=1, min_count_per_level=None
    )
    levels = _take(_begun(), at_random.misc.save_model_to_json(), "u", held)
    blocked = linker(PARTS, levels)
    for columns in SESSIONS:
        blocked.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), max_pairs=EM_PAIRS
        )
    con.execute("drop table flat")
    return _take(levels, blocked.misc.save_model_to_json(), "m", held)


_FLAT = """
    create or replace table flat as
    select m.*, g.* exclude (g, given_name, middle_name, unborn, bits),
        s.* exclude (s, surname, bits)
    from mention m join given_of g using (g) join family_of s using (s)
    where not m.unborn
"""
_SWAPPED = swapped(DOTTED)


def _sql(part: str) -> str:
    """The number of the level of one part, for Splink: columns end in _l and _r."""
    sql = {
        **scoring.RECORD_LEVELS,
        "forename": f"case when {_SWAPPED} then {Forename.SWAPPED} else ({scoring.FORENAME}) end",
        "middle": scoring.MIDDLE,
        "surname": f"case when {_SWAPPED} then null else ({scoring.SURNAME}) end",
    }[part]
    return re.sub(r"\b([lr])\.(\w+)", r"\2_\1", sql)


def _comparison(part: str, levels: Mapping[str, Mapping[str, float]], held: Held) -> dict[str, Any]:
    sql = _sql(part)
    return {
        "output_column_name": part,
        "comparison_levels": [
            {
                "sql_condition": f"({sql}) is null",
                "label_for_charts": "missing",
                "is_null_level": True,
            },
            *_beginning(part, sql, levels, held),
        ],
    }  # fmt: skip


def _beginning(
    part: str, sql: str, levels: Mapping[str, Mapping[str, float]], held: Held
) -> Iterator[dict[str, Any]]:
    for number, (name, level) in enumerate(levels.items()):
        last = number == len(levels) - 1
        yield {
            "sql_condition": "else" if last else f"({sql}) = {number}",
            "label_for_charts": name,
            "m_probability": level["m"], "u_probability": level["u"],
            "fix_m_probability": _is_held(held["m"], part, name),
            "fix_u_probability": _is_held(held["u"], part, name),
        }  # fmt: skip


def _is_held(held: Collection[str], part: str, name: str) -> bool:
    return part in held or f"{part}.{name}" in held


def _take(levels: Levels, trained: Mapping[str, Any], which: str, held: Held) -> Levels:
    """Take over what Splink has learnt of m or of u, where it may and could."""
    for comparison in trained["comparisons"]:
        part = comparison["output_column_name"]
        for level in comparison["comparison_levels"][1:]:
            name, learnt = level["label_for_charts"], level.get(f"{which}_probability")
            if learnt is not None and not _is_held(held[which], part, name):
                levels[part][name][which] = max(learnt, RAREST)
                levels[part][name]["from"] = "learnt"
    return levels
