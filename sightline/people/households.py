"""Finding the household of an address as it was written, by property number or by spelling."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from sightline.people.models import Household
from sightline.rules.families.addresses import address_key, uprn_key
from sightline.rules.linkage.identifiers import postcode

COLUMNS = [field.attname for field in Household._meta.concrete_fields]
KNOWN = f"""
    select {", ".join(COLUMNS)} from people_household
    where key = any(%s) or uprn = any(%s) order by id desc
"""  # noqa: S608 - the columns are our own
WRITE = """
    insert into people_household (key, address, postcode, uprn)
    select * from unnest(%s::text[], %s::text[], %s::text[], %s::text[])
    on conflict do nothing returning key, id
"""


@dataclass(frozen=True)
class Place:
    """An address as it was written."""

    address: str = ""
    postcode: str = ""
    uprn: str = ""


def tidy_postcode(written: str) -> str:
    """Return the postcode in its usual form, or as written where it is none."""
    return postcode(written) or written.upper()[:8]


def households_of(places: Iterable[Place]) -> dict[Place, Household]:
    """Find or make the household of each place; a place that says nothing has none.

    The property number counts most. An address without one is the same home as the same address
    with one; two numbers are two homes, however alike their addresses. Four queries at most.
    """
    named = {place: keys for place in places if (keys := _keys(place))}
    known = _known({key for keys in named.values() for key in keys})
    found: dict[Place, Household] = {}
    learnt: dict[int, Household] = {}
    for place in named:
        household = found[place] = _match(place, known) or _household(place, known)
        if (number := uprn_key(place.uprn)) and not household.uprn:
            household.uprn = _digits(number)
            learnt |= {household.pk: household} if household.pk else {}
        known |= dict.fromkeys(_keys_of(household), household)
    if learnt:
        Household.objects.bulk_update(learnt.values(), ["uprn"])
    return _written(found)


def _keys(place: Place) -> tuple[str, ...]:
    keys = uprn_key(place.uprn), address_key(place.address, place.postcode)
    return tuple(filter(None, keys))


def _keys_of(household: Household) -> tuple[str, ...]:
    return tuple(filter(None, (uprn_key(household.uprn), household.key)))


def _digits(number: str) -> str:
    return number.removeprefix("uprn ")


def _known(keys: set[str]) -> dict[str, Household]:
    """Return the households that have any of these keys, the oldest where several have one."""
    numbers = [_digits(key) for key in keys if key.startswith("uprn ")]
    with connection.cursor() as cursor:
        rows = cursor.rows(KNOWN, [list(keys), numbers]) if keys else ()
    there = [Household.from_db(connection.alias, COLUMNS, row) for row in rows]
    return {key: household for household in there for key in _keys_of(household)}


def _match(place: Place, known: dict[str, Household]) -> Household | None:
    """Return the household with this property number, or with this address and no other number."""
    number = uprn_key(place.uprn)
    if number in known:
        return known[number]
    there = known.get(address_key(place.address, place.postcode))
    return None if there and number and there.uprn else there


def _household(place: Place, known: dict[str, Household]) -> Household:
    number, address = uprn_key(place.uprn), address_key(place.address, place.postcode)
    alone = address and address not in known
    return Household(
        key=address if alone else f"{address[:180]} {number}".strip(), address=place.address,
        postcode=tidy_postcode(place.postcode), uprn=_digits(number),
    )  # fmt: skip


def _written(found: dict[Place, Household]) -> dict[Place, Household]:
    """Write what is new, and return every household as it is held."""
    new = {household.key: household for household in found.values() if household.pk is None}
    if not new:
        return found
    made = _write(new.values())
    others = new.keys() - made.keys()  # somebody else was faster
    held = {one.key: one for one in Household.objects.filter(key__in=others)} if others else {}
    for key, number in made.items():
        new[key].pk = number
        held[key] = new[key]
    return {place: held.get(household.key, household) for place, household in found.items()}


def _write(new: Iterable[Household]) -> dict[str, int]:
    """Return the id of each that was not there yet, by its key."""
    rows = [(one.key, one.address, one.postcode, one.uprn) for one in new]
    with connection.cursor() as cursor:
        return dict(cursor.rows(WRITE, [list(column) for column in zip(*rows, strict=True)]))
