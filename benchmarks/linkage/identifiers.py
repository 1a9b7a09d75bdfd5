"""Numbers of invented people: valid in form, and of nobody.

NHS numbers are from the range 999, telephones from the ranges that Ofcom keeps for drama. Those
are few (the national one and a thousand for each of these places), so a number is shared by more
households than in life: a telephone says less here than it would there.
"""

from random import Random

_SERIALS = 1_000_000  # NHS numbers in the range before the check digit rules one in eleven out
_STEP = 611_953  # prime to _SERIALS: walks through all of them in no visible order
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NO_AUTHORITY = "009"  # three digits that no authority of England bears

# Source: Ofcom, telephone numbers for use in TV and radio drama programmes.
PHONE_RANGES = (
    "07700900", "01632960", "02079460", "01134960", "01144960", "01154960", "01164960", "01174960",
    "01214960", "01314960", "01414960", "01514960", "01614960", "01914980", "02920180", "03069990",
)  # fmt: skip


def nhs_check_digit(nine: str) -> int:
    """Return the check digit of the first nine; 10 means that the number is never given out.

    Source: NHS data dictionary, modulus 11.
    """
    return (11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11) % 11


class NhsNumbers:
    """Gives out each valid number of the range 999 once; `None` when there are no more."""

    def __init__(self, seed: int) -> None:
        self._at = seed * 7919
        self._left = _SERIALS

    def take(self) -> str | None:
        while self._left:
            self._left -= 1
            self._at = (self._at + _STEP) % _SERIALS
            nine = f"999{self._at:06d}"
            check = nhs_check_digit(nine)
            if check < 10:
                return f"{nine}{check}"
        return None


def upn(rng: Random, born_year: int) -> str:
    """Draw a unique pupil number with a right check letter."""
    school, pupil, entered = rng.randrange(10_000), rng.randrange(1000), (born_year + 4) % 100
    digits = f"{_NO_AUTHORITY}{school:04d}{entered:02d}{pupil:03d}"
    total = sum(int(digit) * place for place, digit in enumerate(digits, start=2))
    return _UPN_LETTERS[total % 23] + digits


def temporary_upn(rng: Random, born_year: int) -> str:
    """Draw a temporary number: it ends in a letter and will be replaced."""
    whole = upn(rng, born_year)
    return whole[:-1] + rng.choice(_UPN_LETTERS)


def phone(rng: Random) -> str:
    """Draw a telephone number of eleven figures."""
    return rng.choice(PHONE_RANGES) + f"{rng.randrange(1000):03d}"
