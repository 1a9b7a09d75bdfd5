"""Blocking keys: two mentions are compared only when they have a key in common.

A key is a letter for its kind and the values that must agree. Comparing everybody with everybody
would be exact and hopeless; these keys find the right person unless several parts are wrong at
once. `sightline.linkage.blocking` makes the same keys for a million mentions at once.
"""

from collections.abc import Iterator
from hashlib import blake2b

from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.names import Name

TOO_COMMON = 200  # mentions: a key that more of them share tells nothing, and costs its square
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
    found = set(_home_of_a_child(d))
    if not d.unborn:
        found.update(_numbers(d), _births(d), _homes(d))
    return frozenset(found)


def _numbers(d: Described) -> Iterator[str]:
    if d.nhs_number:
        yield f"n:{d.nhs_number}"
    if d.upn:
        yield f"u:{d.upn}"
    if d.police_id:
        yield f"i:{d.police_id}"
    if d.phone:
        yield from (f"t:{sound}:{d.phone}" for sound in _first(d))


def _births(d: Described) -> Iterator[str]:
    """A name that sounds so, in whichever place, with the birth date; both names with less of it.

    A day that could be a month is looked for the other way round as well.
    """
    if d.dob is None:
        return
    first, last = _first(d), _last(d)
    day, low, high = d.dob.isoformat(), *sorted((d.dob.day, d.dob.month))
    yield from (f"d:{sound}:{day}" for sound in first | last)
    if high <= MONTHS and low != high:
        yield from (f"m:{sound}:{d.dob.year}:{low}:{high}" for sound in last)
    if d.area:
        yield from (f"y:{both}:{d.dob.year}:{d.area}" for both in _both(d))
    yield from (f"e:{both}:{day[5:]}" for both in _both(d))


def _homes(d: Described) -> Iterator[str]:
    """A forename that sounds so, and where they live."""
    if d.postcode:
        yield from (f"p:{sound}:{d.postcode}" for sound in _first(d))
    if d.sector:
        yield from (f"z:{both}:{d.sector}" for both in _both(d))
    if d.house and d.street:
        yield from (f"a:{sound}:{d.house}:{d.street}" for sound in _first(d))


def _home_of_a_child(d: Described) -> Iterator[str]:
    """An unborn child may be the one who was born there since."""
    if d.is_child and d.postcode:
        yield from (f"b:{sound}:{d.postcode}" for sound in _last(d))


def _first(d: Described) -> frozenset[str]:
    """Of the forename and the next one, and of the two run together: Wing Lai is Winglai."""
    run_on = (d.run_on,) if d.run_on else ()
    return _sounds((d.forename, *d.others[:1], *run_on)) if d.forename else frozenset()


def _both(d: Described) -> frozenset[str]:
    """Forename and surname in whichever place."""
    return frozenset(f"{min(x, y)}:{max(x, y)}" for x in _first(d) for y in _last(d))


def _last(d: Described) -> frozenset[str]:
    return _sounds(d.family_parts)


def _sounds(names: tuple[Name, ...]) -> frozenset[str]:
    return frozenset(sound[:SOUND_LENGTH] for name in names for sound in name.sounds)
