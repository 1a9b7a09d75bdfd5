"""What the uplifts need to know about the child."""

from dataclasses import dataclass

# The facts that an uplift in a data file may name as its condition.
FACTS = (
    "disability",
    "home_educated",
    "without_school",
    "new_to_area",
    "open_to_social_care",
    "needs_interpreter",
    "unstable_housing",
    "has_siblings",
)


@dataclass(frozen=True, kw_only=True)
class ChildFacts:
    """One child, on the day of screening. None always means: not known.

    age_in_months: completed months; None when the age is not known or the child is unborn.
    disability: a disability, a special educational need or a communication need.
    without_school: of school age and on the roll of none.
    siblings: how many other children the family has, here or elsewhere.
    """

    age_in_months: int | None
    unborn: bool
    siblings: int
    disability: bool | None = None
    home_educated: bool | None = None
    without_school: bool | None = None
    new_to_area: bool | None = None
    open_to_social_care: bool | None = None
    needs_interpreter: bool | None = None
    unstable_housing: bool | None = None

    def __post_init__(self) -> None:
        if self.unborn and self.age_in_months is not None:
            raise ValueError("An unborn child has no age in months.")
        if self.age_in_months is not None and self.age_in_months < 0:
            raise ValueError("An age in months is never below 0.")
        if self.siblings < 0:
            raise ValueError("A number of siblings is never below 0.")

    @property
    def has_siblings(self) -> bool:
        return self.siblings > 0

    @property
    def age_is_known(self) -> bool:
        return self.unborn or self.age_in_months is not None

    def has(self, fact: str) -> bool:
        """Whether a fact of FACTS is known to be so; not known is not so."""
        return getattr(self, fact) is True
