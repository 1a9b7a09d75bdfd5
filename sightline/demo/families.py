"""Families worth looking at, in the last days before `now`. All of them are invented.

Siblings who need different answers, an unborn child, twins, a perpetrator known from another
household, a professional among the subjects, a home-educated child, separated parents, a
notification in the holidays, one on a Friday night.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sightline.demo.borough import LONDON, Happening


def families(now: datetime) -> list[Happening]:
    """Return the notifications of these families, in the order in which they came in."""
    today = now.astimezone(LONDON).date()
    found = [
        *_brook_lane(now, today),
        _twins(now, today),
        _professional(now, today),
        _home_educated(now, today),
        _separated(now, today),
        _in_the_holidays(today),
        _friday_night(today),
    ]
    return sorted((h for h in found if h.received_at < now), key=lambda h: h.received_at)


def years_ago(today: date, years: int, days: int = 100) -> str:
    """Return a date of birth that many years and days ago."""
    return (today - timedelta(days=round(365.25 * years) + days)).isoformat()


def adult(role: str, given: str, surname: str, born: str, **more: Any) -> dict[str, Any]:
    return {
        "id": role, "role": role, "given_name": given, "surname": surname, "birth_date": born,
    } | more  # fmt: skip


def child(given: str, surname: str, born: str, presence: str, **part: Any) -> dict[str, Any]:
    who = {"id": given.lower(), "role": "child", "given_name": given, "surname": surname}
    return who | {"birth_date": born, "child": {"presence": presence} | part}


def unborn(due: date) -> dict[str, Any]:
    part = {"presence": "unborn", "expected_birth": due.isoformat()}
    return {"id": "unborn", "role": "child", "child": part}


def happening(
    reference: str,
    started: datetime,
    address: tuple[str, str],
    summary: str,
    people: list[dict[str, Any]],
    **more: Any,
) -> Happening:
    notified = started + timedelta(minutes=95)
    body = {
        "reference": reference, "form": "PPN", "notified_at": notified.isoformat(),
        "incident": {
            "started_at": started.isoformat(), "log_number": f"L-{reference}", "summary": summary,
            "address": {"lines": f"{address[0]}, Castlebrook", "postcode": address[1]},
        },
        "risk": {"tool": "DARA", "officer_grade": more.pop("grade", "medium")},
        "people": people, "relationships": _mother(people) + more.pop("related", []),
    }  # fmt: skip
    return Happening(notified + timedelta(minutes=6), body | more)


def _mother(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        related("victim", "mother", person["id"], parental_responsibility=True)
        for person in people
        if person["role"] == "child"
    ]


def related(a: str, kind: str, b: str, **more: Any) -> dict[str, Any]:
    """Return that `a` is `kind` of `b`, each by role or given name."""
    return {"a": a, "b": b, "kind": kind} | more


def _night(today: date, days_ago: int, hour: int, minute: int) -> datetime:
    return datetime.combine(today - timedelta(days=days_ago), time(hour, minute), LONDON)


def _brook_lane(now: datetime, today: date) -> list[Happening]:
    """Leila, Sam and an unborn child; Daniel Crowe, who lived in Tanner's Row before.

    Two families in two homes: Noah is his son, the unborn child is said to be his too. Sources
    differ on whether he is Leila's father.
    """
    daniel = adult("perpetrator", "Daniel", "Crowe", years_ago(today, 38), sex="M",
                   nhs_number="9990000093", police_id="NM-448812")  # fmt: skip
    maria = adult("victim", "Maria", "Moreno", years_ago(today, 34), sex="F",
                  nhs_number="9990000018", phone="07700 900123")  # fmt: skip
    leila = child(
        "Leila", "Moreno", years_ago(today, 9), "in_the_home", where_in_home="on the stairs",
        saw_or_heard="heard shouting and something breaking", spoken_to_alone="yes",
        words="I told Sam to hide under my bed", demeanour="quiet, watched the door",
        school_name="Brook Lane Primary School",
    )  # fmt: skip
    sam = child("Sam", "Moreno", years_ago(today, 4), "in_the_home", spoken_to_alone="no",
                demeanour="asleep", school_name="Brook Lane Primary School")  # fmt: skip
    ivy = adult("victim", "Ivy", "Penrose", years_ago(today, 36), sex="F", nhs_number="9990000042")
    noah = child("Noah", "Penrose", years_ago(today, 11), "in_the_room", spoken_to_alone="yes",
                 words="He hurt Mum's arm", school_name="Castlebrook High School")  # fmt: skip
    nan_at = {"lines": "30 Weavers Court, Castlebrook", "postcode": "ZZ9 1TG"}
    rosa = adult("other", "Rosa", "Moreno", years_ago(today, 61), sex="F", address=nan_at)
    home, before = ("12 Brook Lane", "ZZ9 4QT"), ("3 Tanner's Row", "ZZ9 7BD")
    there = daniel | {"address": {"lines": "3 Tanners Row", "postcode": "ZZ9 7BD"}}
    here = daniel | {"address": {"lines": "12 Brook Ln, Castlebrook", "postcode": "ZZ9 4QT"}}
    father = related("perpetrator", "father", "noah", parental_responsibility=True)
    couple, over = (related("perpetrator", kind, "victim") for kind in ("partner", "ex_partner"))
    return [
        happening("NM-BL-1", _night(today, 500, 21, 40), before,
                  "Daniel Crowe twisted Ivy Penrose's arm behind her back.", [ivy, there, noah],
                  related=[father, couple]),
        happening("NM-BL-2", _night(today, 430, 23, 5), before,
                  "Daniel Crowe kicked in the door of the address.", [ivy, there, noah],
                  grade="high", related=[father, couple]),
        happening("NM-BL-3", _night(today, 160, 20, 15), home,
                  "Daniel Crowe shouted at Maria Moreno and would not let her leave the room.",
                  [maria, here, leila, sam], grade="standard",
                  related=[couple, related("perpetrator", "step father", "leila")]),
        happening("NM-BL-6", _night(today, 34, 18, 20), before,
                  "Daniel Crowe came to fetch Noah, blocked the door and threatened Ivy Penrose.",
                  [ivy, here, noah], related=[father, over]),
        happening("NM-BL-4", _night(today, 19, 22, 30), home,
                  "Daniel Crowe broke Maria Moreno's telephone. Her mother rang the police.",
                  [maria, here, leila, sam, rosa], grade="standard",
                  related=[couple, related("other", "mother", "victim"),
                           related("perpetrator", "father", "leila"),
                           related("perpetrator", "step father", "sam")]),
        happening("NM-BL-5", now - timedelta(hours=11), home,
                  "Daniel Crowe pushed Maria Moreno against a door. She is five months pregnant.",
                  [maria, here, leila, sam, unborn(today + timedelta(days=120))],
                  related=[couple, related("perpetrator", "father", "unborn")]),
    ]  # fmt: skip


def _twins(now: datetime, today: date) -> Happening:
    born = years_ago(today, 7)
    return happening(
        "NM-TW-1", now - timedelta(hours=14), ("27 Millfield Close", "ZZ9 2HJ"),
        "Gareth Pugh threw plates; Aneira Pugh and the twins were in the kitchen.",
        [
            adult("victim", "Aneira", "Pugh", years_ago(today, 31), sex="F"),
            adult("perpetrator", "Gareth", "Pugh", years_ago(today, 33), sex="M"),
            child("Carys", "Pugh", born, "in_the_room", words="We counted to a hundred",
                  spoken_to_alone="yes", school_name="St Wilfrid's Primary School"),
            child("Cerys", "Pugh", born, "in_the_room", spoken_to_alone="yes",
                  school_name="St Wilfrid's Primary School"),
        ],
    )  # fmt: skip


def _professional(now: datetime, today: date) -> Happening:
    return happening(
        "NM-PR-1", now - timedelta(hours=30), ("8 Alderman Walk", "ZZ9 5LN"),
        "Stephen Rowe, a teaching assistant, threatened Helen Rowe with losing the children.",
        [
            adult("victim", "Helen", "Rowe", years_ago(today, 40), sex="F"),
            adult("perpetrator", "Stephen", "Rowe", years_ago(today, 42), sex="M",
                  occupation="Teaching assistant", works_with_children="yes"),
            child("Toby", "Rowe", years_ago(today, 13), "elsewhere",
                  school_name="Mill Road Academy"),
        ],
    )  # fmt: skip


def _home_educated(now: datetime, today: date) -> Happening:
    return happening(
        "NM-HE-1", now - timedelta(hours=20), ("Canal Cottage, Lock Lane", "ZZ9 8PR"),
        "Marek Zielinski smashed the telephone when Ola Zielinska rang for help.",
        [
            adult("victim", "Ola", "Zielinska", years_ago(today, 37), sex="F", language="Polish",
                  interpreter="yes"),
            adult("perpetrator", "Marek", "Zielinski", years_ago(today, 39), sex="M"),
            child("Kuba", "Zielinski", years_ago(today, 8), "in_the_home", home_educated=True,
                  spoken_to_alone="no"),
        ],
    )  # fmt: skip


def _separated(now: datetime, today: date) -> Happening:
    return happening(
        "NM-SE-1", now - timedelta(hours=16), ("41 Foundry Street", "ZZ9 3SX"),
        "Wayne Dutton came to Joanne Dutton's new home at handover and followed her inside.",
        [
            adult("victim", "Joanne", "Dutton", years_ago(today, 35), sex="F"),
            adult("perpetrator", "Wayne", "Dutton", years_ago(today, 36), sex="M",
                  address={"lines": "5 Quarry Road, Castlebrook", "postcode": "ZZ9 6DU"}),
            child("Ellie", "Dutton", years_ago(today, 10), "visiting",
                  other_parent="lives with her father in the week",
                  school_name="St Wilfrid's Primary School", spoken_to_alone="yes",
                  words="I don't want to swap houses any more"),
        ],
    )  # fmt: skip


def _in_the_holidays(today: date) -> Happening:
    year = today.year if today > date(today.year, 8, 20) else today.year - 1
    started = datetime.combine(date(year, 8, 12), time(19, 30), LONDON)
    return happening(
        "NM-HO-1", started, ("16 Weavers Court", "ZZ9 1TG"),
        "Leon Baptiste threatened Simone Baptiste in front of her daughter.",
        [
            adult("victim", "Simone", "Baptiste", years_ago(today, 29), sex="F"),
            adult("perpetrator", "Leon", "Baptiste", years_ago(today, 30), sex="M"),
            child("Maya", "Baptiste", years_ago(today, 6), "in_the_room",
                  school_name="Tanner's Row Infant School"),
        ],
    )  # fmt: skip


def _friday_night(today: date) -> Happening:
    """The last Friday night before today: the school must know by Monday's bell."""
    back = (today.weekday() - 4) % 7 or 7
    return happening(
        "NM-FR-1", _night(today, back, 23, 10), ("2 Station Parade", "ZZ9 9WB"),
        "Kyle Norris punched Amy Sutton; the children ran to a neighbour.",
        [
            adult("victim", "Amy", "Sutton", years_ago(today, 27), sex="F"),
            adult("perpetrator", "Kyle", "Norris", years_ago(today, 28), sex="M"),
            child("Ruby", "Sutton", years_ago(today, 5), "in_the_room", spoken_to_alone="yes",
                  words="We ran to Mrs Patel's", school_name="Brook Lane Primary School"),
            child("Alfie", "Sutton", years_ago(today, 3), "in_the_room"),
        ],
        grade="high",
    )  # fmt: skip
