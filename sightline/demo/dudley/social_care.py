"""What children's social care did after the contacts of a year, so that table 5 comes out.

The stages are a chain of subsets: every core assessment followed an initial one, every section 47
enquiry is of a child with a core assessment, and so on. The published years alone have events;
the source says nothing of the time before April 2009 and after March 2012.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sightline.demo.dudley.dice import DeadEnd
from sightline.demo.dudley.incidents import Contact
from sightline.demo.dudley.published import Contacts
from sightline.demo.dudley.rows import DecisionRow, SocialCareRow
from sightline.demo.dudley.working import working_day_after

STAGES = (
    "initial_assessment",
    "core_assessment",
    "section_47",
    "initial_conference",
    "child_protection_plan",
    "looked_after",
)

# How readily a contact led to an assessment, by the scale decided (None: nothing recorded). Most
# contacts for which one was recommended led to none: that is what the source found.
_READINESS = {4: 12.0, 3: 4.0, None: 1.0, 2: 0.2, 1: 0.02}

Decided = Mapping[tuple[str, str], DecisionRow]


def follow_up(
    contacts: Sequence[Contact],
    decisions: Iterable[DecisionRow],
    years: Sequence[Contacts],
    dice: random.Random,
) -> list[SocialCareRow]:
    """Events for each published year, dated after the contact and by 31 December 2012."""
    decided = {(row.notification_reference, row.nhs_number): row for row in decisions}
    went_further: set[str] = set()
    rows: list[SocialCareRow] = []
    for year in years:
        if year.followed is not None:
            within = [each for each in contacts if year.starts <= each.on <= year.ends]
            initial = _assessed(within, decided, year.followed[0], dice)
            chosen = _further_first(initial, went_further, year.followed[1])
            went_further |= {each.child.nhs_number for each in chosen[: year.followed[1]]}
            rows += _events(chosen, year.followed, decided, dice)
    return rows


def _assessed(
    contacts: Sequence[Contact], decided: Decided, many: int, dice: random.Random
) -> list[Contact]:
    """`many` contacts of different children, the readiest first; siblings tend to go together."""
    luck: dict[str, float] = defaultdict(dice.random)

    def readiness(contact: Contact) -> float:
        decision = decided.get((contact.reference, contact.child.nhs_number))
        weight = _READINESS[decision.scale if decision else None]
        return float(luck[contact.reference] ** (1 / weight))

    by_child = {each.child.nhs_number: each for each in sorted(contacts, key=readiness)}
    readiest = sorted(by_child.values(), key=readiness, reverse=True)
    if len(readiest) < many:
        raise DeadEnd(f"fewer than {many} children to assess")
    return readiest[:many]


def _further_first(initial: list[Contact], went_further: set[str], many: int) -> list[Contact]:
    """The same contacts, `many` of children who never went further before at the front."""
    new = [each for each in initial if each.child.nhs_number not in went_further][:many]
    if len(new) < many:
        raise DeadEnd(f"fewer than {many} children to go beyond an initial assessment")
    front = {each.child.nhs_number for each in new}
    return new + [each for each in initial if each.child.nhs_number not in front]


def _events(
    contacts: list[Contact], followed: Sequence[int], decided: Decided, dice: random.Random
) -> list[SocialCareRow]:
    """The first contacts of the list go through most stages."""
    rows = []
    for place, contact in enumerate(contacts):
        stages = sum(place < many for many in followed)
        decision = decided.get((contact.reference, contact.child.nhs_number))
        days = _days(decision.decided_on if decision else contact.on, dice)
        for kind, day in list(zip(STAGES, days, strict=True))[:stages]:
            rows.append(SocialCareRow(contact.child.nhs_number, contact.reference, kind, day))
    return rows


def _days(referred: date, dice: random.Random) -> tuple[date, ...]:
    """A day for each stage. The enquiry begins before the core assessment is finished.

    The conference makes the plan on its own day; the longest chain ends within 230 days.
    """
    initial = working_day_after(referred, dice.randint(2, 11))
    enquiry = working_day_after(initial, dice.randint(0, 4))
    core = working_day_after(initial, dice.randint(20, 40))
    conference = working_day_after(enquiry, dice.randint(9, 18))
    looked_after = working_day_after(conference, dice.randint(60, 180))
    return (initial, core, enquiry, conference, conference, looked_after)
