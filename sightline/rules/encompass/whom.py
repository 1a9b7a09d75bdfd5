"""Whose school is told of an incident, and who is told of a child without one."""

from dataclasses import dataclass
from enum import StrEnum

from sightline.rules.encompass.rules_file import EncompassRules


class Tell(StrEnum):
    """Who is told of a child."""

    SCHOOL = "school"
    HOME_EDUCATION = "home_education"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Child:
    """What is known of a child who was named. `age` in whole years on the day, None: not known."""

    age: int | None
    unborn: bool = False
    home_educated: bool = False
    school_named: bool = False


@dataclass(frozen=True)
class Told:
    """Who is told, and why."""

    tell: Tell
    because: str


def who_is_told(child: Child, rules: EncompassRules) -> Told:
    """Who is told that a child was named in an incident. Whether the child was there is not asked.

    Source: Domestic Abuse Act 2021 s.49A ("child": under 18); statutory guidance of 7 November 2025
    (reception to 17, every kind of school; of a child taught at home the council's officer). The
    guidance is silent on a child of no known age: we take one for a pupil. A younger child whose
    setting police named is told of there, for police will have had a reason to write it down.
    """
    youngest, oldest = rules.ages
    if child.unborn:
        return Told(Tell.NOBODY, "An unborn child is at no school.")
    if child.age is not None and child.age > oldest:
        return Told(Tell.NOBODY, f"Older than {oldest}: an adult, of whom no school is told.")
    if child.home_educated:
        return Told(Tell.HOME_EDUCATION, "Taught at home: the council's officer is told.")
    if child.school_named or child.age is None or child.age >= youngest:
        return Told(Tell.SCHOOL, f"A pupil, from reception to {oldest}: the school is told.")
    return Told(Tell.NOBODY, f"Younger than {youngest}, and no setting was named.")
