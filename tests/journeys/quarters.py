"""Years of one ward, taken in as history: repeats that rose, for whoever asks whether they did.

Made in the process that serves. History opens nothing: no other journey sees these families.
"""

from datetime import UTC, date, datetime, time, timedelta

from sightline.common.clock import local_date, midnight
from sightline.demo import places
from sightline.demo.cast import Cast
from sightline.insight.whole import Whole, quarter
from tests.world import World, notification

WARD = "St Thomas's"
YEARS = 5
QUARTERS = 12  # enough for limits; the record begins well before them
LATELY = 4  # in which two families are named again and again
SURNAMES = ("Abney", "Birkett", "Caddick", "Dorrance", "Elwell", "Fenby", "Gorse", "Hadley",
            "Ingle", "Jukes", "Kempson")  # fmt: skip
CHILDREN = ("Aled", "Beth", "Cian", "Dora", "Evan", "Fern")  # six: under five would be hidden


def prepare(cast: Cast, now: datetime) -> None:
    """Take the town in, and notifications of a ward: of a new family each, then of two families
    again and again."""
    places.take_in(now, years=YEARS)
    world = World(cast, now=now)
    spans = last_quarters(now)
    *before, one, other = range(len(SURNAMES))
    _notify(world, before.pop(), spans[0].first - timedelta(days=500))
    for span in spans[:-LATELY]:
        _notify(world, before.pop(), span.first + timedelta(days=20))
    for span in spans[-LATELY:]:
        for family in (one, other):
            _notify(world, family, span.first + timedelta(days=30 + family))


def last_quarters(now: datetime) -> list[Whole]:
    """The last quarters that were over when the month began, oldest first."""
    month = midnight(now) - timedelta(days=local_date(now).day)
    last = quarter(local_date(month))
    span = last if last.last <= local_date(month) else quarter(last.first - timedelta(days=1))
    found = [span]
    while len(found) < QUARTERS:
        found.append(quarter(found[-1].first - timedelta(days=1)))
    return found[::-1]


def _notify(world: World, family: int, on: date) -> None:
    at, surname = datetime.combine(on, time(9), UTC), SURNAMES[family]
    people = [
        {"id": name, "role": "child", "given_name": name, "surname": surname,
         "birth_date": f"{2012 + n}-{1 + family:02}-1{n}", "child": {"presence": "in_the_home"}}
        for n, name in enumerate(CHILDREN)
    ]  # fmt: skip
    people.append({"id": "m", "role": "victim", "given_name": "Nerys", "surname": surname,
                   "birth_date": f"{1980 + family}-03-03"})  # fmt: skip
    body = notification(f"ST-{family}-{on}", *people, notified_at=at.isoformat())
    body["incident"] |= {
        "started_at": at.isoformat(),
        "address": {"lines": f"{family + 1} Chapel Hill, Castlebrook", "postcode": _postcode()},
    }
    world.notify(body, now=at, history=True)


def _postcode() -> str:
    return next(code for code, area in places.where().items() if places.WARDS[area.ward] == WARD)
