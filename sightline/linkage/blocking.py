"""Which mentions are worth comparing: the keys of `rules.linkage.keys` for all of them at once."""

from duckdb import DuckDBPyConnection

from sightline.rules.linkage.keys import MONTHS, TOO_COMMON

_FIRST = "unnest(g.key_sounds)"
_LAST = "unnest(s.key_sounds)"
_DAY = "m.dob"
_BOTH = "least(first, last), greatest(first, last)"
# kind: what must agree, and when there is such a key
_NAMED = {
    "n": ("m.nhs_number", "m.nhs_number <> ''"),
    "u": ("m.upn", "m.upn <> ''"),
    "i": ("m.police_id", "m.police_id <> ''"),
    "t": (f"{_FIRST}, m.phone", "m.phone <> ''"),
    "d": (f"unnest(list_distinct(g.key_sounds || s.key_sounds)), {_DAY}", "m.dob is not null"),
    "m": (
        f"{_LAST}, year({_DAY}), least(day({_DAY}), month({_DAY})),"
        f" greatest(day({_DAY}), month({_DAY}))",
        f"greatest(day({_DAY}), month({_DAY})) <= {MONTHS} and day({_DAY}) <> month({_DAY})",
    ),
    "y": (f"{_BOTH}, year({_DAY}), m.area", "m.dob is not null and m.area <> ''"),
    "e": (f"{_BOTH}, month({_DAY}), day({_DAY})", "m.dob is not null"),
    "p": (f"{_FIRST}, m.postcode", "m.postcode <> ''"),
    "z": (f"{_BOTH}, m.sector", "m.sector <> ''"),
    "a": (f"{_FIRST}, m.house, m.street", "m.house <> '' and m.street <> ''"),
}
_OF_A_CHILD = {"b": (f"{_LAST}, m.postcode", "m.child and m.postcode <> ''")}


def block(con: DuckDBPyConnection) -> None:
    """Make the table `pair` (a, b): mentions of two sources with a key in common, a < b."""
    con.execute("create table key (key ubigint, id integer)")
    for kind, (values, when) in _NAMED.items():
        con.execute(_keys(kind, values, f"{when} and not m.unborn"))
    for kind, (values, when) in _OF_A_CHILD.items():
        con.execute(_keys(kind, values, when))
    con.execute(
        f"""
        create table shared as
        select key, id from key semi join (
            select key from key group by key having count(*) between 2 and {TOO_COMMON}
        ) using (key)
        """
    )
    con.execute("drop table key")
    con.execute(
        """
        create table pair as
        select a, b from (
            select distinct x.id as a, y.id as b
            from shared x join shared y on x.key = y.key and x.id < y.id
        ) join mention l on l.id = a join mention r on r.id = b
        where l.notice <> r.notice
        """
    )
    con.execute("drop table shared")


def _keys(kind: str, values: str, when: str) -> str:
    source = "mention m join given g using (g) join family s using (s)"
    if _BOTH in values:
        source += ", unnest(g.key_sounds) as x(first), unnest(s.key_sounds) as y(last)"
    return f"""
        insert into key
        select hash('{kind}', {values}) as key, m.id from {source} where {when}
    """
