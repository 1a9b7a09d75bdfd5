"""The policy on small counts as a chapter that an analyst can read and correct."""

from sightline.rules.disclosure.policy import Policy, shipped_policies
from sightline.rules.handbook.parts import Chapter, Section


def chapters() -> tuple[Chapter, ...]:
    """Return every version in words."""
    return tuple(describe(policy) for policy in shipped_policies())


def describe(policy: Policy) -> Chapter:
    """Return a version in words."""
    return Chapter(
        title=policy.title,
        key=policy.key,
        source=policy.source,
        where="sightline/rules/disclosure/data",
        commencement=policy.commencement,
        end=policy.end,
        sections=(
            Section("Who sees what", _who()),
            Section("What is hidden", _hidden(policy)),
            Section("Which days", _days()),
        ),
    )


def _who() -> tuple[str, ...]:
    return (
        "The screening team works with the records themselves and sees every count as it is.",
        "Everybody else who may see figures sees them as a reader of a published table would: on"
        " the page, in charts, files, dashboards and the report alike.",
    )


def _hidden(policy: Policy) -> tuple[str, ...]:
    rounded = (
        f"Every other count is shown to the nearest {policy.round_to}."
        if policy.round_to
        else "Every other count is shown as it was counted."
    )
    return (
        f"A count from 1 to {policy.threshold - 1} is hidden, and so is what is left of a whole"
        " where that is as small. A 0 is shown, unless it must be hidden to protect another count.",
        "Others are hidden with them, so that no hidden count can be worked out by adding and"
        " subtracting what is shown in the rows, columns, places, months, quarters and the year."
        f" For each there are other counts, {policy.threshold} or more, with which every number"
        " that is shown would be the same.",
        "A share, a median or anything else worked out of a hidden count is hidden too.",
        rounded,
    )


def _days() -> tuple[str, ...]:
    return (
        "Figures are of whole quarters and years from April to March that are over, and series of"
        " whole months too, as was known at the end of the last month. Days of one's own choosing"
        " would show by subtraction what happened on one day.",
        "What is divided, by place or otherwise, is of years, and a series of quarters.",
        "What was shown stays shown: only what is newer is hidden to protect it.",
    )
