"""What a notification says happened: a grade, a summary, and where each child was.

The wording says who did what. Nobody is named in it and nothing is put on the victim.
"""

import random
from collections.abc import Sequence

GRADES = ("standard", "medium", "high")
_GRADE_WEIGHTS = (62, 29, 9)
_GROWS = 0.12  # with each earlier notification of a household the higher grades gain this much

PRESENCES = ("in_the_room", "in_the_home", "elsewhere", "not_known")
_PRESENCE_WEIGHTS = (34, 42, 15, 9)

_WHAT_HAPPENED = {
    "standard": (
        "The perpetrator shouted at the victim and would not leave when asked. A neighbour rang.",
        "The perpetrator sent the victim messages all day and then came to the door.",
        "The perpetrator took the victim's bank card and refused to hand it back.",
        "The perpetrator swore at the victim in front of visitors and kicked a cupboard.",
        "The perpetrator came to the home against the victim's wishes and banged on the windows.",
        "The perpetrator took the victim's phone and read out private messages.",
        "The perpetrator stood in the doorway and stopped the victim from going to work.",
    ),
    "medium": (
        "The perpetrator pushed the victim against a wall and threw a phone across the room.",
        "The perpetrator gripped the victim's arm and held the front door shut. Bruising seen.",
        "The perpetrator forced a window after separation and broke a bedroom door.",
        "The perpetrator slapped the victim and pulled out a handful of hair.",
        "The perpetrator followed the victim home from work and spat at the victim.",
        "The perpetrator threw a plate that cut the victim's hand.",
        "The perpetrator locked the victim out at night without shoes or a phone.",
    ),
    "high": (
        "The perpetrator put both hands round the victim's neck and threatened to kill.",
        "The perpetrator held a kitchen knife towards the victim and was arrested at the scene.",
        "The perpetrator punched the victim several times while the victim was on the floor.",
        "The perpetrator poured petrol at the front door and said the house would burn.",
        "The perpetrator drove at the victim in the street after a court order was made.",
    ),
}  # fmt: skip
_WHERE = {
    "in_the_room": "in the room",
    "in_the_home": "elsewhere in the home",
    "elsewhere": "away from the home",
    "not_known": "not seen by officers",
}
_NUMBERS = (
    "no child was", "one child was", "two children were", "three children were",
    "four children were", "five children were", "six children were",
)  # fmt: skip


def draw_grade(earlier: int, dice: random.Random) -> str:
    """The officer's grade; with more `earlier` notifications the higher ones come more often."""
    grown = [weight * (1 + _GROWS * earlier * step) for step, weight in enumerate(_GRADE_WEIGHTS)]
    return dice.choices(GRADES, grown)[0]


def draw_presences(children: int, dice: random.Random) -> list[str]:
    """Where each child was, drawn for each child alone."""
    return dice.choices(PRESENCES, _PRESENCE_WEIGHTS, k=children)


def summarise(grade: str, presences: Sequence[str], dice: random.Random) -> str:
    """What happened, and a sentence about the children that agrees with `presences`."""
    where = ", ".join(
        f"{_NUMBERS[presences.count(presence)]} {_WHERE[presence]}"
        for presence in PRESENCES
        if presence in presences
    )
    return f"{dice.choice(_WHAT_HAPPENED[grade])} {where[0].upper()}{where[1:]}."
