"""The levels and weights of many pairs at once: `rules.linkage` in the words of DuckDB.

Each expression here says what the function of the same name in `rules.linkage.levels` says, and
tests/linkage holds that both give the same weight. `l` and `r` are the two mentions.
"""

from collections.abc import Iterable, Sequence

from duckdb import DuckDBPyConnection

from sightline.linkage.alike import (
    FAMILY,
    GIVEN,
    both_sides,
    look_alike,
    one_letter_off,
    swapped,
)
from sightline.rules.linkage.compare import DIGITS
from sightline.rules.linkage.levels import (
    GENERATION,
    PLACEHOLDER_YEARS,
    SHORTEST_NUMBER,
    Birth,
    Forename,
    Home,
    Middle,
    PoliceNumber,
    Surname,
)
from sightline.rules.linkage.model import Model, Rarity
from sightline.rules.linkage.names import SERVANTS
from sightline.rules.linkage.vetoes import (
    AT_HOME,
    CONFIRMED,
    NEARLY_ONE_BIRTH,
    ONE_BIRTH,
    ONE_FORENAME,
    ONE_PHONE,
    ONE_SPELLED,
    ONE_SURNAME,
    OTHER_NAME,
    PERHAPS_OTHER,
    SAME_DATE,
    Veto,
)
from sightline.rules.linkage.words import PARTS

_YEARS = "abs(year(l.dob) - year(r.dob))"
_LOW, _HIGH = "least(l.f, r.f)", "greatest(l.f, r.f)"


_DAYS = ("strftime(l.dob, '%Y%m%d')", "strftime(r.dob, '%Y%m%d')")
BIRTH = f"""case
    when l.dob is null or r.dob is null then null
    when l.dob = r.dob then case when l.placeholder then {Birth.JANUARY} else {Birth.SAME} end
    when l.placeholder or r.placeholder then case
        when {_YEARS} = 0 then {Birth.PLACEHOLDER}
        when {_YEARS} <= {PLACEHOLDER_YEARS} then {Birth.PLACEHOLDER_NEAR}
        else {Birth.CONFLICT} end
    when {_YEARS} = 0 and day(l.dob) = month(r.dob) and month(l.dob) = day(r.dob)
        then {Birth.SWAPPED}
    when damerau_levenshtein({_DAYS[0]}, {_DAYS[1]}) = 1 then {Birth.ONE_DIGIT}
    when {_YEARS} = 0 then {Birth.SAME_YEAR}
    when {_YEARS} < {GENERATION} then {Birth.OTHER_YEAR}
    else {Birth.CONFLICT} end"""

SEX = "case when l.sex = '' or r.sex = '' then null when l.sex = r.sex then 0 else 1 end"

_SAME_STREET = "l.street <> '' and l.street = r.street and l.house <> '' and l.house = r.house"
HOME = f"""case
    when l.postcode = '' or r.postcode = '' then case when {_SAME_STREET} then 3 end
    when l.postcode = r.postcode then case
        when l.house = '' or r.house = '' then 1 when l.house = r.house then 0 else 2 end
    when {_SAME_STREET} then 3
    when l.sector <> '' and l.sector = r.sector then 4
    else 5 end"""

PHONE = f"""case
    when l.phone = '' or r.phone = '' then null
    when l.phone <> r.phone then 2
    when l.postcode = '' or r.postcode = '' or l.postcode = r.postcode or ({_SAME_STREET}) then 1
    else 0 end"""


def _number(column: str) -> str:
    left, right = f"l.{column}", f"r.{column}"
    return f"""case when {left} = '' or {right} = '' then null
        when {left} = {right} then 0 else 1 end"""


_TEMPORARY = "(l.upn[13] between 'A' and 'Z' or r.upn[13] between 'A' and 'Z')"
UPN = f"""case when l.upn <> r.upn and {_TEMPORARY}
    then null else {_number("upn")} end"""

POLICE_ID = f"""case
    when l.police_id = '' or r.police_id = '' then null
    when l.police_id = r.police_id then {PoliceNumber.SAME}
    when least(length(l.police_id), length(r.police_id)) >= {SHORTEST_NUMBER}
        and damerau_levenshtein(l.police_id, r.police_id) = 1 then {PoliceNumber.ONE_OFF}
    else {PoliceNumber.DIFFERENT} end"""

RECORD_LEVELS = {
    "birth": BIRTH, "sex": SEX, "home": HOME, "phone": PHONE,
    "nhs_number": _number("nhs_number"), "upn": UPN, "police_id": POLICE_ID,
}  # fmt: skip


_SLIP = f"""l.f[1] = r.f[1] and {one_letter_off("l.f", "r.f")}"""
_RUN_TOGETHER = "(list_has_any(l.run_on, r.f_firm) or list_has_any(r.run_on, l.f_firm))"
_INITIALS = "length(l.f) = 1 or length(r.f) = 1"
_INITIAL = """(l.f[1] = r.f[1] or (length(l.f) = 1 and list_contains(r.honour_first, l.f))
    or (length(r.f) = 1 and list_contains(l.honour_first, r.f)))"""
