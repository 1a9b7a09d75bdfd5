"""The rules of asking as a chapter that a screening manager can read and correct."""

from sightline.rules.handbook.parts import Chapter, Section, Table
from sightline.rules.research.parts import KNOWN_FACTS, Rule, RuleSet, Who

ABOUT = {
    Who.CHILD: "each child who is born", Who.UNBORN: "the unborn child", Who.VICTIM: "the victim",
    Who.PERPETRATOR: "the perpetrator",
}  # fmt: skip
FIRST = (
    "Agencies are asked as soon as a case opens, and again when a notification is corrected or a"
    " scale is set; each service is asked about each person once. A person may ask further"
    " agencies, with a reason, and may withdraw a question.",
    "A scale that is only suggested asks nobody.",
    "Nobody whose record is restricted is asked about by rule.",
    "An agency is told who is asked about and why, and that there was an incident; nothing of"
    " anybody else, and no address.",
)


def describe(rules: RuleSet) -> Chapter:
    """Return the rules in words."""
    return Chapter(
        title=rules.title,
        key=rules.key,
        source=rules.source,
        where="sightline/rules/research/data",
        commencement=rules.commencement,
        end=rules.end,
        sections=(
            Section("How agencies are asked", FIRST),
            Section("Who is asked", (), (_rules(rules),)),
            Section("By when", _hours(rules), (_urgencies(rules),)),
            Section("What is read out of a notification's words", (), (_facts(rules),)),
        ),
    )


def _hours(rules: RuleSet) -> tuple[str, ...]:
    day = rules.hours.day
    return (
        f"Hours count from {day.starts:%H:%M} to {day.ends:%H:%M} on working days, Monday to"
        " Friday without bank holidays.",
        f"What is asked at {day.cut_off:%H:%M} or later begins the next working day."
        f" {rules.hours.source}",
        "The most urgent of what the grade and the scale ask for applies.",
    )


def _rules(rules: RuleSet) -> Table:
    headings = ("Rule", "Service", "Asked about", "When", "Why")
    rows = (
        (
            rule.id, rule.service.words, " and ".join(ABOUT[who] for who in rule.about),
            _when(rule, rules), rule.reason,
        )
        for rule in rules.rules
    )  # fmt: skip
    return Table(headings, tuple(rows))


def _when(rule: Rule, rules: RuleSet) -> str:
    names = KNOWN_FACTS | {fact.code: fact.name for fact in rules.facts}
    causes = [f"police graded it {grade}" for grade in rule.grades]
    if rule.from_scale is not None:
        causes.append(f"a scale of {rule.from_scale} or more is set for a child")
    causes += [names[code] for code in rule.facts]
    parts = [_ages(rule), " or ".join(causes)]
    return "; ".join(part for part in parts if part) or "always"


def _ages(rule: Rule) -> str:
    lowest, highest = rule.from_years, rule.under_years
    if lowest is None and highest is None:
        return ""
    ages = f"from {lowest}" if highest is None else f"under {highest}"
    if lowest is not None and highest is not None:
        ages = f"from {lowest}, under {highest}"
    return f"{ages}{', or of unknown age' if rule.age_not_known == 'ask' else ''}"


def _urgencies(rules: RuleSet) -> Table:
    rows = (
        (
            urgency.name, f"{urgency.hours} working hours",
            ", ".join(grade or "none given" for grade in urgency.grades),
            ", ".join(str(scale) for scale in urgency.scales), urgency.source,
        )
        for urgency in rules.urgencies
    )  # fmt: skip
    return Table(("Urgency", "Answer within", "Grade", "Scale", "Source"), tuple(rows))


def _facts(rules: RuleSet) -> Table:
    rows = ((fact.name, ", ".join(fact.words)) for fact in rules.facts)
    return Table(("What is taken to be so", "Where one of these words stands"), tuple(rows))
