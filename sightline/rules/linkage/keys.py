"""Blocking keys: two mentions are compared only when they have a key in common.

A key is a letter for its kind and the values that must agree. Comparing everybody with everybody
would be exact and hopeless; these keys find the right person unless several parts are wrong at
once. Keys hold personal data and belong where the mentions are.
"""

from collections.abc import Iterator
from hashlib import blake2b

from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.names import Name

SOUND_LENGTH = 12  # longer sounds add nothing but width to an index
MONTHS = 12  # a day up to the twelfth can be taken for a month


def hashed_keys(d: Described) -> frozenset[int]:
    """Every key of a mention as a signed 64-bit number: BLAKE2b, the first eight bytes.

    Two keys in 10 million share a number by chance with a probability of 1 in 370,000; the pair
    would then be compared for nothing, and no more.
    """
    return frozenset(map(_hashed, keys(d)))


def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def keys(d: Described) -> frozenset[str]:
    """Every key of a mention; none for a missing part.

    An unborn child has neither name nor birth date that will last: only its household's keys.
    """
    found = set(_household(d))
    if not d.unborn:
        found.update(_identifiers(d), _names_and_birth(d))
    return frozenset(found)


def _identifiers(d: Described) -> Iterator[str]:
    if d.nhs_number:
        yield f"n:{d.nhs_number}"
    if d.upn:
        yield f"u:{d.upn}"


def _household(d: Described) -> Iterator[str]:
    if d.phone:
        yield f"t:{d.phone}"
    if d.postcode:
        for sound in _surname_sounds(d):
            yield f"p:{sound}:{d.postcode}"


def _names_and_birth(d: Described) -> Iterator[str]:
    """Sounds with the birth date; both names in either order; day and month in either order."""
    if d.dob is None:
        return
    first, last = _forename_sounds(d), _surname_sounds(d)
    day = d.dob.isoformat()
    yield from (f"s:{sound}:{day}" for sound in last)
    yield from (f"f:{sound}:{day}" for sound in first)
    yield from (f"w:{min(x, y)}:{max(x, y)}:{day}" for x in first for y in last)
    if d.dob.day <= MONTHS:
        low, high = sorted((d.dob.day, d.dob.month))
        yield from (f"m:{sound}:{d.dob.year}:{low}:{high}" for sound in last)
    if d.area:
        yield from (f"y:{x}:{y}:{d.dob.year}:{d.area}" for x in first for y in last)


def _forename_sounds(d: Described) -> frozenset[str]:
    """Of the forename and the next one: people go by their second name, or lose a first."""
    return _sounds((d.forename, *d.others[:1])) if d.forename else frozenset()


def _surname_sounds(d: Described) -> frozenset[str]:
    return _sounds(d.family_parts)


def _sounds(names: tuple[Name, ...]) -> frozenset[str]:
    return frozenset(sound[:SOUND_LENGTH] for name in names for sound in name.sounds)
