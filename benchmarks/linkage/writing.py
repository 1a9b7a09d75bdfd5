"""How an officer writes a person down: every field of a mention, right, wrong or empty."""

from datetime import date
from functools import lru_cache
from math import exp
from random import Random
from typing import NamedTuple

from benchmarks.linkage import slips as slip
from benchmarks.linkage import writing_names
from benchmarks.linkage.draw import Weighted, table
from benchmarks.linkage.people import SCHOOL, Person
from benchmarks.linkage.places import Home
from benchmarks.linkage.profiles import ROLE_FACTOR, Profile
from benchmarks.linkage.world import Appearance, Incident

FIELDS = (
    "role", "given_name", "middle_name", "surname", "dob", "sex", "house_no", "street",
    "postcode", "phone", "nhs_number", "upn",
)  # fmt: skip
NOBODYS = Home("", "", "")
PHONE_WRITTEN = {
    "victim": 1.0,
    "both_alleged": 0.9,
    "perpetrator": 0.5,
    "other": 0.35,
    "child": 0.2,
}
_SHORT = dict(pair.split(":") for pair in table("streets")["suffix_short"].split())
_PLACE = Weighted({"home": 0.86, "theirs": 0.06, "elsewhere": 0.08})


@lru_cache(1 << 16)
def iso(day: int) -> str:
    """An ordinal as 2024-05-17."""
    return date.fromordinal(day).isoformat()


class Sheet(NamedTuple):
    """What holds for a whole notification: the place, the hand, the capitals."""

    where: Home
    care: float
    shouted: bool


