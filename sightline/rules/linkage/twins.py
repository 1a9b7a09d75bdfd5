"""Known twins: where there are two, a mention that does not name one is never taken for either.

What is written of one twin without a forename, a number, a date, a home, is as true of the other;
and a surgery's or a school's number is often taken down for both.
"""

from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.levels import Birth, Surname
from sightline.rules.linkage.vetoes import AT_HOME, OTHER_NAME, Found

ONE_FAMILY = frozenset((Surname.SAME, Surname.VARIANT, Surname.PART))


def are_twins(a: Described, b: Described, found: Found, *, one_source: bool) -> bool:
    """Two people born on one day: named in one source, or by two forenames at one home.

    `found` has the levels of the two. Adults of one source also need a surname in common: a date
    is sometimes written down for two.
    """
    if found.birth is not Birth.SAME:
        return False
    family = found.surname in ONE_FAMILY
    if one_source:
        return family or not (a.is_adult or b.is_adult)
    return family and found.forename in OTHER_NAME and found.home in AT_HOME


def may_be(sex: str, twin_sex: str) -> bool:
    """Whether somebody of the one sex may be a twin of the other; unknown is "".

    Where a boy and a girl are twins, the sex tells what the forename does not.
    """
    return not sex or not twin_sex or sex == twin_sex
