"""When two names are one name: pet forms, transliterations, sounds, slips of the pen.

The judgement that matters most is between a slip and another name. "Jaydn" is Jayden misspelt;
"Kayden" is his twin brother. A letter's difference is the same in both, so we ask whether each
is a name that people are given. The lists are in `names.toml`.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from sightline.rules.linkage.tables import TABLES, lines
from sightline.rules.linkage.text import KEPT, sound, spelling

Groups = Mapping[str, frozenset[str]]

NONE: frozenset[str] = frozenset()
SHORTEST_SLIP = 4
LOOKS_ALIKE = 0.9  # Jaro-Winkler, 0 to 1
SOUNDS_AND_LOOKS_ALIKE = 0.75


class Likeness(Enum):
    """How alike two names are, nearest first."""

    SAME = "same"
    VARIANT = "variant"  # transliteration, other spelling: one and the same name
    PET = "pet"  # a pet form, which some are christened
    SLIP = "slip"  # one letter wrong; in forenames, of a known name only
    INITIAL = "initial"
    ALIKE = "alike"  # sounds or looks alike, and not both are known names
    NEAR = "near"  # looks alike, but these are two names
    DIFFERENT = "different"


class Tier(IntEnum):
    """How many bear a name; the more, the less it says that two people share it."""

    RARE = 0
    COMMON = 1
    MOST = 2


@dataclass(frozen=True, slots=True)
class Name:
    """One word of a name with all that comparing it needs. Equal when the word is equal.

    Two words are one name when they have a token in common, and one spelled otherwise when they
    have a firm one: nobody gives two children the spellings of one name, but some are christened
    Amelia and Millie. `head` names all its spellings together, for counting how many people bear
    it; a model's file has it, so that it must not hang on what else our lists have.
    """

    text: str
    head: str = field(compare=False)
    spelled: str = field(compare=False)
    tokens: frozenset[str] = field(compare=False)
    firm: frozenset[str] = field(compare=False)  # the same, without pet forms
    sounds: frozenset[str] = field(compare=False)
    known: bool = field(compare=False)  # in our lists in some spelling: people are given this name
    tier: Tier = field(compare=False)
    honour: bool = field(compare=False)
    christened: bool = field(compare=False)  # people are given it by itself: Millie, not Will


def _groups(*tables: str) -> Groups:
    """For each name the groups it stands in; a group is called by its first name and a number."""
    found: dict[str, set[str]] = {}
    for number, group in enumerate(lines(*tables)):
        for name in group:
            found.setdefault(name, set()).add(f"{group[0]}#{number}")
    return {name: frozenset(ids) for name, ids in found.items()}


def _given_groups() -> Groups:
    """Pet forms belong to every spelling of the full name: Steve to Steven and to Stephen."""
    found = dict(_groups("short", "spellings"))
    spellings = lines("spellings")
    for number, (full, *_) in enumerate(lines("short", "spellings")):
        for other in {name for group in spellings if full in group for name in group}:
            found[other] |= {f"{full}#{number}"}
    return found


def _tiers(kind: str) -> Mapping[str, Tier]:
    """A name is as common as the commonest spelling of it."""
    lists = TABLES["common"][kind]
    tiers = dict.fromkeys(lists["common"].split(), Tier.COMMON)
    tiers |= dict.fromkeys(lists["most"].split(), Tier.MOST)
    for group in lines("spellings", "surnames"):
        commonest = max(tiers.get(n, Tier.RARE) for n in group)
        tiers |= {n: commonest for n in group if commonest is not Tier.RARE and n not in tiers}
    return tiers


_GIVEN = _given_groups()
_FIRM = _groups("spellings")
_FAMILY = _groups("spellings", "surnames")
_GIVEN_TIERS, _FAMILY_TIERS = _tiers("given"), _tiers("surname")
SERVANTS = frozenset(n for line in lines("servants") for n in line)
_LISTED = frozenset(_GIVEN) | {n for line in lines("known") for n in line}
_CHRISTENED = frozenset(
    {n for line in lines("known") for n in line} | {line[0] for line in lines("short", "spellings")}
)
_HONOURS_WRITTEN = frozenset(n for line in lines("titles_of_honour") for n in line)
_HONOURS_BY_LETTER = {
    honour[0]: [other for other in sorted(_HONOURS_WRITTEN) if other[0] == honour[0]]
    for honour in _HONOURS_WRITTEN
}
_HONOURS = frozenset(map(spelling, _HONOURS_WRITTEN))
_HONOURS_FIRM = _HONOURS_WRITTEN.union(*(_FIRM.get(n, NONE) for n in _HONOURS_WRITTEN))


def _by_spelling(listed: Iterable[str], groups: Groups) -> Groups:
    """The tokens of the listed names that come out as one plain spelling."""
    found: dict[str, frozenset[str]] = {}
    for name in listed:
        plain = spelling(name)
        found[plain] = found.get(plain, frozenset()) | {name} | groups.get(name, frozenset())
    return found


_LISTED_SPELLED, _FIRM_SPELLED = _by_spelling(_LISTED, _GIVEN), _by_spelling(_LISTED, _FIRM)

_WOMENS_FORM = (
    (re.compile(r"(sk|ck|dzk)a$"), r"\1i"),  # Kowalska, Kowalski
    (re.compile(r"([oe]v)a$"), r"\1"),  # Ivanova, Ivanov
    (re.compile(r"sk(as|iene|aite)$"), "sk"),  # Kazlauskas, Kazlauskienė, Kazlauskaitė
)


@lru_cache(KEPT)
def forename(word: str) -> Name:
    """A forename from one word as `text.words` gives it.

    A spelling that we do not list stands for every listed name that sounds so; two listed names
    are one only where a list says it.
    """
    spelled, groups = spelling(word), _GIVEN.get(word, frozenset())
    if word in _LISTED:
        tokens, firm = groups | {word}, _FIRM.get(word, NONE) | {word}
    else:
        tokens = _LISTED_SPELLED.get(spelled, NONE) | {f"~{spelled}"}
        firm = _FIRM_SPELLED.get(spelled, NONE) | {f"~{spelled}"}
    known = word in _LISTED or spelled in _LISTED_SPELLED
    return _name(word, spelled, groups, (tokens, firm), _GIVEN_TIERS, known=known)


@lru_cache(KEPT)
def surname(word: str) -> Name:
    """A surname, or one part of it; a woman's and a man's form of a surname are one spelling."""
    spelled = spelling(word)
    for ending, by in _WOMENS_FORM:
        spelled = ending.sub(by, spelled)
    groups = _FAMILY.get(word, frozenset())
    tokens = groups | {f"~{spelled}"}
    return _name(word, spelled, groups, (tokens, tokens), _FAMILY_TIERS, known=False)


def _name(
    word: str,
    spelled: str,
    groups: frozenset[str],
    tokens: tuple[frozenset[str], frozenset[str]],
    tiers: Mapping[str, Tier],
    *,
    known: bool,
) -> Name:
    heads = {group.partition("#")[0] for group in groups}
    return Name(
        text=word,
        head=min(heads, default=f"~{spelled}"),
        spelled=spelled,
        tokens=tokens[0],
        firm=tokens[1],
        sounds=frozenset(map(sound, heads | {spelled})),
        known=known,
        tier=tiers.get(word, Tier.RARE),
        honour=_is_an_honour(word, spelled, known=known),
        christened=word in _CHRISTENED,
    )


def _is_an_honour(word: str, spelled: str, *, known: bool) -> bool:
    """In whatever spelling, or misspelt as in "Mohamd Ibrahim"; but Saeed is a name, not Sayyid."""
    if word in _LISTED:
        return not (_FIRM.get(word, NONE) | {word}).isdisjoint(_HONOURS_FIRM)
    alike = _HONOURS_BY_LETTER.get(word[0], ())
    slip = not known and any(is_slip(word, honour) for honour in alike)
    return slip or spelled in _HONOURS


def same_name(a: Name, b: Name) -> bool:
    """One and the same name, whichever way it is written."""
    return a.text == b.text or not a.tokens.isdisjoint(b.tokens)


def forenames_alike(a: Name, b: Name, seen: Container[str] = frozenset()) -> Likeness:
    """How alike two forenames are. The same answer whichever comes first.

    `seen`: words that so many people bear that they are names, whether our lists have them or not.
    """
    if len(a.text) == 1 or len(b.text) == 1:
        return Likeness.INITIAL if a.text[0] == b.text[0] else Likeness.DIFFERENT
    if a.text == b.text:
        return Likeness.SAME
    if not a.firm.isdisjoint(b.firm):
        return Likeness.VARIANT
    if not a.tokens.isdisjoint(b.tokens):
        return Likeness.PET
    known = (a.known or a.text in seen) + (b.known or b.text in seen)
    if known == 1 and is_slip(a.text, b.text):
        return Likeness.SLIP
    if not _look_alike(a, b):
        return Likeness.DIFFERENT
    return Likeness.NEAR if known == 2 else Likeness.ALIKE


def surnames_alike(a: Name, b: Name) -> Likeness:
    """How alike two surnames are. The same answer whichever comes first."""
    if a.text == b.text:
        return Likeness.SAME
    if same_name(a, b):
        return Likeness.VARIANT
    if one_letter_off(a.text, b.text):
        return Likeness.SLIP
    return Likeness.ALIKE if _look_alike(a, b) else Likeness.DIFFERENT


def is_slip(a: str, b: str) -> bool:
    """One letter wrong, left out or put in, or two neighbours swapped; the first letter stands.

    Jayden and Kayden, Blanka and Bianka are other names: only a word that is no name is a slip.
    """
    return a[0] == b[0] and one_letter_off(a, b)


def is_rather_a_surname(name: Name) -> bool:
    """What stands for a forename is none that we know, and a surname that many bear."""
    return not name.known and surname(name.text).tier is not Tier.RARE


def is_a_surname_of_many(name: Name) -> bool:
    """What stands for a forename is a surname that many bear."""
    return surname(name.text).tier is not Tier.RARE


def is_shortened(a: Name, b: Name) -> bool:
    """The one is how the other begins, and the whole is no name of our lists: Wai for Waisiu.

    Or what is left of a compound: Umar, or Abdi, for whom an officer wrote down Abdi Umar.
    """
    short, long = sorted((a.text, b.text), key=len)
    if len(short) == 1 or short == long:
        return False
    whole = a if a.text == long else b
    if long.startswith(short) and (short in SERVANTS or not whole.known):
        return True
    return long.endswith(short) and long.removesuffix(short) in SERVANTS


def one_letter_off(a: str, b: str) -> bool:
    """In words too short for that, one letter makes another name."""
    longest = max(len(a), len(b))
    near = longest >= SHORTEST_SLIP and abs(len(a) - len(b)) <= 1
    return near and DamerauLevenshtein.distance(a, b) == 1


def _look_alike(a: Name, b: Name) -> bool:
    """Much alike with one first letter, or fairly alike with one sound."""
    sound_alike = not a.sounds.isdisjoint(b.sounds)
    if a.text[0] != b.text[0] and not sound_alike:
        return False
    # In a fixed order, so that the answer cannot hang on which mention came first.
    likeness = JaroWinkler.similarity(min(a.text, b.text), max(a.text, b.text))
    return likeness >= LOOKS_ALIKE or (sound_alike and likeness >= SOUNDS_AND_LOOKS_ALIKE)
