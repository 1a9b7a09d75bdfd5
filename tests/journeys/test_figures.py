"""The pages of figures, looked at as every page of the way is, and worked without a mouse."""

import pytest

from sightline.common.clock import now
from tests.journeys.hands import Keyboard
from tests.journeys.quarters import last_quarters

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]

LOOKED_AT = {
    "manager": ("/dashboards/board/", "/dashboards/commissioner/", "/figures/map/",
                "/figures/national/", "/figures/report/", "/figures/recommended-and-done/"),
    "forcelead": ("/dashboards/force/",),
    "chair": ("/file-audits/", "/letters/"),
}  # fmt: skip


@pytest.mark.parametrize("local", LOOKED_AT)
def test_everybody_can_read_the_pages_of_figures(invite, eyes, local):
    reader = invite().signs_in(local)
    for path in LOOKED_AT[local]:
        reader.goes_to(path)
    assert eyes.complaints() == ""


def test_a_figure_is_published_and_found_again_by_keyboard(invite, eyes):
    span = last_quarters(now())[-1]
    days = "&".join(
        f"{name}-{part}={getattr(day, part)}"
        for name, day in (("first", span.first), ("last", span.last))
        for part in ("day", "month", "year")
    )
    manager = invite(Keyboard()).signs_in("manager")
    manager.goes_to(f"/figures/s0.table1/?{days}").presses("Publish").sees("Publish this figure?")
    manager.presses("Publish").sees("Published. It can be counted again")
    manager.sees("the same, to the digit").sees("every number is what it was")
    manager.goes_to("/figures/published/").presses("Children by number of notifications")
    assert eyes.complaints() == ""