_MIDDLE_NAME = """(list_has_any(l.f_tokens, r.other_tokens)
    or list_contains(r.other_tokens, '=' || l.f)
    or list_has_any(r.f_tokens, l.other_tokens)
    or list_contains(l.other_tokens, '=' || r.f))"""


def _part(short: str, long: str) -> str:
    """`names.is_shortened`, where the one is shorter."""
    servants = ", ".join(f"'{name}'" for name in sorted(SERVANTS))
    rest = f"left({long}.f, length({long}.f) - length({short}.f))"
    return f"""(length({short}.f) < length({long}.f) and length({short}.f) > 1 and (
        (starts_with({long}.f, {short}.f) and ({short}.f in ({servants}) or not {long}.f_listed))
        or (ends_with({long}.f, {short}.f) and {rest} in ({servants}))))"""


_PART = f"({_part('l', 'r')} or {_part('r', 'l')})"

FORENAME = f"""case
    when l.f is null or r.f is null then null
    when {_RUN_TOGETHER} then {Forename.SAME}
    when {_INITIALS} then case
        when {_INITIAL} then {Forename.INITIAL}
        when l.honour <> r.honour then {Forename.HONOUR}
        when {_MIDDLE_NAME} then {Forename.MIDDLE}
        else {Forename.DIFFERENT} end
    when l.f = r.f then {Forename.SAME}
    when list_has_any(l.f_firm, r.f_firm) then {Forename.VARIANT}
    when list_has_any(l.f_tokens, r.f_tokens) then
        case when l.christened and r.christened then {Forename.PET} else {Forename.VARIANT} end
    when l.known <> r.known and {_SLIP}
        then case when l.honour or r.honour then {Forename.ALIKE} else {Forename.SLIP} end
    when l.honour <> r.honour then {Forename.HONOUR}
    when not (l.known and r.known) and {look_alike("l.f", "r.f", "f_sounds")}
        then {Forename.ALIKE}
    when {_MIDDLE_NAME} or {_PART} then {Forename.MIDDLE}
    when {look_alike("l.f", "r.f", "f_sounds")} then {Forename.NEAR}
    else {Forename.DIFFERENT} end"""

MIDDLE = f"""case
    when coalesce({_RUN_TOGETHER}, false) then null
    when l.others = 0 or r.others = 0 or l.others is null or r.others is null then null
    when list_has_any(l.other_tokens, r.other_tokens) then {Middle.SAME}
    when list_has_any(l.other_single, r.other_first) or list_has_any(r.other_single, l.other_first)
        then {Middle.INITIAL}
    else {Middle.DIFFERENT} end"""

SURNAME = f"""case
    when l.l is null or r.l is null then null
    when l.l = r.l then {Surname.SAME}
    when list_has_any(l.l_tokens, r.l_tokens) then {Surname.VARIANT}
    when (l.parts > 1 or r.parts > 1) and list_has_any(l.part_tokens, r.part_tokens)
        then {Surname.PART}
    when {one_letter_off("l.l", "r.l")} then {Surname.SLIP}
    when {look_alike("l.l", "r.l", "l_sounds")} then {Surname.ALIKE}
    else {Surname.DIFFERENT} end"""


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


def among(column: str, levels: Iterable[int]) -> str:
    """Whether the level in a column is one of these; false where it has none."""
    return (
        f"coalesce({column} in ({', '.join(str(int(level)) for level in sorted(levels))}), false)"
    )


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


def named(pair: str) -> str:
    """Whether the forename of a levelled pair is one, and not only one that brothers may share."""
    return f"({among(f'{pair}.forename', CONFIRMED)} and not coalesce({pair}.lone_honour, false))"


VETOES = tuple(Veto)  # a number in `veto` is a place in here, counted from 0
_IDENTIFIED = (
    "("
    + " or ".join(f"coalesce({part} = 0, false)" for part in ("nhs_number", "upn", "police_id"))
    + ")"
)
_ONE_BIRTH = among("birth", ONE_BIRTH)
_TO_THE_LETTER = f"""(
    (coalesce(forename = {Forename.SAME}, false) and ({_ONE_BIRTH}
        or (adults and birth is null and {among("surname", ONE_SURNAME)})))
    or (adults and {among("forename", ONE_SPELLED)} and {_ONE_BIRTH}))"""
