"""What kind of region, and how carefully people are written down there.

Rates are assumptions, not measurements: chances per field of a mention of the victim, before the
factor of the role and of the officer. An engine must hold under all profiles, not under one.
"""

from dataclasses import dataclass, field, replace

ROLE_FACTOR = {
    "victim": 1.0, "child": 1.1, "both_alleged": 1.2, "perpetrator": 1.7, "other": 2.4,
}  # fmt: skip


@dataclass(frozen=True)
class Slips:
    """Chances of each way of writing something down wrongly, or not at all."""

    nickname: float = 0.07
    respelt: float = 0.09  # another hand's spelling of a name from another script
    typo: float = 0.022  # each of forename and surname
    initial: float = 0.005
    names_swapped: float = 0.008
    middle_first: float = 0.015
    honour_dropped: float = 0.35  # "Mohammed Imran" written "Imran"; not a slip of care
    no_forename: float = 0.006
    no_surname: float = 0.009
    other_parents_surname: float = 0.05
    earlier_surname: float = 0.15  # of those who have one
    half_of_double: float = 0.2
    middle_given: float = 0.3  # of those who have one
    dob_missing: float = 0.035
    dob_swapped: float = 0.006
    dob_digit: float = 0.009
    dob_january: float = 0.006
    dob_wrong: float = 0.004
    address_missing: float = 0.02
    postcode_missing: float = 0.05
    postcode_typo: float = 0.015
    old_address: float = 0.03
    house_missing: float = 0.06
    house_respelt: float = 0.2
    street_respelt: float = 0.3
    street_typo: float = 0.02
    phone_missing: float = 0.4
    phone_digit: float = 0.015
    phone_old: float = 0.06
    nhs_digit: float = 0.006
    nhs_siblings: float = 0.004
    sex_missing: float = 0.025
    sex_wrong: float = 0.003
    placeholder: float = 0.25  # "NK" where a name is missing
    shouted: float = 0.2  # capitals, of whole notifications
    muddled: float = 0.03  # titles, odd case, stray points and blanks


@dataclass(frozen=True)
class Profile:
    """A kind of region."""

    slips: Slips = field(default_factory=Slips)
    care: float = 0.5  # spread of the officers' factor (of its logarithm)
    sloppiness: float = 1.0
    shares: dict[str, float] = field(default_factory=dict)  # of traditions, times the usual
    homes_a_family: float = 4.0
    many_visits: float = 0.34  # of families the police come to again and again
    moves_a_year: float = 0.25
    nhs_known: tuple[float, float] = (0.5, 0.08)  # children, adults; six in ten are then written
    serial: float = 0.12  # perpetrators of whom an earlier family is known
    twins: float = 0.015  # births


USUAL = Profile()
PROFILES = {
    "usual": USUAL,
    "sloppy": replace(USUAL, sloppiness=1.5, care=0.6, nhs_known=(0.25, 0.03)),
    "city": replace(
        USUAL, homes_a_family=2.0, moves_a_year=0.4, nhs_known=(0.4, 0.06),
        shares={"white_british": 0.45, "south_asian_muslim": 2.2, "south_asian_hindu_sikh": 2.0,
                "african": 2.4, "caribbean": 2.2, "arabic_somali_kurdish": 2.0, "chinese": 2.0},
    ),
    "rural": replace(
        USUAL, homes_a_family=9.0, moves_a_year=0.15, sloppiness=0.8, nhs_known=(0.7, 0.12),
        shares={"white_british": 1.4, "irish_traveller": 1.5, "south_asian_muslim": 0.2,
                "south_asian_hindu_sikh": 0.25, "african": 0.25, "caribbean": 0.2,
                "arabic_somali_kurdish": 0.2},
    ),
}  # fmt: skip
