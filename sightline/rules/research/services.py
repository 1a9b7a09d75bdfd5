"""What an agency answers for: the work by which it may know somebody.

One agency may answer for several: a health trust for health visiting and for school nursing.
"""

from enum import StrEnum


class Service(StrEnum):
    """A service that may know a member of a family; its `words` are how it is written."""

    HEALTH_VISITING = "health_visiting"
    SCHOOL_NURSING = "school_nursing"
    MIDWIFERY = "midwifery"
    GP = "gp"
    SCHOOL = "school"
    SOCIAL_CARE = "social_care"
    EARLY_HELP = "early_help"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth_justice"
    HOUSING = "housing"
    ADULT_MENTAL_HEALTH = "adult_mental_health"
    SUBSTANCE_USE = "substance_use"
    DOMESTIC_ABUSE = "domestic_abuse"
    PERPETRATOR_PROGRAMME = "perpetrator_programme"
    ADULT_SOCIAL_CARE = "adult_social_care"
    HOME_EDUCATION = "home_education"
    CHILDREN_WITHOUT_SCHOOL = "children_without_school"
    NEW_FAMILIES = "new_families"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Service.HEALTH_VISITING: "Health visiting",
    Service.SCHOOL_NURSING: "School nursing",
    Service.MIDWIFERY: "Midwifery",
    Service.GP: "GP",
    Service.SCHOOL: "School",
    Service.SOCIAL_CARE: "Children's social care",
    Service.EARLY_HELP: "Early help",
    Service.PROBATION: "Probation",
    Service.YOUTH_JUSTICE: "Youth justice",
    Service.HOUSING: "Housing",
    Service.ADULT_MENTAL_HEALTH: "Adult mental health",
    Service.SUBSTANCE_USE: "Drug and alcohol service",
    Service.DOMESTIC_ABUSE: "Domestic abuse service",
    Service.PERPETRATOR_PROGRAMME: "Perpetrator programme",
    Service.ADULT_SOCIAL_CARE: "Adult social care",
    Service.HOME_EDUCATION: "Council officer for home education",
    Service.CHILDREN_WITHOUT_SCHOOL: "Council officer for children without a school",
    Service.NEW_FAMILIES: "Council officer for families new to the area",
}
