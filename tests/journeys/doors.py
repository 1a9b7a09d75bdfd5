"""What comes in by the other two doors: a row of a file, the body that a machine sends."""

import csv
import io
import json
import urllib.request
from typing import Any

from tests.journeys.family import LAST_NIGHT, Family
from tests.journeys.served import Served

COLUMNS = (
    "reference", "version", "notified_at", "started_at", "address", "postcode", "summary",
    "officer_grade", "role", "given_name", "surname", "date_of_birth", "sex", "presence",
    "school_name",
)  # fmt: skip


def file_of(family: Family, reference: str) -> bytes:
    """Return a CSV file with one notification, a row a person."""
    incident = (reference, "1", LAST_NIGHT.isoformat(), LAST_NIGHT.isoformat(), family.address,
                family.postcode, f"{family.perpetrator} {family.other} threatened {family.mother}.",
                "high")  # fmt: skip
    people = (
        ("victim", family.mother, family.surname, "03/06/1991", "F", "", ""),
        ("perpetrator", family.perpetrator, family.other, "22/01/1987", "M", "", ""),
        ("child", family.child, family.surname, f"{family.born:%d/%m/%Y}", "F", "in the room",
         family.school),
    )  # fmt: skip
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *(incident + person for person in people)])
    return text.getvalue().encode()


def body_of(family: Family, reference: str) -> dict[str, Any]:
    """Return the body of a notification as the API takes it."""
    child = {"presence": "in_the_home", "school_name": family.school, "spoken_to_alone": "no"}
    return {
        "reference": reference,
        "version": 1,
        "notified_at": LAST_NIGHT.isoformat(),
        "incident": {
            "started_at": LAST_NIGHT.isoformat(),
            "address": {"lines": family.address, "postcode": family.postcode},
            "summary": f"{family.perpetrator} {family.other} would not let {family.mother} leave.",
        },
        "risk": {"tool": "DARA", "officer_grade": "medium"},
        "people": [
            _person("victim", family.mother, family.surname, "1991-06-03"),
            _person("perpetrator", family.perpetrator, family.other, "1987-01-22"),
            _person("child", family.child, family.surname, family.born.isoformat(), child=child),
        ],
    }


def _person(role: str, given_name: str, surname: str, born: str, **more: Any) -> dict[str, Any]:
    names = {"given_name": given_name, "surname": surname, "birth_date": born}
    return {"id": role, "role": role} | names | more


def send_by_machine(sightline: Served, body: dict[str, Any]) -> dict[str, Any]:
    """Send as the records system of the police does, and return the answer."""
    request = urllib.request.Request(  # noqa: S310 - our own
        f"{sightline.url}/api/notifications", json.dumps(body).encode(),
        {"Authorization": f"Bearer {sightline.token}", "Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own
        return dict(json.load(answer))
