"""Whatever may be written of somebody, and small worlds of people known and new."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from hypothesis import strategies as st

from sightline.rules.linkage.describe import Described, describe
from sightline.rules.linkage.verdicts import Known

FORENAMES = [
    "", "Jayden", "Jaydn", "Kayden", "Mohammed", "Mohammed Ali", "Ali", "J", "Hassan", "Hussain",
    "Anna Maria", "Annamaria", "Bill", "William", "Zaviyar", "Wang",
]  # fmt: skip
SURNAMES = [
    "", "Pemberton", "Pembertn", "Pemberton-Ali", "Ali", "Khan", "Jayden", "Kowalska", "Kowalski",
    "Wang",
]  # fmt: skip
BORN = [date(2015, 5, 7), date(2015, 7, 5), date(2015, 5, 8), date(2015, 1, 1), date(2016, 1, 1)]

written = st.fixed_dictionaries(
    {
        "given": st.sampled_from(FORENAMES) | st.text(max_size=12),
        "middle": st.sampled_from(["", "Kofi", "K", "Jayden", "Ali"]),
        "surname": st.sampled_from(SURNAMES) | st.text(max_size=12),
        "dob": st.none() | st.sampled_from(BORN) | st.dates(date(1950, 1, 1), date(2026, 1, 1)),
        "sex": st.sampled_from(["", "M", "F"]),
        "house": st.sampled_from(["", "12", "14"]),
        "street": st.sampled_from(["", "High Street", "Mill Lane"]),
        "postcode": st.sampled_from(["", "DY1 1HF", "DY1 1AA", "LE2 1AA"]),
        "phone": st.sampled_from(["", "07700 900123", "07700 900456"]),
        "nhs_number": st.sampled_from(["", "9990000018", "9990000026"]),
        "upn": st.sampled_from(["", "K332123420001", "A33212342000A"]),
        "police_id": st.sampled_from(["", "1", "2", "771234", "771243"]),
        "role": st.sampled_from(["", "child", "victim", "perpetrator"]),
        "unborn": st.booleans(),
    }
)
BLANK: dict[str, Any] = {
    "given": "", "middle": "", "surname": "", "dob": None, "sex": "", "house": "", "street": "",
    "postcode": "", "phone": "", "nhs_number": "", "upn": "", "police_id": "",
}  # fmt: skip

# A family in which everything is alike: the hardest to tell apart.
_GIVEN = ["Jayden", "Kayden", "Jaydn", "Mohammed", "Mohammed Ali", "Fatima", "Fatemah", "J", ""]
_FAMILY = ["Pemberton", "Pembertn", "Khan", "Pemberton-Khan"]
_DAYS = [*BORN, date(1988, 3, 9), date(1988, 3, 9), None]


def somebody(rng: Random) -> Described:
    """One of a family that nothing but a forename or a day tells apart."""
    return describe(
        given=rng.choice(_GIVEN), surname=rng.choice(_FAMILY), dob=rng.choice(_DAYS),
        sex=rng.choice(["M", "F", ""]), house=rng.choice(["12", "14", ""]),
        postcode=rng.choice(["DY1 1HF", "LE2 1AA", ""]), role=rng.choice(["child", "victim"]),
        nhs_number=rng.choice(["", "", "9990000018", "9990000026"]),
    )  # fmt: skip


def a_source(rng: Random) -> tuple[Described, ...]:
    """The mentions of one source, no two written alike."""
    return tuple(dict.fromkeys(somebody(rng) for _ in range(rng.randint(1, 4))))


def some_known(rng: Random, new: int) -> list[Known]:
    """Persons held, of a few sources each; a human has kept some apart, also of `new` mentions."""
    people = rng.randint(0, 5)
    return [
        Known(
            number,
            mentions := tuple(somebody(rng) for _ in range(rng.randint(1, 3))),
            tuple(rng.sample(range(1, 7), len(mentions))),
            frozenset(n for n in range(new) if rng.random() < 0.1),
            frozenset(n for n in range(people) if n != number and rng.random() < 0.1),
        )
        for number in range(people)
    ]


def met_with(people: Sequence[Known]):
    """Whoever has a source with one of some persons."""

    def company(persons: frozenset[int]) -> list[Known]:
        of = {source for p in people if p.person_id in persons for source in p.sources}
        return [p for p in people if p.person_id not in persons and not of.isdisjoint(p.sources)]

    return company
