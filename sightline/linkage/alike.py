"""Names one letter off, alike, or the other way round: `rules.linkage` in the words of DuckDB."""

from collections.abc import Iterable

from sightline.rules.linkage import names as rules

# What telling the other way round needs of a mention's given names and of its surname.
GIVEN = (
    "f", "f_listed", "f_tokens", "called_tokens", "called_sounds", "f_turned", "f_turned_sounds",
)  # fmt: skip
FAMILY = ("l", "l_is_forename", "part_tokens", "part_sounds", "turned", "turned_sounds")
DOTTED, UNDERLINED = "{side}.{column}", "{side}_{column}"


def one_letter_off(left: str, right: str) -> str:
    return (
        f"greatest(length({left}), length({right})) >= {rules.SHORTEST_SLIP}"
        f" and abs(length({left}) - length({right})) <= 1"
        f" and damerau_levenshtein({left}, {right}) = 1"
    )


def look_alike(left: str, right: str, sounds: str) -> str:
    alike = f"jaro_winkler_similarity(least({left}, {right}), greatest({left}, {right}))"
    sound_alike = f"list_has_any(l.{sounds}, r.{sounds})"
    return f"""(({left}[1] = {right}[1] or {sound_alike})
        and ({alike} >= {rules.LOOKS_ALIKE}
            or ({sound_alike} and {alike} >= {rules.SOUNDS_AND_LOOKS_ALIKE})))"""


def both_sides(columns: Iterable[str]) -> str:
    """The columns of `l` and `r`, each with its side before it: l_f, r_f."""
    return ", ".join(f"{side}.{column} as {side}_{column}" for side in "lr" for column in columns)


def swapped(written: str = UNDERLINED) -> str:
    """`levels._swapped`; `written` is how a column of a side is called."""
    overlap = " , ".join(written.format(side=side, column="f_tokens") for side in "lr")
    turned = f"{_turned('l', 'r', written)} or {_turned('r', 'l', written)}"
    return f"(not list_has_any({overlap}) and ({turned}))"


def _turned(a: str, b: str, written: str) -> str:
    """`levels._turned` of `a` and `b`."""
    mine = {column: written.format(side=a, column=column) for column in (*GIVEN, *FAMILY)}
    theirs = {column: written.format(side=b, column=column) for column in (*GIVEN, *FAMILY)}
    last_off = one_letter_off(mine["l"], theirs["f"])
    first_off = one_letter_off(mine["f"], theirs["l"])
    last_is = f"list_has_any({mine['part_tokens']}, {theirs['f_turned']})"
    return f"""case
        when list_has_any({mine["called_tokens"]}, {theirs["turned"]}) then {last_is}
            or list_has_any({mine["part_sounds"]}, {theirs["f_turned_sounds"]})
            or (not ({mine["l_is_forename"]} and {theirs["f_listed"]}) and {last_off})
        else {last_is} and (({first_off})
            or list_has_any({mine["called_sounds"]}, {theirs["turned_sounds"]})) end"""
