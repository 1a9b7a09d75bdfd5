"""What is sent in the crash tests: families that come again and again, as bodies and as files."""

import csv
import io
import itertools
from datetime import date, timedelta
from typing import Any

PEOPLE = 4  # in every family: a victim, a perpetrator, a pupil and a small child
SCHOOLS = ("Brook Lane Primary School", "St Wilfrid's Primary School", "Hallow Hill School")
UNKNOWN_SCHOOL = "Hallow Hill School"  # not in the directory: nobody can be told
CORRECTED = 8  # every eighth notification is corrected
IN_FILE, AGAIN_IN_NEXT = 40, 10  # notifications of a file, and how many come again in the next
REFUSED = ("BAD-1", "BAD-2", "BAD-3")  # in every file

# Nobody is like anybody of another family: who is doubtful is not what these tests are about.
GIVEN = (
    "Agnes", "Basil", "Clover", "Dorian", "Edith", "Fergus", "Greta", "Hector", "Ismay", "Jocelyn"
)  # fmt: skip
MOTHERS = ("Rosalind", "Perpetua", "Winifred", "Ottoline", "Cordelia", "Drusilla", "Thomasina")
FATHERS = ("Lysander", "Mortimer", "Ignatius", "Leopold", "Thaddeus", "Cuthbert", "Ambrose")
SMALL = ("Barnaby", "Peregrine", "Crispin", "Rufus", "Evander", "Linus", "Gideon")
BEGINNINGS = ("Quill", "Thistle", "Raven", "March", "Old", "Penn")
ENDINGS = (
    "feather", "wood", "scar", "bank", "castle", "hallow", "mere", "stone", "thorpe", "worth"
)  # fmt: skip
SURNAMES = [one + other for one in BEGINNINGS for other in ENDINGS]
HEADER = (
    "Reference", "Notification date", "Incident date", "Log number", "Address", "Postcode",
    "Summary", "Role", "Forename", "Surname", "DOB", "Sex", "Presence", "School", "PNC",
)  # fmt: skip


def family(number: int) -> list[dict[str, Any]]:
    """Return the people of a family, the same whenever its number comes."""
    number %= len(SURNAMES)
    school = SCHOOLS[number % len(SCHOOLS)]
    return [
        _person(number, "victim", MOTHERS[number % len(MOTHERS)], 1990, "F"),
        _person(number, "perpetrator", _father(number), 1985, "M"),
        _person(number, "child", GIVEN[number % len(GIVEN)], 2016, "F")
        | {"child": {"presence": "in_the_home", "school_name": school}},
        _person(number, "child", SMALL[number % len(SMALL)], 2024, "M")
        | {"child": {"presence": "in_the_room"}},
    ]


def _father(number: int) -> str:
    return FATHERS[number % len(SURNAMES) % len(FATHERS)]


def _person(number: int, role: str, given: str, year: int, sex: str) -> dict[str, Any]:
    return {
        "role": role, "given_name": given, "surname": SURNAMES[number], "sex": sex,
        "birth_date": str(date(year, 1, 3) + timedelta(days=83 * number % 360)),
        "police_id": f"NM-{number:03}-{year}",
    }  # fmt: skip


def body(reference: str, number: int, version: int = 1) -> dict[str, Any]:
    """Return a notification of a family."""
    return {
        "reference": reference,
        "version": version,
        "notified_at": "2026-11-20T23:30:00+00:00",
        "incident": {
            "started_at": "2026-11-20T22:10:00+00:00",
            "log_number": f"LOG-{reference}",
            "address": {"lines": _home(number), "postcode": "ZZ9 7BD"},
            "summary": f"{_father(number)} broke the door. Written down {version} times.",
        },
        "people": family(number),
    }


def _home(number: int) -> str:
    return f"{1 + number % len(SURNAMES)} Tanner's Row"


def numbers_in(file: int) -> range:
    """Return the numbers of the notifications in a file."""
    first = file * (IN_FILE - AGAIN_IN_NEXT)
    return range(first, first + IN_FILE)


def csv_file(file: int) -> bytes:
    """Return a file, a row a person, with its notifications and some rows to be refused."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(itertools.chain.from_iterable(map(_rows, numbers_in(file))))
    writer.writerows(_refused_row(reference) for reference in REFUSED)
    return text.getvalue().encode()


def in_file(number: int) -> str:
    """Return the reference of a notification that comes in a file."""
    return f"FILE-{number:04}"


def _rows(number: int) -> list[list[str]]:
    sent = body(in_file(number), number)
    place = sent["incident"]["address"]
    common = [
        sent["reference"], "20/11/2026 23:30", "20/11/2026 22:10", sent["incident"]["log_number"],
        place["lines"], place["postcode"], sent["incident"]["summary"],
    ]  # fmt: skip
    return [common + _cells(person) for person in sent["people"]]


def _cells(person: dict[str, Any]) -> list[str]:
    child = person.get("child", {})
    return [
        person["role"], person["given_name"], person["surname"], person["birth_date"],
        person["sex"], child.get("presence", ""), child.get("school_name", ""),
        person["police_id"],
    ]  # fmt: skip


def _refused_row(reference: str) -> list[str]:
    return [reference, "20/11/2026 23:30", "20/11/2026", "", "", "", "", "passer-by", *[""] * 7]
