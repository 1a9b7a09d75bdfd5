"""Each level in words, for whoever has to believe or to doubt a link."""

from sightline.rules.linkage.levels import (
    Birth,
    Forename,
    Home,
    Level,
    Middle,
    Number,
    Phone,
    PoliceNumber,
    Sex,
    Surname,
)

PARTS: dict[str, type[Level]] = {
    "birth": Birth,
    "forename": Forename,
    "surname": Surname,
    "middle": Middle,
    "sex": Sex,
    "home": Home,
    "phone": Phone,
    "nhs_number": Number,
    "upn": Number,
    "police_id": PoliceNumber,
}

WORDS: dict[str, dict[Level, str]] = {
    "birth": {
        Birth.SAME: "same birth date",
        Birth.SWAPPED: "birth date with day and month swapped",
        Birth.ONE_DIGIT: "birth date one digit off",
        Birth.JANUARY: "1 January of one year given for both",
        Birth.PLACEHOLDER: "1 January given for one, same year of birth",
        Birth.PLACEHOLDER_NEAR: "1 January given for one, year of birth close",
        Birth.SAME_YEAR: "other birth date in the same year",
        Birth.OTHER_YEAR: "another birth date, some years apart",
        Birth.CONFLICT: "another birth date, a generation apart",
    },
    "forename": {
        Forename.SAME: "same forename",
        Forename.VARIANT: "other spelling of the forename",
        Forename.PET: "forename that is also a pet form of the other",
        Forename.SLIP: "forename one letter off",
        Forename.SWAPPED: "forename and surname the other way round",
        Forename.HONOUR: "share a first name many people bear",
        Forename.INITIAL: "initial agrees with the forename",
        Forename.ALIKE: "forename sounds or looks alike",
        Forename.MIDDLE: "forename is the other's middle name, or a part of it",
        Forename.NEAR: "forename is a similar but different name",
        Forename.CROSSED: "forename of the one is the surname of the other",
        Forename.DIFFERENT: "different forename",
    },
    "surname": {
        Surname.SAME: "same surname",
        Surname.VARIANT: "other spelling of the surname",
        Surname.PART: "share a part of a double-barrelled surname",
        Surname.SLIP: "surname one letter off",
        Surname.ALIKE: "surname sounds or looks alike",
        Surname.DIFFERENT: "different surname",
    },
    "middle": {
        Middle.SAME: "share a middle name",
        Middle.INITIAL: "middle initial agrees",
        Middle.DIFFERENT: "different middle name",
    },
    "sex": {Sex.SAME: "same sex", Sex.DIFFERENT: "different sex"},
    "home": {
        Home.HOUSE: "same house",
        Home.POSTCODE: "same postcode",
        Home.NEIGHBOUR: "same postcode, another house",
        Home.STREET: "same house and street, another postcode or none",
        Home.SECTOR: "neighbouring postcode",
        Home.DIFFERENT: "another postcode",
    },
    "phone": {
        Phone.SAME: "same telephone at two addresses",
        Phone.AT_HOME: "same telephone, perhaps of one home",
        Phone.DIFFERENT: "another telephone",
    },
    "nhs_number": {Number.SAME: "same NHS number", Number.DIFFERENT: "another NHS number"},
    "upn": {Number.SAME: "same pupil number", Number.DIFFERENT: "another pupil number"},
    "police_id": {
        PoliceNumber.SAME: "same police number",
        PoliceNumber.ONE_OFF: "police number one character off",
        PoliceNumber.DIFFERENT: "another police number",
    },
}

TOGETHER = "another person of both notifications is the same"
VERY_COMMON, COMMON, RARE = -1.5, -0.3, 2.0  # bits


def with_rarity(words: str, bits: float) -> str:
    """Say how many people bear a name, where that changes what sharing it means."""
    if bits <= VERY_COMMON:
        return f"{words} (a very common one)"
    if bits <= COMMON:
        return f"{words} (a common one)"
    return f"{words} (a rare one)" if bits >= RARE else words
