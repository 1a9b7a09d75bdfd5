"""Reading the rules of asking from TOML; whatever is wrong in it is refused with its place."""

from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from sightline.rules.datafile import (
    Table,
    heading,
    in_force,
    in_order,
    no_duplicates,
    read,
)
from sightline.rules.research.parts import (
    GRADES,
    KNOWN_FACTS,
    Fact,
    Hours,
    Rule,
    RuleSet,
    Urgency,
    Who,
)
from sightline.rules.research.services import Service
from sightline.rules.working_hours import WorkingDay

DATA = Path(__file__).parent / "data"
NO_AGE = ("ask", "leave")
OLDEST, MOST_HOURS, HIGHEST = 120, 400, 4


def load_rules(path: Path) -> RuleSet:
    """The rules in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(RuleSet)
    facts = tuple(_fact(one) for one in table.tables("facts", "code"))
    found = RuleSet(
        **heading(table), hours=_hours(table),
        urgencies=tuple(_urgency(one) for one in table.tables("urgencies", "code")),
        facts=facts,
        rules=tuple(_rule(one, {f.code for f in facts}) for one in table.tables("rules")),
    )  # fmt: skip
    _check(found, table)
    return found


@cache
def shipped_rules() -> tuple[RuleSet, ...]:
    """Every version that comes with Sightline, the oldest first."""
    return in_order(DATA, "*.toml", load_rules)


def rules_on(day: date) -> RuleSet:
    """The rules in force on a day, the newest where two are; before all of them, the first."""
    valid = [one for one in shipped_rules() if in_force(one, day)]
    return valid[-1] if valid else shipped_rules()[0]


def rules_called(key: str, day: date) -> RuleSet:
    """The version of that id and version; those in force on a day where there is no such."""
    return next((one for one in shipped_rules() if one.key == key), rules_on(day))


def _check(found: RuleSet, table: Table) -> None:
    no_duplicates((rule.id for rule in found.rules), table)
    no_duplicates((fact.code for fact in found.facts), table)
    no_duplicates((urgency.code for urgency in found.urgencies), table)
    covered = {grade for urgency in found.urgencies for grade in urgency.grades}
    for grade in set(GRADES) - covered:
        raise table.fault(f"no urgency for the grade {grade or 'none given'!r}")
    hours = [urgency.hours for urgency in found.urgencies]
    if hours != sorted(hours):
        raise table.fault("urgencies must go from the most urgent to the least")


def _hours(table: Table) -> Hours:
    values = table.table("hours")
    values.only(Hours, "starts", "ends", "cut_off")
    try:
        day = WorkingDay(_time(values, "starts"), _time(values, "ends"), _time(values, "cut_off"))
    except ValueError as error:
        raise values.fault(str(error)) from None
    return Hours(day, values.text("source"))


def _time(table: Table, key: str) -> time:
    value = table.values.get(key)
    if not isinstance(value, time):
        raise table.fault(f"{key} must be a time, as 09:00:00")
    return value


def _urgency(table: Table) -> Urgency:
    table.only(Urgency)
    scales = table.values.get("scales")
    return Urgency(
        code=table.text("code"), name=table.text("name"),
        hours=table.whole("hours", 1, MOST_HOURS), grades=_of(table, "grades", GRADES),
        scales=tuple(_scale(table, one) for one in scales) if isinstance(scales, list) else (),
        source=table.text("source"),
    )  # fmt: skip


def _scale(table: Table, value: object) -> int:
    if not isinstance(value, int) or not 1 <= value <= HIGHEST:
        raise table.fault(f"scales must be whole numbers from 1 to {HIGHEST}, not {value!r}")
    return value


def _fact(table: Table) -> Fact:
    table.only(Fact)
    words = table.texts("words")
    if not words or table.text("code") in KNOWN_FACTS:
        raise table.fault("a fact needs words to look for, and a code of its own")
    return Fact(code=table.text("code"), name=table.text("name"), words=words)


def _rule(table: Table, facts: set[str]) -> Rule:
    table.only(Rule)
    about = _of(table, "about", tuple(Who))
    if not about:
        raise table.fault("about must name somebody")
    rule = Rule(
        id=table.text("id"), service=Service(_of_one(table, "service", tuple(Service))),
        about=tuple(Who(one) for one in about), reason=table.text("reason"),
        from_years=_optional(table, "from_years", OLDEST),
        under_years=_optional(table, "under_years", OLDEST),
        age_not_known=_of_one(table, "age_not_known", NO_AGE, missing="leave"),
        grades=_of(table, "grades", GRADES), from_scale=_optional(table, "from_scale", HIGHEST),
        facts=_of(table, "facts", (*KNOWN_FACTS, *sorted(facts))),
    )  # fmt: skip
    if rule.under_years is not None and (rule.from_years or 0) >= rule.under_years:
        raise table.fault("under_years must be above from_years")
    return rule


def _optional(table: Table, key: str, most: int) -> int | None:
    return table.whole(key, 1, most) if table.has(key) else None


def _of(table: Table, key: str, known: tuple[Any, ...]) -> tuple[str, ...]:
    """A list of texts, each of them one of `known`."""
    found = table.texts(key)
    for one in found:
        if one not in known:
            raise table.fault(f"{key}: unknown {one!r}")
    return found


def _of_one(table: Table, key: str, known: tuple[Any, ...], missing: str = "") -> str:
    value = missing if missing and not table.has(key) else table.text(key)
    if value not in known:
        raise table.fault(f"{key}: unknown {value!r}")
    return value
