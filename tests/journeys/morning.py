"""Fourteen families of one night, screened before the journeys begin: what a meeting starts with.

They are made in the process that serves, through the same commands as everything else. Each has a
mother, one child, and the man who abuses the mother; all of them are invented.
"""

from datetime import datetime, timedelta

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.demo.cast import Cast
from sightline.screening.commands import set_scale
from sightline.screening.models import Screening
from tests.world import World, notification

STREET = "Lantern Rise"
MOTHERS = ("Ada", "Bryony", "Clara", "Dilys", "Efua", "Farah", "Gwen", "Hattie", "Iman", "Jola",
           "Keira", "Lowri", "Magda", "Nadira", "Olwen")  # fmt: skip
CHILDREN = ("Abel", "Bram", "Ciara", "Dafydd", "Esi", "Faisal", "Glyn", "Hugo", "Idris", "Janek",
            "Kit", "Lili", "Marek", "Noor", "Otis")  # fmt: skip
SURNAMES = ("Ashby", "Brennock", "Coldwell", "Driscott", "Ekwueme", "Farouqi", "Gethin",
            "Harkness", "Ibrahimi", "Jasinski", "Kesterton", "Llywelyn", "Mazurek",
            "Nasrallah", "Ollerton")  # fmt: skip
MEN = ("Alistair Crook", "Barry Dunmore", "Callum Exley", "Desmond Frith", "Elroy Grantham",
       "Ferdinand Hale", "Gareth Inskip", "Howard Jessop", "Ivor Kettle", "Jerome Lund",
       "Kenneth Moss", "Lester Nye", "Malcolm Orme", "Neville Pym",
       "Oswald Quill")  # fmt: skip
FAMILIES = 14  # of one night; the last of each list is the family of the week before
SCHOOL = "Mill Road Academy"  # no other journey reads its messages
LAST_WEEK = "Cinder Walk"  # a family decided on six days ago, of whom much is late by now


def prepare(cast: Cast, now: datetime) -> None:
    """Have all of them notified in the night before, and each child's scale set in the morning."""
    world = World(cast, now=now)
    _last_week(world, now - timedelta(days=6))
    night = now - timedelta(hours=10)
    for number in range(FAMILIES):
        _notify(world, number, night, f"{number + 1} {STREET}")
    for screening in Screening.objects.filter(scale=None).order_by("pk"):
        _set_scale(cast, screening, now)


def _last_week(world: World, then: datetime) -> None:
    """One family before them: screened, decided on, and an action agreed for the day after."""
    _notify(world, FAMILIES, then, f"3 {LAST_WEEK}")
    screening = Screening.objects.get()
    _set_scale(world.cast, screening, then)
    care = world.cast.agencies["care"]
    decide_with_actions(
        screening=screening, outcome="CFA", rationale="It has not stopped.",
        actions=[AgreedAction(care, "See the child at school", (then + timedelta(days=1)).date())],
        by=world.user("chair"), now=then,
    )  # fmt: skip


def _notify(world: World, number: int, night: datetime, lines: str) -> None:
    world.notify(_body(number, night, f"{lines}, Castlebrook"), now=night)


def _set_scale(cast: Cast, screening: Screening, now: datetime) -> None:
    set_scale(
        screening=screening, scale=3, because="Heard it from the next room, again.",
        second_agency=None, by=cast.users["administrator"], now=now,
    )  # fmt: skip


def _body(number: int, night: datetime, lines: str) -> dict[str, object]:
    man, _, his_surname = MEN[number].partition(" ")
    people = (
        {"id": "m", "role": "victim", "given_name": MOTHERS[number],
         "surname": SURNAMES[number], "birth_date": f"19{80 + number}-04-1{number % 10}"},
        {"id": "p", "role": "perpetrator", "given_name": man, "surname": his_surname,
         "birth_date": f"19{78 + number}-08-2{number % 9}"},
        {"id": "c", "role": "child", "given_name": CHILDREN[number],
         "surname": SURNAMES[number], "birth_date": f"{2010 + number % 12}-06-0{1 + number % 9}",
         "child": {"presence": "in_the_home", "spoken_to_alone": "no",
                   "school_name": SCHOOL}},
    )  # fmt: skip
    body = notification(f"LR-{number}", *people, notified_at=night.isoformat())
    body["incident"] |= {
        "started_at": (night - timedelta(hours=1)).isoformat(),
        "address": {"lines": lines, "postcode": "ZZ9 6LR"},
        "summary": f"{man} {his_surname} shouted at {MOTHERS[number]} and broke a door.",
    }
    return body
