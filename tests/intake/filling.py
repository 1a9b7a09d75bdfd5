"""Filling in the police form as a browser without script does."""

from collections.abc import Iterator
from html.parser import HTMLParser
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sightline.access.models import User
from sightline.intake.form.filled import Filled
from sightline.intake.form.sections import SECTIONS, pages_of
from sightline.intake.models import Draft


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def start(client: Client) -> UUID:
    """Start a draft and return its key."""
    client.post(reverse("notification-start"), {"key": str(uuid4())})
    return Draft.objects.latest("pk").key


def fill(client: Client, key: UUID, slug: str, **answers: object) -> str:
    """Answer a section and return where it leads."""
    return posted(client, reverse("notification-page", args=[key, slug]), **answers)


def add(client: Client, key: UUID, kind: str, **pages: dict[str, object]) -> int:
    """Add somebody, answer pages about them, and return their number."""
    place = posted(client, reverse("notification-add-person", args=[key]), kind=kind)
    number = int(place.split("/")[-3])
    for slug, answers in pages.items():
        posted(client, reverse("notification-person", args=[key, number, slug]), **answers)
    return number


def posted(client: Client, place: str, **answers: object) -> str:
    answer = client.post(place, answers)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def send(client: Client, key: UUID, **data: object) -> HttpResponse:
    return client.post(reverse("notification-check", args=[key]), data)


def moment(name: str, day: int, month: int, year: int, time: str) -> dict[str, str]:
    parts = {"day": day, "month": month, "year": year, "time": time}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


def fill_whole(client: Client) -> UUID:
    """Fill in the Moreno family's notification."""
    key = start(client)
    fill(client, key, "reference", reference="NM-1", officer="PC 4411")
    fill(
        client, key, "when-and-where", incident__address__lines="12 Brook Lane\r\nCastlebrook",
        incident__address__postcode="ZZ9 4QT",
        **moment("incident__started_at", 20, 11, 2026, "22:10"),
    )  # fmt: skip
    fill(client, key, "what-happened", incident__summary="Daniel Crowe pushed Maria Moreno.")
    fill(client, key, "risk", risk__tool="DARA", risk__officer_grade="medium")
    add(client, key, "victim", about={"given_name": "Maria", "surname": "Moreno"})
    add(client, key, "perpetrator", about={"given_name": "Daniel", "surname": "Crowe"})
    add(
        client, key, "child",
        about={"given_name": "Leila", "surname": "Moreno", "birth_date-day": "9",
               "birth_date-month": "5", "birth_date-year": "2017"},
        where={"child__presence": "in_the_home", "child__saw_or_heard": "heard shouting"},
        voice={"child__spoken_to_alone": "yes", "child__words": "I hid Sam"},
        school={"child__school_name": "Brook Lane Primary School"},
        family={"parents": ["person-1"]},
    )  # fmt: skip
    add(client, key, "unborn", expected={"child__expected_birth-day": "20",
        "child__expected_birth-month": "3", "child__expected_birth-year": "2027"})  # fmt: skip
    fill(client, key, "told", sharing__told_the_family="no")
    fill(client, key, "safety", safety__counter_allegation="no")
    return key


def every_page(key: UUID) -> Iterator[str]:
    """Yield the address of every page of a draft that asks something."""
    for section in SECTIONS:
        yield reverse("notification-page", args=[key, section.slug])
    yield reverse("notification-add-person", args=[key])
    for entry in Filled(Draft.objects.get(key=key).data):
        yield reverse("notification-remove", args=[key, entry.number])
        for page in pages_of(entry):
            yield reverse("notification-person", args=[key, entry.number, page.slug])


class Answers(HTMLParser):
    """The answers that a page already gives, apart from what the browser is not asked for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.given: dict[str, str] = {}
        self.asked: set[str] = set()
        self.choices: set[str] = set()
        self._writing = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "textarea":
            self.asked.add(name)
            self._writing = name
        if tag == "input" and found.get("type") != "hidden":
            self.asked.add(name)
            is_choice = found.get("type") in ("radio", "checkbox")
            if is_choice:
                self.choices.add(name)
            if ("checked" in found or not is_choice) and found.get("value"):
                self.given[name] = found["value"] or ""

    def handle_data(self, data: str) -> None:
        if self._writing and data.strip():
            self.given[self._writing] = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._writing = ""
