"""What a cell may hold, kind by kind. Each reader takes a cell that is not blank, trimmed.

A reader raises NotUnderstood with what to write; it never repeats the cell, which may be personal.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from sightline.common.errors import NotUnderstood
from sightline.intake.files import dates

Reader = Callable[[str], Any]
day = dates.read_day
clock = dates.read_time

_SHORTENED = re.compile(r"\d+(?:[.,]\d+)?[Ee]\+\d+")
_YES_NO = {"yes": "y yes true 1", "no": "n no false 0", "not_known": "u unk unknown nk dk"}


def moment(cell: str) -> datetime:
    """A day and a time; without an offset it is London's."""
    at = dates.read_moment(cell)
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def text(cell: str) -> str:
    """Any text, of several lines too."""
    return cell


def line(cell: str) -> str:
    """A text of one line. A break in a name is a sign of rows run together."""
    if "\n" in cell or "\r" in cell:
        raise NotUnderstood("take the line break out of this cell")
    return cell


def lines_of_place(cell: str) -> str:
    """An address, of several lines too: they are joined by commas."""
    return ", ".join(part.strip(" ,") for part in cell.splitlines() if part.strip(" ,"))


def identifier(cell: str) -> str:
    """A number or code that is kept as it is written."""
    if _SHORTENED.fullmatch(cell):
        raise NotUnderstood(
            "a spreadsheet has shortened this number (such as 9.99E+09) and its last figures are "
            "lost: set the column to text, write the number again"
        )
    return line(cell)


def several(cell: str) -> list[str]:
    """Texts parted by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def whole(cell: str) -> int:
    """A whole number."""
    number = cell.removesuffix(".0")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise NotUnderstood("write a whole number, such as 3")
    return int(number)


def wording(cell: str) -> str:
    """Return words as they are compared: no case, no punctuation."""
    plain = cell.casefold().replace("'", "").replace("’", "")
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def one_of(codes: Mapping[str, str]) -> Reader:
    """Return a reader for a code. `codes`: code -> other ways to write it, parted by commas."""
    known = {wording(way): code for code, ways in codes.items() for way in (code, *ways.split(","))}
    wanted = ", ".join(code.replace("_", " ") for code in codes)

    def read(cell: str) -> str:
        if wording(cell) not in known:
            raise NotUnderstood(f"write one of: {wanted}")
        return known[wording(cell)]

    return read


_yes_no = one_of({code: ways.replace(" ", ",") for code, ways in _YES_NO.items()})


def yes_no(cell: str) -> str:
    """yes, no or not known."""
    return str(_yes_no(cell))


def yes_or_no(cell: str) -> bool:
    """yes or no."""
    answer = _yes_no(cell)
    if answer == "not_known":
        raise NotUnderstood("write yes or no, or leave the cell empty")
    return bool(answer == "yes")


role = one_of({
    "victim": "aggrieved,aggrieved party,complainant,injured party,ip,survivor,victim survivor",
    "perpetrator": "suspect,offender,accused,alleged perpetrator,alleged offender,perp",
    "both_alleged": "both alleged,each says the other is abusive,mutual allegation",
    "child": "child or young person,cyp,young person",
    "other": "other adult,witness,informant,third party",
})  # fmt: skip
sex = one_of({"F": "female,woman,girl", "M": "male,man,boy", "U": "unknown,not known,nk,x,other"})
grade = one_of({
    "standard": "standard risk,std,s", "medium": "medium risk,med,m", "high": "high risk,h",
})  # fmt: skip
presence = one_of({
    "in_the_room": "present in the room,in room,same room",
    "in_the_home": "present elsewhere in the home,in another room,in the house,in home",
    "elsewhere": "lives there was elsewhere,not at home,away",
    "visiting": "visiting was present",
    "not_living_there": "does not live there was not present,lives elsewhere",
    "unborn": "pregnancy,unborn child",
    "not_known": "unknown,nk",
})  # fmt: skip
category = one_of({
    "NEG": "neglect", "PHY": "physical,physical abuse", "SAB": "sexual,sexual abuse",
    "EMO": "emotional,emotional abuse", "MUL": "multiple,multiple categories,not recommended",
})  # fmt: skip
_secondary = one_of({"domestic abuse": "da,dv,dva,y,yes,true,1", "none": "n,no,false,0,other"})


def secondary(cell: str) -> bool:
    """Whether domestic abuse is the secondary category of a plan."""
    return bool(_secondary(cell) == "domestic abuse")


def codes(cell: str) -> tuple[str, ...]:
    """Codes parted by anything: "3B, 4B; 16A"."""
    return tuple(re.findall(r"[0-9A-Z]+", cell.upper()))
