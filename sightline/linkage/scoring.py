"""The weights of many pairs at once: `rules.linkage.compare` in the words of DuckDB.

tests/linkage holds that both give the same weight.
"""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from sightline.linkage.alike import FAMILY, GIVEN, both_sides, swapped
from sightline.linkage.levels import FORENAME, MIDDLE, RECORD_LEVELS, SURNAME
from sightline.linkage.vetoes import VETO, among, named
from sightline.rules.linkage.compare import DIGITS
from sightline.rules.linkage.levels import Birth, Forename, Surname
from sightline.rules.linkage.model import Model, Rarity
from sightline.rules.linkage.words import PARTS

_SAME_DATE = f"coalesce(birth in ({Birth.SAME}, {Birth.JANUARY}), false)"
_CROSSED = f"""(crosses and {_SAME_DATE} and coalesce(surname = {Surname.DIFFERENT}, false)
    and coalesce(forename in ({Forename.DIFFERENT}, {Forename.NEAR}), false))"""


def prepare(con: DuckDBPyConnection, model: Model) -> None:
    """Make `given_of` and `family_of`: the names as this model knows them."""
    _rarities(con, "given_bits", model.given)
    _rarities(con, "surname_bits", model.surname)
    _names(
        con,
        seen=sorted(model.seen),
        given=f"coalesce(bits, {_by_tier('f_tier', model.given)})",
        surname=f"coalesce(bits, {_by_tier('tier', model.surname)})",
    )


def names_as_known(con: DuckDBPyConnection, seen: Sequence[str]) -> None:
    """Make the same tables before there is a model: every name is as rare as every other."""
    for table in ("given_bits", "surname_bits"):
        con.execute(f"create or replace table {table} (head varchar, bits double)")
    _names(con, seen=seen, given="0.0", surname="0.0")


def _names(con: DuckDBPyConnection, *, seen: Sequence[str], given: str, surname: str) -> None:
    con.execute("create or replace table seen as select unnest($1::varchar[]) as f", [seen])
    con.execute(
        f"""
        create or replace table given_of as
        select given.*, f_listed or seen.f is not null as known, {given} as bits
        from given left join given_bits on head = f_head left join seen using (f)
        """
    )
    con.execute(
        f"""
        create or replace table family_of as
        select family.*, bits[1] as bits, list_min(bits) as part_bits
        from family left join (
            select s, list({surname} order by place) as bits
            from (select s, unnest(l_heads) as head, unnest(l_tiers) as tier,
                generate_subscripts(l_heads, 1) as place from family)
            left join surname_bits using (head) group by s
        ) using (s)
        """
    )


def _rarities(con: DuckDBPyConnection, table: str, rarity: Rarity) -> None:
    con.execute(
        f"create or replace table {table} as"
        " select unnest($1::varchar[]) as head, unnest($2::double[]) as bits",
        [list(rarity.heads), list(rarity.heads.values())],
    )


def _by_tier(column: str, rarity: Rarity) -> str:
    cases = " ".join(f"when {n} then {bits!r}" for n, bits in enumerate(rarity.tiers))
    return f"case {column} {cases} end"


def score(
    con: DuckDBPyConnection, model: Model, *, pairs: str = "pair", out: str = "scored"
) -> None:
    """Make the table `out`: a, b, weight, level of every part, veto (the first one's number).

    `named`: one forename that tells. `pairs` has a and b. `prepare` comes before.
    """
    levels(con, pairs=pairs, out="levelled")
    con.execute(
        f"""
        create or replace table {out} as
        select a, b, round({_weight(model)}, {DIGITS}) as weight, {VETO} as veto,
            adults, {named("levelled")} as named, {", ".join(PARTS)}
        from levelled
        """
    )
    con.execute("drop table levelled")