_AT_HOME_ALONE = (
    f"(adults and coalesce(birth, {Birth.PLACEHOLDER}) = {Birth.PLACEHOLDER}"
    f" and {among('surname', ONE_SURNAME)} and coalesce(home = {Home.HOUSE}, false))"
)
_CONFIRMED = (
    f"({among('forename', CONFIRMED)} and (not coalesce(lone_honour, false) or {_AT_HOME_ALONE}"
    f" or (adults and {_ONE_BIRTH})))"
)
_AT_ONE_PLACE = f"({among('home', AT_HOME)} or {among('phone', ONE_PHONE)})"
_HOUSE = f"coalesce(home = {Home.HOUSE}, false)"
_ANOTHER_DAY = among("birth", (Birth.SAME_YEAR, Birth.OTHER_YEAR))
_ONE_NAME = (
    f"({among('forename', ONE_FORENAME)} and {among('surname', ONE_SURNAME)}"
    f" and not coalesce(lone_honour, false) and not coalesce(middle = {Middle.DIFFERENT}, false))"
)
_SURNAME_CONFIRMED = (
    f"({among('surname', ONE_SURNAME)} or coalesce(forename = {Forename.SWAPPED}, false))"
)
_LIKELY = (
    f"(adults and coalesce(birth = {Birth.SAME}, false) and {among('surname', ONE_SURNAME)}"
    f" and not {among('forename', OTHER_NAME)})"
)
_BORN_ON_ONE_DAY = f"({among('birth', SAME_DATE)} and not coalesce(sex = 1, false))"
_PERHAPS_MISHEARD = f"""(adults and {_BORN_ON_ONE_DAY} and {among("surname", ONE_SURNAME)}
    and coalesce(forename = {Forename.NEAR}, false))"""
_SHARED = f"""({among("surname", ONE_SURNAME)} and (coalesce(lone_honour, false)
    or {among("forename", (Forename.HONOUR, Forename.ALIKE))}))"""
_OTHER_NAME = among("forename", OTHER_NAME)
_SIBLINGS = f"coalesce(surname <> {Surname.DIFFERENT}, false)"
_TWINS = f"({among('birth', SAME_DATE)} and {_SIBLINGS})"


def numbers(vetoes: Iterable[Veto]) -> str:
    """The numbers of these vetoes, as SQL lists them."""
    return ", ".join(str(_veto(veto)) for veto in vetoes)


def _veto(veto: Veto) -> int:
    return VETOES.index(veto)


# Contradictions come first: where one holds, it is the one that is kept.
VETO = f"""case
    when coalesce(birth = {Birth.CONFLICT}, false) or ({_ANOTHER_DAY} and not {_ONE_NAME})
        then {_veto(Veto.BIRTH_CONFLICT)}
    when coalesce(nhs_number = 1, false) or coalesce(upn = 1, false)
        then {_veto(Veto.IDENTIFIER_CONFLICT)}
    when birth is null and not {_IDENTIFIED} and generations then {_veto(Veto.GENERATIONS)}
    when unborn then {_veto(Veto.UNBORN)}
    when {_IDENTIFIED} and not {_CONFIRMED} then case
        when not {among("birth", SAME_DATE)} then {_veto(Veto.IDENTIFIER_UNBACKED)}
        when {_OTHER_NAME} or (not adults and {among("forename", PERHAPS_OTHER)})
            then {_veto(Veto.TWINS)} end
    when not {_CONFIRMED} and not {_LIKELY} then case
        when not {_OTHER_NAME} or unclear or {_PERHAPS_MISHEARD} then case
            when {_BORN_ON_ONE_DAY} and adults then {_veto(Veto.NAME_UNCLEAR)}
            when {_BORN_ON_ONE_DAY} and {_SHARED} then {_veto(Veto.NAME_SHARED)}
            else {_veto(Veto.FORENAME_UNCONFIRMED)} end
        when {_TWINS} then {_veto(Veto.TWINS)} else {_veto(Veto.FORENAME_DIFFERS)} end
    when coalesce(forename = {Forename.PET}, false) and {_TWINS} and not adults
        then {_veto(Veto.TWINS)}
    when coalesce(middle = {Middle.DIFFERENT}, false) and {_SIBLINGS}
        then {_veto(Veto.MIDDLE_DIFFERS)}
    when coalesce(sex = 1, false) and not {_IDENTIFIED}
        and not {_TO_THE_LETTER}
        then {_veto(Veto.SEX_DIFFERS)}
    when not ({_IDENTIFIED} or {_SURNAME_CONFIRMED} or {_ONE_BIRTH} or {_HOUSE})
        then {_veto(Veto.TOO_LITTLE)}
    when not ({_IDENTIFIED} or {_SURNAME_CONFIRMED} or not {_ONE_BIRTH} or surname is null)
        and turned_perhaps then {_veto(Veto.NAME_SHARED)}
    when not ({_IDENTIFIED} or {_SURNAME_CONFIRMED} or not {_ONE_BIRTH} or surname is null
        or {_AT_ONE_PLACE}) then {_veto(Veto.SURNAME_DIFFERS)}
    when {_ANOTHER_DAY} and not {_HOUSE} then {_veto(Veto.BIRTH_DIFFERS)}
    when {among("birth", NEARLY_ONE_BIRTH)} and not ({_IDENTIFIED} or {_AT_ONE_PLACE})
        then {_veto(Veto.BIRTH_NEARLY)}
    end"""

COMPANY_SPEAKS = f"(not {_OTHER_NAME} or {_ONE_BIRTH})"
