"""What the parts of a line may mean."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a value is. The letters are those of the terms."""

    NAME = "n"
    INITIAL = "i"
    BIRTH = "b"  # 2017-05-09
    MONTH = "m"  # 2017-05
    YEAR = "y"  # 2017
    ESTIMATED = "e"  # a year of birth worked out from an age
    PHONE = "t"  # all digits, the country as 0
    PHONE_6 = "l"  # its last six
    PHONE_4 = "k"  # its last four
    NUMBER = "d"  # of a register or a file: NHS number, UPN, police's id, log number
    POSTCODE = "p"
    SECTOR = "q"
    OUTWARD = "o"
    STREET = "w"  # a word of an address
    HOUSE = "h"


AGE = "age"  # a meaning without a term of its own: it is looked up by years of birth


@dataclass(frozen=True, slots=True)
class Meaning:
    """One way to understand a part. `kind` is a `Kind` or `AGE`."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was typed, and everything that it may mean."""

    typed: str
    meanings: tuple[Meaning, ...]

    def values(self, kind: str) -> tuple[str, ...]:
        return tuple(meaning.value for meaning in self.meanings if meaning.kind == kind)
