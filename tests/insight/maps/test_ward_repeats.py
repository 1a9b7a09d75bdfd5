"""Are repeats going up in a ward, and is it real?"""

from datetime import date
from urllib.parse import urlencode

import pytest

from sightline.demo import places
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from tests.insight.engines import everywhere
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH

pytestmark = pytest.mark.django_db
REPEATS = BY_ID["trend.repeats"]


def test_a_repeat_is_counted_in_its_quarter_and_ward(world, tmp_path):
    places.take_in(world.now, years=3)
    for days, reference in ((600, "A"), (130, "B"), (120, "C"), (40, "D")):
        world.earlier(days, reference, MARIA, DANIEL, LEILA)
    world.earlier(30, "E", IVY, DANIEL, NOAH)
    period = Period(date(2026, 7, 1), date(2026, 10, 31))
    counted = everywhere(REPEATS, period, tmp_path, world.now)
    assert [(row[0], row[2], row[3]) for row in counted.rows] == [
        ("July 2026 - September 2026", 2, 1),  # the first of the two came after more than a year
        ("October 2026 - December 2026", 2, 1),  # Leila's is a repeat, Noah's is not
    ]
    assert str(counted.rows[1][4]) == "50.0"


def test_from_the_map_a_ward_leads_to_the_answer(client, world):
    """Two clicks: the map, and the name of the ward."""
    places.take_in(world.now, years=3)
    world.earlier(900, "NM-I", IVY, DANIEL, NOAH)  # long before what is compared
    for number in range(6):
        world.earlier(20 + 14 * number, f"NM-{number}", MARIA, DANIEL, LEILA)
    client.force_login(world.user("manager"))
    ward = places.where()["ZZ9 4QT"].ward_code
    page = client.get("/figures/map/").content.decode()
    start = page.index("/figures/trend.repeats/?" + urlencode({"only": f"ward={ward}"}))
    address = page[start : page.index('"', start)].replace("&amp;", "&")
    answer = " ".join(client.get(address).content.decode().split())
    name = places.WARDS[places.where()["ZZ9 4QT"].ward].replace("'", "&#39;")
    assert f"(Ward: {name})" in answer
    assert "Has it changed, and is it real?" in answer
    assert "Against the period before" in answer
