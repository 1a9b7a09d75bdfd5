"""How an officer at a door writes somebody's name."""

from random import Random

from benchmarks.linkage import slips as slip
from benchmarks.linkage.people import Person
from benchmarks.linkage.profiles import Slips

Name = tuple[str, str, str]  # given, middle, surname
UNKNOWN = ("NK", "Unknown", "unknown", "N/K", "Not known", "?", "UNKNOWN", "not given")
TITLES = ("Mr ", "Mrs ", "Ms ", "Miss ", "Master ")
OFTEN_SWAPPED = 3  # times, where surnames come first or neither name is a family's
KEPT_ACCENTS = 0.12
KEPT_AFTER_HONOUR = 0.8  # the name somebody goes by is seldom left out
FATHERS_NAME = ("Baby", "Unborn", "Unborn baby", "")


def written(person: Person, rates: Slips, k: float, rng: Random) -> Name:
    """Write a name down; `k` is how much likelier than usual a slip is."""
    if person.alias and rng.random() < 0.3:
        given, middle, surname = person.alias[0], "", person.alias[1]
    else:
        given, middle, surname = _said(person, rates, k, rng)
    another = "transliterated" in person.tradition.flags
    given = _misheard(given, rates, k, rng, another_script=another)
    surname = _misheard(surname, rates, k, rng, another_script=another)
    return _laid_out((given, middle, surname), person, rates, k, rng)


def unborn(person: Person, rng: Random) -> Name:
    """An unborn child has at most its mother's surname."""
    return rng.choice(FATHERS_NAME), "", person.surname if rng.random() < 0.6 else ""


def _said(person: Person, rates: Slips, k: float, rng: Random) -> Name:
    """What the person is called there and then, before anybody misspells it."""
    given, middle, surname = person.given, person.middle, _surname(person, rates, k, rng)
    flags = person.tradition.flags
    if person.called != given:
        if rng.random() < rates.honour_dropped:
            given, middle = middle, ""
        elif rng.random() < 0.7:
            given, middle = f"{given} {middle}", ""
        elif rng.random() < KEPT_AFTER_HONOUR:
            return given, middle, surname
    elif middle and rng.random() < rates.middle_first * k:
        given, middle = middle, given if rng.random() < 0.4 else ""
    elif given in slip.NICKNAMES and rng.random() < rates.nickname:
        given = rng.choice(slip.NICKNAMES[given])
    elif "-" in given and rng.random() < rates.half_of_double:
        given = given.replace("-", " ") if rng.random() < 0.5 else given.split("-")[0]
    if "kaur_singh" in flags and middle in ("Kaur", "Singh") and rng.random() < 0.2:
        return given, "", middle
    return given, middle if rng.random() < rates.middle_given else "", surname


def _surname(person: Person, rates: Slips, k: float, rng: Random) -> str:
    surname = person.surname
    if person.earlier_surname and rng.random() < rates.earlier_surname:
        surname = person.earlier_surname
    elif person.other_surname and rng.random() < rates.other_parents_surname * k:
        surname = person.other_surname
    if "-" in surname and rng.random() < rates.half_of_double * 2:
        first, _, last = surname.partition("-")
        return rng.choice((first, last, f"{first} {last}"))
    return surname


def _misheard(name: str, rates: Slips, k: float, rng: Random, *, another_script: bool) -> str:
    often = rates.respelt * k if another_script else rates.respelt * k / 3
    if rng.random() < often:
        name = slip.respelt(rng, name, another_script=another_script)
    if rng.random() < rates.typo * k:
        name = slip.typo(rng, name)
    return name


def _laid_out(name: Name, person: Person, rates: Slips, k: float, rng: Random) -> Name:
    """Put the names into the boxes: swapped, run together, short, or not there."""
    given, middle, surname = name
    flags = person.tradition.flags
    if rng.random() > KEPT_ACCENTS:
        given, middle, surname = slip.plain(given), slip.plain(middle), slip.plain(surname)
    if "surname_first" in flags and " " in given:
        given = _syllables(given, rng)
    often = OFTEN_SWAPPED if flags & {"surname_first", "swaps"} else 1
    if rng.random() < rates.names_swapped * k * often:
        given, surname = surname, given
    if rng.random() < rates.initial * k:
        given, middle = given[:1], middle[:1]
    if rng.random() < rates.no_forename * k:
        given, middle = _nothing(rates, rng), ""
    elif rng.random() < rates.no_surname * k:
        surname = _nothing(rates, rng)
    return given, middle, surname


def _syllables(given: str, rng: Random) -> str:
    chance = rng.random()
    first, _, second = given.partition(" ")
    if chance < 0.35:
        return first + second.lower()
    if chance < 0.5:
        return f"{first}-{second}"
    return first if chance < 0.55 else given


def _nothing(rates: Slips, rng: Random) -> str:
    return rng.choice(UNKNOWN) if rng.random() < rates.placeholder else ""


def muddled(name: Name, sex: str, rng: Random) -> Name:
    """Odd case, a title, a point or a blank: what matters to nobody who reads it."""
    given, middle, surname = name
    chance = rng.random()
    if chance < 0.3 and given:
        return rng.choice(TITLES[1:4] if sex == "F" else TITLES[::4]) + given, middle, surname
    if chance < 0.55:
        return given.lower(), middle.lower(), surname.lower()
    if chance < 0.75:
        return given, middle, surname.replace("'", "").replace("-", " ")
    return f" {given}", middle, f"{surname} "
