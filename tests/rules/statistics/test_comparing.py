"""Whether a difference is real, in words for somebody without training."""

import pytest

from sightline.rules.statistics.comparing import Share, compare_counts, compare_shares


@pytest.mark.parametrize(
    ("after", "before", "real", "says"),
    [
        (Share(56, 70), Share(48, 80), True, "Up 20.0 percentage points: 80.0 per cent (56 of 70)"),
        (Share(48, 80), Share(56, 70), True, "real fall"),
        (Share(5, 56), Share(0, 29), False, "This may be chance"),
        (Share(1, 4), Share(25, 100), False, "No difference"),
        (Share(0, 0), Share(25, 100), False, "nothing to compare"),
    ],
)
def test_two_shares(after, before, real, says):
    found = compare_shares(after, before)
    assert found.is_real == real
    assert says in found.words


@pytest.mark.parametrize(
    ("after", "before", "exposed", "real", "says"),
    [
        (31, 22, (1, 1), False, "31 against 22, 1.41 times as many; the true factor is likely"),
        (60, 22, (1, 1), True, "real rise"),
        (28, 31, (28, 31), False, "1.00 times as many for each day"),
        (3, 0, (1, 1), False, "3 against none; the true factor is likely between 0.78 and any"),
        (0, 0, (1, 1), False, "nothing to compare"),
    ],
)
def test_two_counts(after, before, exposed, real, says):
    found = compare_counts(after, before, exposed, per="day" if exposed != (1, 1) else "")
    assert found.is_real == real
    assert says in found.words