def levels(con: DuckDBPyConnection, *, pairs: str, out: str) -> None:
    """Make the table `out`: a, b, the level of every part, and what the vetoes look at."""
    con.execute(
        f"""
        create or replace table coded as
        select a, b, l.g as lg, r.g as rg, l.s as ls, r.s as rs,
            {", ".join(f"({sql})::tinyint as {part}" for part, sql in RECORD_LEVELS.items())},
            (l.child and r.adult) or (l.adult and r.child) as generations,
            l.unborn or r.unborn as unborn, l.adult and r.adult as adults
        from {pairs} p join mention l on l.id = p.a join mention r on r.id = p.b
        """
    )
    con.execute(
        f"""
        create or replace table given_pair as
        select lg, rg, ({FORENAME})::tinyint as forename, ({MIDDLE})::tinyint as middle,
            least(l.bits, r.bits) as given_bits, l.honour and r.honour as both_honours,
            coalesce(l.honour or r.honour, false) as an_honour,
            coalesce(l.f_is_surname and r.f_is_surname, false) as surname_first,
            coalesce(l.f_of_many or r.f_of_many or not (l.known and r.known), false)
                as surname_first_perhaps,
            coalesce(not (l.known and r.known) and l.f[1] = r.f[1], false) as slipped,
            {both_sides(GIVEN)}
        from (select distinct lg, rg from coded) join given_of l on l.g = lg
        join given_of r on r.g = rg
        """
    )
    con.execute(
        f"""
        create or replace table family_pair as
        select ls, rs, ({SURNAME})::tinyint as surname, least(l.bits, r.bits) as whole_bits,
            least(l.part_bits, r.part_bits) as part_bits,
            l.l_is_forename::tinyint + r.l_is_forename::tinyint as forenames_last,
            l.l is not null and r.l is not null as surnamed,
            {both_sides(FAMILY)}
        from (select distinct ls, rs from coded) join family_of l on l.s = ls
        join family_of r on r.s = rs
        """
    )
    con.execute(
        f"""
        create or replace table {out} as
        select c.* exclude (lg, rg, ls, rs, swapped, crosses, an_honour, both_honours)
            replace (case when swapped then {Forename.SWAPPED} when {_CROSSED}
                    then {Forename.CROSSED} else forename end as forename,
                case when swapped or {_CROSSED} then null else surname end as surname),
            case when swapped then an_honour else both_honours end as lone_honour
        from (
            select c.*, forename, middle, surname, given_bits, whole_bits, part_bits,
                both_honours, an_honour,
                surnamed and not adults and (
                    (forenames_last = 2 and surname_first_perhaps)
                    or (forenames_last = 1 and surname_first)) as turned_perhaps,
                coalesce(list_has_any(l_f_tokens, r_turned) or list_has_any(r_f_tokens, l_turned),
                    false) as crosses,
                coalesce(slipped, false) or crosses as unclear,
                {swapped()} as swapped
            from coded c join given_pair using (lg, rg) join family_pair using (ls, rs)
        ) c
        """
    )
    for table in ("coded", "given_pair", "family_pair"):
        con.execute(f"drop table {table}")


_ONE_FORENAME = (Forename.SAME, Forename.VARIANT, Forename.PET, Forename.SLIP)
_ONE_SURNAME = (Surname.SAME, Surname.VARIANT, Surname.SLIP)


def _weight(model: Model) -> str:
    parts = [_worth(part, model.weights[part]) for part in PARTS]
    return (
        " + ".join(parts)
        + f" + case when {among('forename', (*_ONE_FORENAME, Forename.SWAPPED))}"
        + " then given_bits else 0 end"
        + f" + case when {among('surname', _ONE_SURNAME)} or forename = {Forename.SWAPPED}"
        + f" then whole_bits when surname = {Surname.PART} then part_bits else 0 end"
    )


def _worth(part: str, weights: tuple[float, ...]) -> str:
    cases = " ".join(
        f"when {level} then {weight!r}::double" for level, weight in enumerate(weights)
    )
    return f"case {part} {cases} else 0 end"