class Pen:
    """Writes mentions; one for a whole world."""

    def __init__(self, profile: Profile, rng: Random) -> None:
        self._rates = profile.slips
        self._profile = profile
        self._rng = rng

    def notification(self, incident: Incident) -> list[tuple[str | None, ...]]:
        """Write everybody of an incident, one row each in the order of FIELDS; empty is None."""
        sheet = self._sheet(incident)
        rows = [self._mention(who, incident, sheet) for who in incident.people]
        return [tuple(value or None for value in row) for row in rows]

    def _sheet(self, incident: Incident) -> Sheet:
        rng, family = self._rng, incident.family
        care = exp(rng.gauss(0, self._profile.care)) * self._profile.sloppiness
        place = _PLACE.pick(rng)
        home = family.home
        if place == "theirs":
            home = family.perpetrator.home or home
        elif place == "elsewhere" and family.others:
            home = family.others[0].home or home
        return Sheet(self._address(home, care), care, rng.random() < self._rates.shouted)

    def _mention(self, who: Appearance, incident: Incident, sheet: Sheet) -> tuple[str, ...]:
        person, role = who
        k = min(6.0, sheet.care * ROLE_FACTOR[role])
        name = self._name(person, incident.day, k, shouted=sheet.shouted)
        born = self._born(person, incident.day, k)
        home = self._home(person, incident, sheet, k)
        return (
            role, *name, born, self._sex(person, incident.day, k), *home,
            self._phone(person, role, incident, k), self._nhs(person, incident, k),
            self._upn(person, incident.day),
        )  # fmt: skip

    def _name(self, person: Person, day: int, k: float, *, shouted: bool) -> writing_names.Name:
        rng = self._rng
        if person.born > day:
            return writing_names.unborn(person, rng)
        name = writing_names.written(person, self._rates, k, rng)
        if shouted:
            return name[0], name[1], name[2].upper()
        if rng.random() < self._rates.muddled * k:
            return writing_names.muddled(name, person.sex, rng)
        return name

    def _born(self, person: Person, day: int, k: float) -> str:
        rates, rng = self._rates, self._rng
        if person.born > day or rng.random() < rates.dob_missing * k:
            return ""
        chance = rng.random() / k
        if chance > rates.dob_swapped + rates.dob_digit + rates.dob_january + rates.dob_wrong:
            return iso(person.papers_born)
        return min(self._born_wrong(person, chance), date.fromordinal(day)).isoformat()

    def _born_wrong(self, person: Person, chance: float) -> date:
        rates, rng = self._rates, self._rng
        day = date.fromordinal(person.papers_born)
        if chance < rates.dob_wrong:
            return date.fromordinal(person.papers_born + rng.randrange(-2500, 2500))
        if chance < rates.dob_wrong + rates.dob_swapped:
            return slip.day_and_month_swapped(day)
        if chance < rates.dob_wrong + rates.dob_swapped + rates.dob_digit:
            return slip.birth_digit_off(rng, day)
        return slip.first_of_january(rng, day)

    def _sex(self, person: Person, day: int, k: float) -> str:
        rates, chance = self._rates, self._rng.random() / k
        if person.born > day or chance < rates.sex_missing:
            return ""
        wrong = chance < rates.sex_missing + rates.sex_wrong
        return person.sex if not wrong else "FM"[person.sex == "F"]

    def _home(self, person: Person, incident: Incident, sheet: Sheet, k: float) -> Home:
        """Their own address, or the incident's, which is written for everybody who is there."""
        rng, rates = self._rng, self._rates
        own = person.home or incident.family.home
        if rng.random() < rates.address_missing * k:
            return NOBODYS
        if rng.random() < (0.85 if own == incident.family.home else 0.45):
            return sheet.where
        if person.earlier_home and rng.random() < rates.old_address * k:
            own = person.earlier_home
        return self._address(own, k)

    def _address(self, home: Home, k: float) -> Home:
        rng, rates = self._rng, self._rates
        house, street, postcode = home
        if rng.random() < rates.house_missing * k:
            house = ""
        elif rng.random() < rates.house_respelt:
            house = self._house_respelt(house)
        if rng.random() < rates.street_respelt:
            street = self._street_respelt(street)
        if rng.random() < rates.street_typo * k:
            street = slip.typo(rng, street)
        return Home(house, street, self._postcode(postcode, k))

    def _postcode(self, postcode: str, k: float) -> str:
        chance = self._rng.random() / k
        if chance < self._rates.postcode_missing:
            return ""
        if chance < self._rates.postcode_missing + self._rates.postcode_typo:
            return self._rng.choice((slip.typo(self._rng, postcode).upper(), postcode[:-1]))
        if self._rng.random() < 0.15:
            return self._rng.choice((postcode.replace(" ", ""), postcode.lower()))
        return postcode

    def _house_respelt(self, house: str) -> str:
        if house.startswith("Flat "):
            flat, _, number = house.removeprefix("Flat ").partition(", ")
            return self._rng.choice(
                (f"{flat}/{number}", f"Fl {flat} {number}", f"FLAT {flat} {number}", number)
            )
        return self._rng.choice((house.upper(), f"No {house}", f"No. {house}", f"{house},"))

    def _street_respelt(self, street: str) -> str:
        first, _, last = street.rpartition(" ")
        short = _SHORT.get(last, last)
        return self._rng.choice((f"{first} {short}", street.upper(), f"{first} {short}.", first))

    def _phone(self, person: Person, role: str, incident: Incident, k: float) -> str:
        """The own one, an old one, or the victim's for her children."""
        rng, rates = self._rng, self._rates
        number = person.phone or (incident.family.victim.phone if role == "child" else "")
        if not number or rng.random() > (1 - rates.phone_missing) * PHONE_WRITTEN[role]:
            return ""
        if person.earlier_phone and rng.random() < rates.phone_old * k:
            number = person.earlier_phone
        if rng.random() < rates.phone_digit * k:
            number = number[:-3] + slip.one_digit_off(rng, number[-3:])
        return self._phone_spelt(number)

    def _phone_spelt(self, number: str) -> str:
        chance = self._rng.random()
        if chance < 0.15:
            return f"+44 {number[1:5]} {number[5:]}"
        return f"{number[:5]} {number[5:]}" if chance < 0.6 else number

    def _nhs(self, person: Person, incident: Incident, k: float) -> str:
        rng, rates = self._rng, self._rates
        if person.born > incident.day or rng.random() > 0.6:
            return ""
        if rng.random() < rates.nhs_siblings * k and person.kind == "child":
            return rng.choice(incident.family.children or [person]).nhs_number
        number = person.nhs_number
        if number and rng.random() < rates.nhs_digit * k:
            number = slip.one_digit_off(rng, number)
        if number and rng.random() < 0.3:
            return f"{number[:3]} {number[3:6]} {number[6:]}"
        return number

    def _upn(self, person: Person, day: int) -> str:
        at_school = SCHOOL[0] < day - person.born < SCHOOL[1]
        return person.upn if at_school and self._rng.random() < 0.5 else ""
