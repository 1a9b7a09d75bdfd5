"""What can be true of something that social care did, and what cannot.

The codes are those of the children in need census; numbers such as 8869 are its validation rules,
whose ideas these are. What is refused here would be queried there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.rules.clocks.child import ASSESSMENT, CONFERENCE, ENQUIRY, PLAN, STRATEGY, Happening

# Kinds that have a length; the others happen on a day.
LASTING = frozenset(
    {
        "initial_assessment", "core_assessment", ASSESSMENT, "early_help", "early_help_plan",
        ENQUIRY, PLAN, "looked_after",
    }
)  # fmt: skip
ASSESSMENTS = frozenset({"initial_assessment", "core_assessment", ASSESSMENT})
ONE_AT_A_TIME = frozenset({ASSESSMENT, ENQUIRY, PLAN})

FACTORS = {
    **{
        f"{number}{who}": f"{what}: {whom}"
        for number, what in (
            (1, "Alcohol"), (2, "Drugs"), (3, "Domestic abuse"), (4, "Mental health"),
            (5, "Learning disability"), (6, "Physical disability or illness"),
        )
        for who, whom in (("A", "the child"), ("B", "a parent or carer"), ("C", "another person"))
    },
    "7A": "Young carer", "8B": "Privately fostered: overseas, to return",
    "8C": "Privately fostered: overseas, to stay", "8D": "Privately fostered: from the UK",
    "8E": "Privately fostered: other", "8F": "Privately fostered: overseas, other",
    "9A": "Unaccompanied asylum seeker", "10A": "Missing", "11A": "Child sexual exploitation",
    "12A": "Trafficking", "13A": "Gangs", "14A": "Socially unacceptable behaviour",
    "15A": "Self-harm", "16A": "Neglect", "17A": "Emotional abuse",
    "18B": "Physical abuse: child on child", "18C": "Physical abuse: adult on child",
    "19B": "Sexual abuse: child on child", "19C": "Sexual abuse: adult on child", "20": "Other",
    "21": "None", "22A": "Female genital mutilation", "23A": "Abuse linked to faith or belief",
    "24A": "Child criminal exploitation",
}  # fmt: skip
NO_FACTOR = "21"
RETIRED = {"18A": "18B or 18C", "19A": "19B or 19C"}

OUTCOMES = {
    ENQUIRY: {
        "conference": "Initial child protection conference",
        "continue": "No conference; the family assessment goes on",
        "support": "No conference; support as a child in need",
        "legal": "Legal action", "no_further_action": "No further action", "other": "Other",
    },
    ASSESSMENT: {
        "plan": "Child in need plan", "enquiry": "Strategy discussion or section 47 enquiry",
        "early_help": "Stepped down to early help", "no_further_action": "No further action",
        "other": "Other",
    },
    "referral": {
        "assessment": "Child and family assessment", "enquiry": "Strategy discussion",
        "early_help": "Stepped down to early help", "advice": "Information and advice",
        "no_further_action": "No further action", "other": "Other",
    },
    CONFERENCE: {"plan": "Child protection plan", "no_plan": "No child protection plan"},
    "early_help_plan": {
        "completed": "Completed", "family_stopped": "The family did not go on",
        "stepped_up": "Stepped up to social care", "other": "Other",
    },
    "closed": {
        "RC1": "Adopted", "RC2": "Died", "RC3": "Child arrangements order",
        "RC4": "Special guardianship order", "RC5": "Moved to another authority",
        "RC6": "To adult services", "RC7": "Any other reason",
        "RC8": "After assessment, no further action", "RC9": "After assessment, to early help",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """Something that social care did, as somebody says it."""

    kind: str
    on: date
    ended_on: date | None = None
    outcome: str = ""
    primary_category: str = ""
    domestic_abuse: bool | None = None
    factors: tuple[str, ...] = ()


def problems(said: Said, before: Sequence[Happening], today: date) -> tuple[str, ...]:
    """Everything that cannot be so, in sentences that say what to do; none where it can.

    before: what is on record for the child, without this one.
    """
    return (
        *_days(said, today), *_outcome(said), *_of_a_plan(said), *_factors(said),
        *_order(said, before),
    )  # fmt: skip


def _days(said: Said, today: date) -> Iterator[str]:
    if said.on > today:
        yield "The day is after today. Send it once it has happened."
    if said.ended_on is None:
        return
    if said.kind not in LASTING:
        yield "This happens on one day. Leave its end out."
    elif said.ended_on < said.on:
        yield "It ends before it begins. Correct one of the two days."
    elif said.ended_on > today:
        yield "The end is after today. Leave it out until then."


def _outcome(said: Said) -> Iterator[str]:
    known = OUTCOMES.get(said.kind, {})
    if said.outcome and said.outcome not in known:
        codes = f"Write one of: {', '.join(known)}." if known else "Leave it out."
        yield f"The outcome is none of those there are for this. {codes}"


def _of_a_plan(said: Said) -> Iterator[str]:
    """Only a child protection plan has categories."""
    if said.kind != PLAN and (said.primary_category or said.domestic_abuse is not None):
        yield "Only a child protection plan has a category. Leave it out."


def _factors(said: Said) -> Iterator[str]:
    if not said.factors:
        return
    if said.kind not in ASSESSMENTS or said.ended_on is None:  # 8614
        yield "Factors belong to an assessment that has ended. Leave them out, or give its end."
    for code in dict.fromkeys(said.factors):
        if code in RETIRED:
            yield f"Factor {code} is not in use any more. Write {RETIRED[code]}."
        elif code not in FACTORS:
            yield f"There is no factor {code}."
    if len(set(said.factors)) < len(said.factors):  # 8898
        yield "A factor is there twice. Leave one out."
    if NO_FACTOR in said.factors and len(set(said.factors)) > 1:  # 8869
        yield "Factor 21 says that there is none. It cannot stand beside others."


def _order(said: Said, before: Iterable[Happening]) -> Iterator[str]:
    others = [one for one in before if (one.kind, one.on) != (said.kind, said.on)]
    if said.kind in ONE_AT_A_TIME:  # 8839, 8896
        for one in others:
            if one.kind == said.kind and _overlap(said, one):
                yield (
                    f"Another one began on {one.on:%d/%m/%Y} and had not ended. Give its end first."
                )
                break
    discussions = [one.on for one in others if one.kind in (STRATEGY, ENQUIRY)]
    if said.kind == CONFERENCE and discussions and said.on < min(discussions):
        yield (
            "A conference is not held before the strategy discussion, which was on "
            f"{min(discussions):%d/%m/%Y}."
        )


def _overlap(said: Said, one: Happening) -> bool:
    """Whether two would be open at the same time. What ends on the day the next begins does not."""
    first, second = sorted(
        ((said.on, said.ended_on), (one.on, one.ended_on)), key=lambda days: days[0]
    )
    return (first[1] or date.max) > second[0]
