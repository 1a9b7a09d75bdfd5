"""What it takes to set another scale than the suggested one."""

from dataclasses import dataclass

from sightline.rules.screening.wordscale import scale_name


@dataclass(frozen=True)
class Needs:
    """What a person must give before a scale can be set, and why."""

    reason: bool
    second_agency: bool
    because: str


def needs_to_set(chosen: int, suggested: int) -> Needs:
    """Setting the suggested scale needs nothing more; going up a reason; going down a reason and
    a second agency that agrees. ValueError for a scale that is not 1 to 4.

    Source: our rule, from the SafeLives MARAC criteria, where professional judgement may raise
    what an assessment came to and may not be used to lower it. There is no equal rule for the
    scale of a child; we allow going down, and do not let one agency do it alone.
    """
    asked = f"Scale {chosen} ({scale_name(chosen)})"
    from_rules = f"the suggested scale {suggested} ({scale_name(suggested)})"
    if chosen == suggested:
        return Needs(False, False, f"{asked} is the suggested scale.")
    if chosen > suggested:
        return Needs(True, False, f"{asked} is above {from_rules}: say why.")
    return Needs(
        True, True, f"{asked} is below {from_rules}: say why, and which second agency agrees."
    )
