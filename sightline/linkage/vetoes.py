"""What keeps many pairs apart at once: `rules.linkage.vetoes` in the words of DuckDB.

Asked of pairs whose levels are known (`scoring.levels`); tests/linkage holds that both agree.
"""

from collections.abc import Iterable

from sightline.rules.linkage.levels import Birth, Forename, Home, Middle, Surname
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


def among(column: str, levels: Iterable[int]) -> str:
    """Whether the level in a column is one of these; false where it has none."""
    return (
        f"coalesce({column} in ({', '.join(str(int(level)) for level in sorted(levels))}), false)"
    )


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
