"""The way of a notification, step by step, as the people on it take it.

Each step works with whatever hands its visitor has, with or without script.
"""

from collections.abc import Callable
from datetime import date, timedelta

from tests.journeys.family import LAST_NIGHT, Family
from tests.journeys.visitor import Visitor

DECISION = "Child and family assessment (section 17)"


def send_by_form(police: Visitor, family: Family) -> str:
    """Fill the form in, page by page, and return the receipt."""
    police.presses("Start")
    _about_the_incident(police, family)
    _add(police, "The victim", family.mother, family.surname, date(1991, 6, 3))
    police.presses("Save and continue").presses("Save and continue")
    _add(police, "The perpetrator", family.perpetrator, family.other, date(1987, 1, 22))
    police.presses("Save and continue")
    _add(police, "A child", family.child, family.surname, family.born)
    _about_the_child(police, family)
    police.presses("Nobody else, continue")
    police.chooses("Yes", "Was the victim told").presses("Save and continue")
    police.presses("Save and continue")
    police.sees(family.called).presses("Send").sees("Notification received")
    return police.page.locator(".govuk-panel__body").inner_text().strip()


def _about_the_incident(police: Visitor, family: Family) -> None:
    police.writes("Your reference", family.reference).presses("Save and continue")
    _day(police, "When did it start?", LAST_NIGHT.date())
    police.writes("Time", f"{LAST_NIGHT:%H:%M}", "When did it start?")
    police.writes("Address", family.address).writes("Postcode", family.postcode)
    police.presses("Save and continue")
    police.writes("Who did what", f"{family.perpetrator} {family.other} hit {family.mother}.")
    police.presses("Save and continue")
    police.writes("Risk tool", "DARA").chooses("Medium", "Officer’s grade")
    police.presses("Save and continue")


def _add(police: Visitor, who: str, given_name: str, surname: str, born: date) -> None:
    police.presses("Add a person").chooses(who).presses("Save and continue")
    police.writes("First name", given_name).writes("Last name", surname)
    _day(police, "Date of birth", born)
    police.presses("Save and continue")


def _day(visitor: Visitor, question: str, on: date) -> None:
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        visitor.writes(part, str(value), question)


def _about_the_child(police: Visitor, family: Family) -> None:
    police.chooses("Present, elsewhere in the home", "Where was the child?")
    police.writes("What did the child see", "Heard all of it from the landing.")
    police.presses("Save and continue")
    police.chooses("Yes", "Did an officer speak to the child alone?")
    police.writes("What did the child say?", "I covered my ears.").presses("Save and continue")
    police.writes("School, college or nursery", family.school).presses("Save and continue")
    mother = f"Victim 1: {family.mother} {family.surname}"
    police.ticks(mother, "Who of these is a parent").presses("Save and continue")


def read_message(school: Visitor, family: Family) -> None:
    """Open the message, where no name is before, confirm it and write down what was done."""
    school.waits_for("A pupil of your school")
    assert family.child not in school.text
    school.presses("Read").sees(family.called)
    school.presses("I have received this").sees("Thank you")
    school.writes("What the school did", "A quiet word with her teacher.")
    school.presses("Record support").sees("Support recorded")


def open_family(core: Visitor, family: Family, row: str = "") -> None:
    """Find the incident on the worklist, where no name is, and open the family."""
    core.presses("Worklist", "Menu").presses("To screen", "Parts of the worklist")
    core.waits_for(row or family.street)
    assert family.surname not in core.text
    core.presses("Screen", row or family.street).sees(family.called)


def screen(core: Visitor, family: Family, *, every_page: bool = False) -> None:
    """Answer two questions, perhaps pass over the other pages, and set the scale."""
    core.presses(f"Screen {family.child}")
    core.chooses("Yes", "V1 ").chooses("No", "V5 ").presses("Save and continue")
    core.sees("Saved 2 answers")
    while every_page and core.heading != "Scale":
        core.presses("Save and continue")
    if core.heading != "Scale":
        core.presses("Scale", "Pages of this screening")
    core.chooses("3, Serious", "Your scale for this child alone")
    core.writes("Why", "What she heard, and that nobody has spoken with her since.")
    core.presses("Set the scale").sees("Scale set: 3, Serious")


def decide(chair: Visitor, family: Family, action: str) -> None:
    """Decide, with an action of social care that is due in five days."""
    chair.presses("Decisions missing", "Parts of the worklist")
    chair.presses("Decide", family.street)
    chair.chooses(DECISION, "What should follow for this child")
    chair.writes("Rationale", "She hears it, and it has not stopped.")
    chair.selects("Agency", "Castlebrook Children's Social Care", "Action 1")
    chair.writes("What it is to do", action, "Action 1")
    _day(chair, "Action 1", LAST_NIGHT.date() + timedelta(days=6))
    chair.presses("Record the decision").sees(action)


def work_on(practitioner: Visitor, action: str) -> None:
    """Take the action up, begin it and complete it."""
    practitioner.presses(action)
    practitioner.presses("Accept").presses("Start")
    practitioner.writes("What was done", "Visited, and spoke with her alone.").presses("Complete")
    practitioner.sees("Done")


def go(invite: Callable[[], Visitor], family: Family) -> None:
    """Go the shorter way: form, worklist, screening, decision, school."""
    send_by_form(invite().signs_in("police"), family)
    core = invite().signs_in("administrator")
    open_family(core, family)
    screen(core, family)
    decide(invite().signs_in("chair"), family, f"See {family.child} at school")
    read_message(invite().signs_in(family.key_adult), family)
