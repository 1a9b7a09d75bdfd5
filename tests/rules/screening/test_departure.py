"""Setting another scale than the suggested one."""

import pytest

from sightline.rules.screening.departure import needs_to_set
from sightline.rules.screening.wordscale import scale_name


@pytest.mark.parametrize(
    ("suggested", "chosen", "reason", "second_agency"),
    [
        (3, 3, False, False),
        (3, 4, True, False),
        (1, 2, True, False),
        (3, 2, True, True),
        (4, 1, True, True),
    ],
)
def test_up_needs_a_reason_and_down_a_second_agency_too(suggested, chosen, reason, second_agency):
    needs = needs_to_set(chosen, suggested)
    assert (needs.reason, needs.second_agency) == (reason, second_agency)


def test_the_need_is_said_in_words():
    assert needs_to_set(2, 3).because == (
        "Scale 2 (Moderate to serious) is below the suggested scale 3 (Serious): say why, and "
        "which second agency agrees."
    )


@pytest.mark.parametrize("scale", [0, 5, -1])
def test_there_are_four_scales(scale):
    with pytest.raises(ValueError, match="scales run from 1 to 4"):
        needs_to_set(scale, 1)
    with pytest.raises(ValueError, match="scales run from 1 to 4"):
        needs_to_set(1, scale)
    with pytest.raises(ValueError, match="scales run from 1 to 4"):
        scale_name(scale)
