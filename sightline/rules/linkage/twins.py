"""Known twins: where there are two, a mention that does not name one is never taken for either.

What is written of one twin without a forename, a number, a date, a home, is as true of the other;
and a surgery's or a school's number is often taken down for both. Twins are known when one source
named both: two forenames in two sources are mostly one person's first and second name. A name that
both twins share (Xin Yi and Xin Mei, Mary Ann and Mary Jane) does not tell them apart either.
"""

from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.levels import Birth, Middle, Sex, Surname
from sightline.rules.linkage.vetoes import ONE_BIRTH, OTHER_NAME, Found

ONE_FAMILY = frozenset((Surname.SAME, Surname.VARIANT, Surname.PART))


def are_twins(a: Described, b: Described, found: Found) -> bool:
    """Whether two people of one source were born on one day; `found` has their levels.

    Adults also need a surname in common: a date is sometimes written down for two.
    """
    if found.birth is not Birth.SAME:
        return False
    return found.surname in ONE_FAMILY or not (a.is_adult or b.is_adult)


def fits_either(found: Found, other: Found) -> bool:
    """Whether a mention may as well be the twin of somebody it resembles.

    `found` has the levels of the two, `other` those of the mention and the twin. A boy and a girl
    are told apart by their sex, where it was written.
    """
    if found.birth not in ONE_BIRTH or other.sex is Sex.DIFFERENT:
        return False
    if not found.named:
        return found.forename not in OTHER_NAME and other.forename not in OTHER_NAME
    fits = other.named and other.middle is not Middle.DIFFERENT
    return fits and _distance(other) <= _distance(found)


def _distance(found: Found) -> tuple[int, int]:
    """How far two given names are from each other, the first before the next ones."""
    middle = Middle.INITIAL if found.middle is None else found.middle
    return int(found.forename or 0), int(middle)
