"""What each agreement and disagreement is worth: the model, set by hand until one is trained.

Every level states m, the share of pairs of the *same* person that show it, and u, the share of
pairs of *different* people that do. Its weight is log2(m / u), after Fellegi and Sunter (1969):
+1 doubles the odds that the two are one person, -1 halves them. A part that either mention lacks
has no level and adds exactly nothing.

How the numbers were set: birth dates spread over some 6,500 days; names by how many people of a
city share one; m from error rates reported for police and hospital data. Two are held apart from
what counting would give. A different forename weighs more against, and a shared home or telephone
less for, because brothers and sisters share everything else, and it is them we compare most often.
"""

from dataclasses import dataclass
from math import log2

from sightline.rules.linkage.names import Tier


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """Why a weight is what it is: words to show, the weight, the part it belongs to.

    Each level below is one object, told from the others by identity.
    """

    words: str
    weight: float
    part: str


def _level(part: str, words: str, *, m: float, u: float) -> Reason:
    return Reason(words, log2(m / u), part)


ByTier = tuple[Reason, ...]  # indexed by Tier


def _tiers(part: str, words: str, *, m: float, u: tuple[float, float, float]) -> ByTier:
    """One level for rare, common and very common names; u in that order."""
    said = (words, f"{words} (a common one)", f"{words} (a very common one)")
    return tuple(_level(part, w, m=m, u=x) for w, x in zip(said, u, strict=True))


# Birth date
BIRTH_SAME = _level("dob", "same birth date", m=0.90, u=1 / 6500)
BIRTH_SWAPPED = _level("dob", "birth date with day and month swapped", m=0.012, u=1 / 16000)
BIRTH_ONE_DIGIT = _level("dob", "birth date one digit off", m=0.035, u=1 / 325)
BIRTH_PLACEHOLDER = _level("dob", "1 January given for one, same year of birth", m=0.5, u=0.055)
BIRTH_PLACEHOLDER_NEAR = _level("dob", "1 January given for one, year of birth close", m=0.2, u=0.2)
BIRTH_SAME_YEAR = _level("dob", "other birth date in the same year", m=0.01, u=0.05)
BIRTH_CONFLICT = _level("dob", "another birth date", m=0.02, u=0.90)

# Forename
FORENAME_SAME = _tiers("forename", "same forename", m=0.80, u=(1 / 180, 1 / 60, 1 / 20))
FORENAME_VARIANT = _tiers(
    "forename", "form of the same forename", m=0.08, u=(1 / 700, 1 / 170, 1 / 50)
)
FORENAME_SLIP = _tiers(
    "forename", "forename one letter off", m=0.04, u=(1 / 1000, 1 / 340, 1 / 100)
)
FORENAME_MIDDLE = _level("forename", "forename is the other's middle name", m=0.02, u=0.006)
FORENAME_HONOUR = _level("forename", "share a first name many people bear", m=0.80, u=1 / 20)
FORENAME_INITIAL = _level("forename", "initial agrees with the forename", m=0.95, u=0.12)
FORENAME_ALIKE = _level("forename", "forename sounds or looks alike", m=0.02, u=0.004)
FORENAME_NEAR = _level("forename", "forename is a similar but different name", m=0.005, u=0.01)
FORENAME_DIFFERENT = _level("forename", "different forename", m=0.004, u=0.97)

# Surname
SURNAME_SAME = _tiers("surname", "same surname", m=0.82, u=(1 / 700, 1 / 200, 1 / 60))
SURNAME_VARIANT = _tiers(
    "surname", "other spelling of the surname", m=0.04, u=(1 / 2000, 1 / 800, 1 / 240)
)
SURNAME_PART = _tiers(
    "surname", "share a part of a double-barrelled surname", m=0.04, u=(1 / 900, 1 / 400, 1 / 200)
)
SURNAME_SLIP = _level("surname", "surname one letter off", m=0.03, u=0.001)
SURNAME_ALIKE = _level("surname", "surname sounds or looks alike", m=0.02, u=0.002)
SURNAME_DIFFERENT = _level("surname", "different surname", m=0.08, u=0.99)

# Forename and surname the other way round: some 15 in 1,000 records against 800 x 820 in 1,000,000.
SWAP_COST = log2(0.80 * 0.82 / 0.015)

# Other given names
MIDDLE_SAME = _level("middle", "share a middle name", m=0.60, u=0.04)
MIDDLE_INITIAL = _level("middle", "middle initial agrees", m=0.30, u=0.10)
MIDDLE_DIFFERENT = _level("middle", "different middle name", m=0.10, u=0.85)

# Sex
SEX_SAME = _level("sex", "same sex", m=0.97, u=0.50)
SEX_CONFLICT = _level("sex", "different sex", m=0.03, u=0.50)

# Home
HOME_POSTCODE = _level("home", "same postcode", m=0.60, u=1 / 75)
HOME_SECTOR = _level("home", "neighbouring postcode", m=0.10, u=0.04)
HOME_DIFFERENT = _level("home", "another postcode", m=0.30, u=0.49)

# The house, among people of one postcode
HOUSE_SAME = _level("house", "same house", m=0.92, u=0.37)
HOUSE_DIFFERENT = _level("house", "another house", m=0.08, u=0.48)

# Telephone
PHONE_SAME = _level("phone", "same telephone", m=0.50, u=1 / 128)
PHONE_OF_HOME = _level("phone", "same telephone, at the same postcode", m=0.50, u=1 / 11)
PHONE_DIFFERENT = _level("phone", "another telephone", m=0.50, u=0.70)

# Identifiers: u is the chance that a valid number was taken down for the wrong person.
NHS_SAME = _level("nhs_number", "same NHS number", m=0.97, u=1e-8)
NHS_CONFLICT = _level("nhs_number", "another NHS number", m=0.01, u=0.99)
UPN_SAME = _level("upn", "same pupil number", m=0.95, u=1e-8)
UPN_CONFLICT = _level("upn", "another pupil number", m=0.03, u=0.99)

IDENTIFIERS_SAME = (NHS_SAME, UPN_SAME)
IDENTIFIERS_CONFLICT = (NHS_CONFLICT, UPN_CONFLICT)
NAMES_SWAPPED = tuple(
    tuple(
        Reason(
            "forename and surname the other way round",
            FORENAME_SAME[first].weight + SURNAME_SAME[last].weight - SWAP_COST,
            "names",
        )
        for last in Tier
    )
    for first in Tier
)  # indexed by the tiers of the forename and of the surname
