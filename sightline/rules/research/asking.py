"""Who is asked what they know of the people in a notification, about whom, why and how fast.

Source: the sets in data/, each with its own. Facts go in, askings with their reasons come out; a
reason is shown to the agency, so it says nothing of anybody but the person it is about.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sightline.rules.calendar import Holidays
from sightline.rules.due import Due
from sightline.rules.research.parts import Asking, Fact, Rule, RuleSet, Subject, Urgency
from sightline.rules.working_hours import due_in_working_hours


def who_is_asked(
    rules: RuleSet, subjects: Iterable[Subject], *, grade: str, scale: int | None
) -> list[Asking]:
    """Return what is to be asked, each service about each person once, in the order of the rules.

    grade: what police gave, "" for none. scale: the highest that somebody has set for a child of
    the family, None while nobody has. A service of which two rules speak is asked for the first.
    """
    found: dict[tuple[str, int], Asking] = {}
    everybody = list(subjects)
    for rule in rules.rules:
        for subject in everybody:
            if _applies(rule, subject, grade, scale):
                asking = Asking(rule.service, subject.key, rule.id, _reason(rule, subject))
                found.setdefault((rule.service, subject.key), asking)
    return list(found.values())


def _applies(rule: Rule, subject: Subject, grade: str, scale: int | None) -> bool:
    return (
        subject.who in rule.about
        and _of_that_age(rule, subject)
        and _for_a_cause(rule, subject, grade, scale)
    )


def _of_that_age(rule: Rule, subject: Subject) -> bool:
    if rule.from_years is None and rule.under_years is None:
        return True
    if subject.years is None:
        return rule.age_not_known == "ask"
    oldest = rule.under_years is None or subject.years < rule.under_years
    return oldest and subject.years >= (rule.from_years or 0)


def _for_a_cause(rule: Rule, subject: Subject, grade: str, scale: int | None) -> bool:
    """Whether one of the causes that the rule names holds, or it names none."""
    if not rule.grades and rule.from_scale is None and not rule.facts:
        return True
    by_scale = rule.from_scale is not None and scale is not None and scale >= rule.from_scale
    return grade in rule.grades or by_scale or bool(subject.facts.intersection(rule.facts))


def _reason(rule: Rule, subject: Subject) -> str:
    has_age = rule.from_years is not None or rule.under_years is not None
    return f"{rule.reason} The age is not known." if has_age and subject.years is None else (
        rule.reason
    )  # fmt: skip


def urgency_of(rules: RuleSet, *, grade: str, scale: int | None) -> Urgency:
    """Return the most urgent of what the grade and the scale ask for; ValueError for neither."""
    for urgency in rules.urgencies:
        if grade in urgency.grades or scale in urgency.scales:
            return urgency
    raise ValueError(f"no urgency for the grade {grade!r}")


def due_by(rules: RuleSet, urgency: Urgency, asked: datetime, holidays: Holidays) -> Due:
    """By when an agency has answered what it was asked at an aware moment, and why."""
    due = due_in_working_hours(asked, urgency.hours, rules.hours.day, holidays)
    return Due(due.at, f"{urgency.name}: {due.because}")


def facts_in(rules: RuleSet, words: str) -> frozenset[str]:
    """Return the codes of the facts of which a word stands in a text."""
    return frozenset(fact.code for fact in rules.facts if _expression(fact).search(words))


@cache
def _expression(fact: Fact) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in fact.words)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
