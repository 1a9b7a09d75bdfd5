"""Training a model on a table of mentions: Splink learns the levels, names are counted.

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
from sightline.linkage.levels import FORENAME, MIDDLE, RECORD_LEVELS, SURNAME
from sightline.linkage.rarity import Levels, all_names, count, national, seen
from sightline.rules.linkage.levels import Forename
from sightline.rules.linkage.model import Model, parse
from sightline.rules.linkage.words import PARTS

START: dict[str, Any] = tomllib.loads(
    files(__package__).joinpath("start.toml").read_text(encoding="utf-8")
)
Held = Mapping[str, Collection[str]]
HELD: Held = START["held"]
RAREST = 1e-6  # what a sample of pairs did not show is not impossible
PERSONS_A_MENTION = 0.5
FEWEST = 50_000  # people
U_PAIRS = 1_000_000  # random pairs from which u is estimated
U_CHUNKS = 2  # of so many pairs at once that all cores have some, and so few that they fit
EM_PAIRS = 200_000  # blocked pairs of one session
# Within such blocks between a tenth and nine tenths of the pairs are one person, and each part of
# the model is free in at least one of them.
SESSIONS = (("dob", "l"), ("f", "l", "sector"), ("f", "dob"))


def adapt(con: DuckDBPyConnection, model: Model) -> Model:
    """Return a trained model that knows the names of this table, and how many people it is of."""
    mentions = count(con)
    data = {
        **model.data,
        "version": f"{model.version}, names of the table",
        "bands": bands(mentions),
        "names": all_names(con, model.data["parts"], mentions, known=model.seen),
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
    mentions = count(con)
    scoring.names_as_known(con, seen(con, mentions))
    parts = _learnt(con, held) if mentions >= 1_000 else _begun()
    data = {
        "version": version,
        "trained": {"on": on.isoformat(), "mentions": mentions, "told": told},
        "bands": bands(mentions),
        "parts": parts,
        "names": all_names(con, parts, mentions),
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
        "given": national("given", parts["forename"]),
        "surname": national("surname", parts["surname"]),
        "seen": [],
    }
    return parse(json.dumps({**model.data, "bands": bands(0), "names": names}))


def _begun() -> Levels:
    return {part: {name: {**level, "from": "start"} for name, level in START[part].items()}
            for part in PARTS}  # fmt: skip


def _learnt(con: DuckDBPyConnection, held: Held) -> Levels:
    """The m and u of every level, from Splink where it may and could learn them."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    con.execute(_FLAT)
    mentions = DuckDBAPI(connection=con).register("flat", dataset_display_name="mentions")

    def linker(parts: Iterable[str], levels: Levels, told: Mapping[str, str]) -> Linker:
        _macros(con, told)
        settings = SettingsCreator(
            link_type="dedupe_only", unique_id_column_name="id",
            comparisons=[
                _comparison(part, _call(part, told[part]), levels[part], held) for part in parts
            ],
            blocking_rules_to_generate_predictions=[block_on("dob")],
        )  # fmt: skip
        return Linker(mentions, settings, log_level=None)

    asked = _AT_RANDOM if _is_held(held["u"], "forename", "swapped") else _LEVELS
    at_random = linker([part for part in PARTS if part not in held["u"]], START, asked)
    at_random.training.estimate_u_using_random_sampling(
        max_pairs=U_PAIRS, seed=1, min_count_per_level=None, num_chunks=U_CHUNKS
    )
    levels = _take(_begun(), at_random.misc.save_model_to_json(), "u", held)
    blocked = linker(PARTS, levels, _LEVELS)
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
# Whether names are turned round is dear to tell, and of pairs at random in a hundred thousand one:
# how often they are is held.
_AT_RANDOM = {
    **RECORD_LEVELS,
    "forename": FORENAME, "middle": MIDDLE, "surname": SURNAME,
}  # fmt: skip
_SWAPPED = swapped(DOTTED)
_LEVELS = {
    **_AT_RANDOM,
    "forename": f"case when {_SWAPPED} then {Forename.SWAPPED} else ({FORENAME}) end",
    "surname": f"case when {_SWAPPED} then null else ({SURNAME}) end",
}
_COLUMN = re.compile(r"\b([lr])\.(\w+)")


def _macros(con: DuckDBPyConnection, told: Mapping[str, str]) -> None:
    """Name the level of every part: Splink reads each condition often, and these are long."""
    for part, sql in told.items():
        columns = ", ".join(f"{side}_{column}" for side, column in _columns(sql))
        body = _COLUMN.sub(r"\1_\2", sql)
        con.execute(f"create or replace macro level_{part}({columns}) as ({body})")


def _columns(sql: str) -> list[tuple[str, str]]:
    return sorted(set(_COLUMN.findall(sql)))


def _call(part: str, sql: str) -> str:
    """The number of the level of one part, for Splink: columns end in _l and _r."""
    columns = ", ".join(f"{column}_{side}" for side, column in _columns(sql))
    return f"level_{part}({columns})"


def _comparison(
    part: str, sql: str, levels: Mapping[str, Mapping[str, float]], held: Held
) -> dict[str, Any]:
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
    """Yield the levels, the commonest among pairs at random first: Splink asks for one after the
    other."""
    numbered = sorted(enumerate(levels.items()), key=lambda each: -each[1][1]["u"])
    for place, (number, (name, level)) in enumerate(numbered, start=1):
        yield {
            "sql_condition": "else" if place == len(levels) else f"({sql}) = {number}",
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
