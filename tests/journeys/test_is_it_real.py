"""Are repeats going up in St Thomas's ward, and is it real? From signing in to a printed answer."""

import time

import pytest

from tests.journeys.quarters import WARD
from tests.journeys.test_on_paper import assert_prints

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]

TWO_MINUTES = 120


@pytest.mark.parametrize("local", ["manager", "commissioner", "chair"])
def test_four_steps_lead_to_a_printed_answer(invite, eyes, local):
    began = time.monotonic()
    reader = invite().signs_in(local)
    if local == "chair":  # whose day begins elsewhere
        reader.presses("Dashboard", "Menu")
    reader.presses("Are repeats going up in one ward?")
    reader.selects("For", f"Ward: {WARD}").presses("Count")
    assert reader.heading.endswith("up 75.0 percentage points, a real rise")
    assert_prints(
        reader, f"(Ward: {WARD})", "Has it changed, and is it real?", "Who is counted", "As at",
        "the true difference is likely between", "From row to row",
    )  # fmt: skip
    assert time.monotonic() - began < TWO_MINUTES
    assert eyes.complaints() == ""
