"""The pages about the incident. None of their questions has to be answered but the reference."""

from collections.abc import Mapping

from sightline.common.fields import MomentField
from sightline.intake.form.fields import GRADES, line, lines, number, one_of, short, text, yes_no
from sightline.intake.form.page import Page


class Reference(Page):
    reference = short(
        "Your reference", limit=60, required=True,
        help_text="As your force knows it. A correction finds this notification by it.",
        error_messages={"required": "Enter your reference: a correction will need it"},
    )  # fmt: skip
    officer = short("Officer", help_text="Name or collar number")
    unit = short("Station or unit")
    incident__log_number = short("Incident log number", limit=60)
    incident__crime_number = short("Crime number")
    looks = {
        "reference": {"width": 20},
        "officer": {"width": 20},
        "unit": {"width": 20},
        "incident__log_number": {"width": 20},
        "incident__crime_number": {"width": 20},
    }


class WhenAndWhere(Page):
    incident__started_at = MomentField(
        called="start of the incident", label="When did it start?", required=False
    )
    incident__ended_at = MomentField(
        called="end of the incident", label="When did it end?", required=False
    )
    incident__address__lines = lines("Address", help_text="Without the postcode")
    incident__address__postcode = short("Postcode", limit=12)
    incident__premises = short("Kind of place", help_text="Such as a home, a street, a shop")
    asked = ("incident__started_at", "incident__address__lines", "incident__address__postcode")
    looks = {
        "incident__address__lines": {"rows": 3},
        "incident__address__postcode": {"width": 10},
        "incident__premises": {"width": 20},
    }


class WhatHappened(Page):
    incident__summary = text(
        "Who did what to whom, in order",
        help_text="Begin with what led to it. Say for each child what it was near to.",
    )
    incident__weapons = line("Weapons", help_text="Used, threatened with, or within reach")
    incident__injuries = line("Injuries to adults")
    incident__damage = line("Damage")
    incident__substances = line("Alcohol or drugs")
    incident__reported_by = line("Who called")
    incident__outcome = line("What was done", help_text="Arrest, bail terms, protection notice")
    earlier_incidents = text("Earlier incidents that you know of")
    asked = ("incident__summary",)
    looks = {"incident__summary": {"rows": 10}, "earlier_incidents": {"rows": 4}}


class RiskGrade(Page):
    risk__tool = short("Risk tool", suggestions="tools", help_text="Such as DARA or DASH")
    risk__score = number("Score or number of ticks", 200)
    risk__officer_grade = one_of("Officer’s grade", GRADES)
    risk__supervisor_grade = one_of("Supervisor’s grade", GRADES)
    risk__reason = text("Reasons for the grade")
    risk__marac_considered = yes_no("Was a MARAC considered?")
    asked = ("risk__tool", "risk__officer_grade")
    looks = {
        "risk__tool": {"width": 20},
        "risk__score": {"width": 3},
        "risk__officer_grade": {"inline": True},
        "risk__supervisor_grade": {"inline": True},
        "risk__reason": {"rows": 4},
        "risk__marac_considered": {"inline": True},
    }

    def suggested(self) -> Mapping[str, list[str]]:
        return {"tools": ["DARA", "DASH", "DASH (young people)"]}


class ToldTheFamily(Page):
    sharing__told_the_family = yes_no("Was the victim told that agencies will be notified?")
    sharing__not_told_because = line("If not, why not?")
    sharing__agreed_to_support = yes_no("Did the victim agree to be offered support?")
    asked = ("sharing__told_the_family", "sharing__agreed_to_support")
    looks = {
        "sharing__told_the_family": {"inline": True},
        "sharing__agreed_to_support": {"inline": True},
    }


class Safety(Page):
    safety__officer_safety = line("What makes a visit to this address unsafe for staff?")
    safety__counter_allegation = yes_no("Does each adult say that the other is abusive?")
    safety__primary_perpetrator_because = line(
        "If so, whom does the officer believe to be the perpetrator, and why?"
    )
    asked = ("safety__counter_allegation",)
    looks = {"safety__counter_allegation": {"inline": True}}
