"""The levels of many pairs at once: `rules.linkage.levels` in the words of DuckDB.

Each expression here says what the function of the same name there says, and tests/linkage holds
that both give the same. `l` and `r` are the two mentions.
"""

from sightline.linkage.alike import look_alike, one_letter_off
from sightline.rules.linkage.levels import (
    GENERATION,
    PLACEHOLDER_YEARS,
    SHORTEST_NUMBER,
    Birth,
    Forename,
    Middle,
    PoliceNumber,
    Surname,
)
from sightline.rules.linkage.names import SERVANTS

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
