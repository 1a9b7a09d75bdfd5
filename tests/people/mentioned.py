"""A town of invented families, mentioned again and again, as sources in the database."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from sightline.people.commands import Document, Entry, Happened, Place, Written, record_sources
from sightline.people.models import Link, Source

BEGAN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
GIVEN = (
    "Leila", "Jayden", "Amara", "Oliver", "Katarzyna", "Mohammed", "Grace", "Harjit", "Connor",
    "Fatima", "Zuzanna", "Samuel", "Aaliyah", "Thomas", "Ngozi", "Piotr", "Sofia", "Imran",
)  # fmt: skip
FAMILY = ("Moreno", "Okafor", "Kowalska", "Begum", "Smith", "Gill", "Hughes", "Nowak", "Ahmed")
STREETS = ["High Street", "Mill Lane", "Park Road", "Station Road", "Church Close"]


def families(dice: Random, many: int) -> list[list[dict[str, object]]]:
    return [_family(dice, number) for number in range(many)]


def _family(dice: Random, number: int) -> list[dict[str, object]]:
    surname = dice.choice(FAMILY)
    address = f"{dice.randrange(1, 90)} {dice.choice(STREETS)}, Castlebrook"
    given = dice.sample(GIVEN, 4)
    roles = ("victim", "perpetrator", "child", "child")
    return [
        {
            "role": role, "given_name": name, "surname": surname, "address": address,
            "postcode": f"DY1 {number % 9 + 1}AA", "phone": f"01632 960{number % 1000:03}",
            "birth_date": date(2012 if role == "child" else 1985, 1 + n, dice.randrange(2, 28)),
        }
        for n, (role, name) in enumerate(zip(roles, given, strict=True))
    ]  # fmt: skip


def documents(seed: int, many: int) -> list[Document]:
    """Each family is mentioned some three times, with what was not known left out."""
    dice = Random(seed)
    homes = families(dice, max(2, many // 3))
    return [_document(dice, dice.choice(homes), number) for number in range(many)]


def _document(dice: Random, family: list[dict[str, object]], number: int) -> Document:
    at = BEGAN + timedelta(days=number)
    present = [person for person in family if dice.random() < 0.8] or family[:1]
    return Document(
        label=f"Police notification T-{number:04}, version 1",
        on=at.date(),
        happened=Happened(at, Place()),
        people=[_written(dice, person) for person in present],
    )


def _written(dice: Random, person: dict[str, object]) -> Written:
    said = dict(person)
    for field, missing in (("birth_date", 0.25), ("phone", 0.6), ("postcode", 0.3)):
        if dice.random() < missing:
            said[field] = None if field == "birth_date" else ""
    if dice.random() < 0.15:
        said["given_name"] = str(said["given_name"])[0]
    postcode, address = str(said.pop("postcode")), str(said.pop("address"))
    return Written(fields=said, place=Place(address, postcode))


def record(written: list[Document]) -> list[Source]:
    return record_sources([Entry(document) for document in written], now=BEGAN)


def who_is_who() -> set[frozenset[str]]:
    """Return who is linked together, each mention by its source and place: ids do not matter."""
    found: dict[int, set[str]] = {}
    links = Link.objects.filter(ended_at=None).select_related("mention__source")
    for link in links:
        mention = link.mention
        found.setdefault(link.person_id, set()).add(f"{mention.source.label} {mention.position}")
    return set(map(frozenset, found.values()))
