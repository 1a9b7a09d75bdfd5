"""Years of notifications of a fictional borough, drawn at the published rates.

Families repeat as the households of the Dudley review did (its table 2), with its gaps between
notifications (table 3). Everything is drawn from a seed; all dates are counted back from `now`.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sightline.demo.dudley.people import Family, Person, make_families
from sightline.demo.dudley.places import school_of
from sightline.demo.dudley.published import HOUSEHOLDS
from sightline.demo.dudley.shapes import Shape

A_YEAR = 1407  # 6,684 household notifications in four and three quarter years
# Days from and to, and their share per thousand repeats; over two years is left out.
GAPS = ((1, 6, 23), (7, 13, 56), (14, 29, 77), (31, 90, 233), (92, 180, 164), (183, 360, 197),
        (370, 700, 186))  # fmt: skip
CHILDREN = ((1, 46), (2, 34), (3, 15), (4, 5))
LONDON = ZoneInfo("Europe/London")

SUMMARIES = (
    "{p} shouted at {v} and blocked the door when {v} tried to leave.",
    "{p} pushed {v} against a wall and took the telephone away.",
    "{p} came to the address, banged on the windows and threatened {v}.",
    "{p} broke furniture during an argument; {v} had locked the bathroom door.",
    "{p} grabbed {v} by the arms; bruises were seen by the officer.",
    "{p} sent messages all day and was waiting outside when {v} came home.",
    "{p} punched {v} in the face. An ambulance was called.",
    "{p} held {v} by the throat. {v} could not breathe for some seconds.",
    "{p} would not let {v} use the bank card and checked the telephone.",
    "{p} returned after being asked to stay away and refused to leave.",
)
GRADES = (("standard", 55), ("medium", 33), ("high", 12))
PRESENCE = (("in_the_room", 30), ("in_the_home", 45), ("elsewhere", 20), ("not_known", 5))
WORDS = (
    "I put my hands over my ears", "He was shouting at Mum again", "I hid with the cat",
    "I don't want him to come back", "I called Nan", "It's my fault, I spilled the milk", "",
    "", "", "", "",
)  # fmt: skip
DEMEANOUR = ("quiet, stayed close to the officer", "crying", "asleep when officers arrived",
             "talked freely about school", "watched the door all the time", "", "", "")  # fmt: skip
DEMEANOUR_OF_THE_YOUNGEST = ("asleep", "crying", "clinging to a parent", "")
SAW_OR_HEARD = ("heard shouting from upstairs", "saw it happen", "heard something breaking",
                "woke up and came downstairs", "")  # fmt: skip

ETHNICITIES = (("W1", 72), ("W9", 7), ("A2", 6), ("A1", 4), ("B1", 3), ("M1", 3), ("B2", 2),
               ("O9", 1), ("NS", 2))  # fmt: skip  # police's own codes, per hundred
LANGUAGES = ("Polish", "Urdu", "Punjabi", "Romanian")


@dataclass(frozen=True)
class Happening:
    """One notification of the borough: when it came in, and its body."""

    received_at: datetime
    body: dict[str, Any]


def draw(now: datetime, *, years: float, seed: int) -> list[Happening]:
    """Return the notifications of the years before `now`, in the order in which they came in."""
    dice = random.Random(seed)  # noqa: S311 - invented families, no secrets
    first = (now - timedelta(days=round(365.25 * years))).date()
    plans = list(_plans(first, (now - timedelta(days=1)).date(), round(A_YEAR * years), dice))
    families = make_families(
        [Shape(len(d), list(c)) for d, c in plans], [d for d, _ in plans], dice
    )
    happenings = [
        happening
        for number, family in enumerate(families)
        for happening in _of_family(family, number, dice)
    ]
    return sorted(happenings, key=lambda h: (h.received_at, h.body["reference"]))


def _plans(
    first: date, last: date, wanted: int, dice: random.Random
) -> Iterator[tuple[list[date], tuple[tuple[int, ...], ...]]]:
    """Yield for each family its dates and, for each child, at which of them the child is named."""
    made = 0
    while made < wanted:
        dates = _dates(first, last, dice)
        made += len(dates)
        [children] = dice.choices([n for n, _ in CHILDREN], [share for _, share in CHILDREN])
        yield dates, tuple(_named(len(dates), dice) for _ in range(children))


def _dates(first: date, last: date, dice: random.Random) -> list[date]:
    [many] = dice.choices(list(HOUSEHOLDS), list(HOUSEHOLDS.values()))
    dates = [first + timedelta(days=dice.randrange((last - first).days + 1))]
    while len(dates) < many:
        [(low, high, _)] = dice.choices(GAPS, [share for *_, share in GAPS])
        following = dates[-1] + timedelta(days=dice.randint(low, high))
        if following > last:
            break
        dates.append(following)
    return dates


def _named(many: int, dice: random.Random) -> tuple[int, ...]:
    """Most children are named each time; some only from a later notification on."""
    start = dice.randrange(many) if dice.random() < 0.15 else 0
    return tuple(range(start, many))


def _of_family(family: Family, number: int, dice: random.Random) -> Iterator[Happening]:
    knows_numbers = dice.random() < 0.6  # whether police wrote NHS numbers down
    for index, day in enumerate(family.dates):
        started = datetime.combine(day, time(dice.choice(HOURS), dice.randrange(60)), LONDON)
        notified = started + timedelta(minutes=dice.randint(60, 420))
        named = [
            child
            for child, places in zip(family.children, family.shape.children, strict=True)
            if index in places
        ] or list(family.children[:1])
        body = _body(family, f"NM-{number:05}-{index + 1}", started, notified, dice)
        people = [
            _adult(family.victim, "victim", knows_numbers, dice),
            _adult(family.perpetrator, "perpetrator", knows_numbers, dice),
            *(_child(child, family, day, knows_numbers, dice) for child in named),
        ]
        body["people"] = [_grouped(one, number, index) for one in people]
        body["earlier_incidents"] = _history(number, index)
        yield Happening(notified + timedelta(minutes=dice.randint(1, 20)), body)


HOURS = (0, 1, 6, 8, 11, 14, 16, 17, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23, 23)


def _body(
    family: Family, reference: str, started: datetime, notified: datetime, dice: random.Random
) -> dict[str, Any]:
    [grade] = dice.choices([g for g, _ in GRADES], [share for _, share in GRADES])
    summary = dice.choice(SUMMARIES).format(
        p=family.perpetrator.given_name, v=family.victim.given_name
    )
    return {
        "reference": reference, "form": "PPN", "notified_at": notified.isoformat(),
        "unit": "Response",
        "incident": {
            "started_at": started.isoformat(), "log_number": f"L{reference[3:]}",
            "address": {"lines": family.home.address, "postcode": family.home.postcode},
            "summary": summary,
        },
        "risk": {"tool": "DARA", "officer_grade": grade},
        "sharing": {"told_the_family": dice.choice(["yes", "no", ""])},
    }  # fmt: skip


def _adult(person: Person, role: str, knows_numbers: bool, dice: random.Random) -> dict[str, Any]:
    return _person(person, knows_numbers, dice) | {"role": role, "id": role}


def _person(person: Person, knows_numbers: bool, dice: random.Random) -> dict[str, Any]:
    """Write a person as an officer might: now and then without a birth date, or misspelt."""
    written: dict[str, Any] = {
        "given_name": person.given_name, "surname": person.surname, "sex": person.sex,
    }  # fmt: skip
    if dice.random() > 0.04:
        written["birth_date"] = person.date_of_birth.isoformat()
    if knows_numbers and dice.random() > 0.1:
        written["nhs_number"] = person.nhs_number
    elif dice.random() < 0.04:
        written["surname"] = _misspelt(person.surname, dice)
    return written


def _grouped(written: dict[str, Any], number: int, index: int) -> dict[str, Any]:
    """Say which group a family belongs to, where police asked; dice of its own, so that whatever
    else is drawn stays as it was."""
    family = random.Random(f"groups {number}")  # noqa: S311
    [ethnicity] = family.choices([code for code, _ in ETHNICITIES], [n for _, n in ETHNICITIES])
    language = "English" if family.random() < 0.9 else family.choice(LANGUAGES)
    asked = random.Random(f"asked {number} {index} {written['given_name']}")  # noqa: S311
    groups = {
        "ethnicity": ethnicity if asked.random() < 0.7 else "",
        "language": language if asked.random() < 0.5 else "",
        "disability": "yes" if asked.random() < 0.06 else "",
    }
    return written | {name: said for name, said in groups.items() if said}


def _history(number: int, index: int) -> str:
    """What the officer wrote of earlier calls: of most there is something, and half say so."""
    dice = random.Random(f"history {number} {index}")  # noqa: S311
    return "Police have been called to this family before." if index and dice.random() < 0.5 else ""


def _misspelt(name: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(name))
    return name[:at] + dice.choice("aeiou") + name[at + 1 :]


def _child(
    child: Person, family: Family, day: date, knows_numbers: bool, dice: random.Random
) -> dict[str, Any]:
    [presence] = dice.choices([p for p, _ in PRESENCE], [share for _, share in PRESENCE])
    there = presence in ("in_the_room", "in_the_home")
    speaks = (day - child.date_of_birth).days > 4 * 365
    part: dict[str, Any] = {
        "presence": presence,
        "spoken_to_alone": dice.choice(["yes", "no", "no", ""]) if there and speaks else "",
        "school_name": school_of(family.home, child.date_of_birth, day, stays_on=True),
    }
    if there:
        part |= {
            "where_in_home": dice.choice(["bedroom", "stairs", "living room", "kitchen", ""]),
            "saw_or_heard": dice.choice(SAW_OR_HEARD),
            "words": dice.choice(WORDS) if speaks else "",
            "demeanour": dice.choice(DEMEANOUR if speaks else DEMEANOUR_OF_THE_YOUNGEST),
        }
    given = _person(child, knows_numbers, dice)
    return given | {"role": "child", "id": f"child-{child.given_name}", "child": part}
