"""Sentences that say where a history's table 4 differs from the published one, and why."""

from collections.abc import Iterable

from sightline.demo.dudley.decisions import Sample

# Rounding half up adds at most half a tenth to a cell, so four cells gain at most two tenths.
MOST_THAT_FOUR_SHARES_ADD_UP_TO = 1002


def differences(samples: Iterable[Sample]) -> tuple[str, ...]:
    """One sentence for each row that is not as published, in the order of the rows."""
    return tuple(
        _sentence(sample) for sample in samples if sample.tenths != sample.published.tenths
    )


def _sentence(sample: Sample) -> str:
    wanted = sample.published
    return (
        f"Table 4, {wanted.period}: published {_shares(wanted.tenths)}, "
        f"here {_shares(sample.tenths)} of {sum(sample.counts):,} recorded outcomes, "
        f"because {_reason(sample)}."
    )


def _reason(sample: Sample) -> str:
    total = sum(sample.published.tenths)
    if total > MOST_THAT_FOUR_SHARES_ADD_UP_TO:
        return (
            f"the published shares add up to {total / 10:.1f} and four shares rounded to a tenth "
            "cannot add up to more than 100.2, so no counts give that row; this is the nearest"
        )
    return "no sample of the size this history allows has exactly the published shares"


def _shares(tenths: Iterable[int]) -> str:
    return " / ".join(f"{cell / 10:.1f}" for cell in tenths)
