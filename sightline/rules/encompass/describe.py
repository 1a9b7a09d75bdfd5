"""The rules of telling schools as a chapter that a key adult can read."""

from sightline.rules.encompass.rules_file import EncompassRules, shipped_rules
from sightline.rules.handbook.parts import Chapter, Section, Table


def chapters() -> tuple[Chapter, ...]:
    """Return every version in words."""
    return tuple(describe(rules) for rules in shipped_rules())


def describe(rules: EncompassRules) -> Chapter:
    """Return the rules in words."""
    return Chapter(
        title=rules.title,
        key=rules.key,
        source=rules.source,
        where="sightline/rules/encompass/data",
        commencement=rules.commencement,
        end=rules.end,
        sections=(
            Section("Who is told", _who(rules)),
            Section("By when, and who hears of what is not read", _when(), (_rungs(rules),)),
            Section("Key adults", _key_adults(rules)),
        ),
    )


def _who(rules: EncompassRules) -> tuple[str, ...]:
    youngest, oldest = rules.ages
    return (
        f"The school, college or other setting of every child of {youngest} to {oldest} who is"
        " named in a notification, and of a child whose age is not known; present or not.",
        "Of brothers and sisters in several schools each school, of its own pupils alone.",
        "Of a child taught at home, the council's officer.",
        f"Of a child below {youngest}, the setting that police named, or nobody. Of an unborn child"
        f" and of anybody older than {oldest}, nobody.",
        "Where a child has left the school that was named, the school that the child went to.",
        "What a message holds is what the sharing rules in force allow, item by item.",
    )


def _when() -> tuple[str, ...]:
    return (
        "At once, in holidays and at weekends too, to be read by 09:00 of the school's next day:"
        " its own terms, closed days, weekends and bank holidays are left out.",
    )


def _rungs(rules: EncompassRules) -> Table:
    return Table(
        ("Minutes before the bell", "Of a message that nobody has opened"),
        tuple((str(int(r.before.total_seconds()) // 60), r.words) for r in rules.rungs),
    )


def _key_adults(rules: EncompassRules) -> tuple[str, ...]:
    rule = rules.key_adults
    return (
        f"A school confirms its key adults at least every {rule.old_after.days} days. After that it"
        f" is asked every {rule.ask_again.days} days.",
        f"After {rule.officer_after.days} days, or where a school has nobody who can be told, the"
        " council's safeguarding officer rings.",
    )
