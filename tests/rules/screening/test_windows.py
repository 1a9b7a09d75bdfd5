"""Calendar months before a day."""

from datetime import date

import pytest

from sightline.rules.screening.windows import months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 6, 1), 24, date(2024, 6, 1)),
    ],
)
def test_the_same_day_or_the_last_of_a_shorter_month(day, months, before):
    assert months_before(day, months) == before
