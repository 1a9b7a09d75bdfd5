"""One spelling for what was written in many: case, accents, punctuation, particles, placeholders.

Everything here works on single words or fields and keeps what it gives for next time, because the
same names come again and again.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from jellyfish import metaphone

from sightline.rules.linkage.tables import TABLES

KEPT = 1 << 16  # distinct words kept per function: every name of a large partnership

# Letters that carry no separable accent, so that decomposing them would lose or keep them whole.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ə": "e"}
)
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ.")

_NO_NAME, _TITLES, _PARTICLES, _JOINED_TO_NEXT = (
    frozenset(TABLES["writing"][kind].split())
    for kind in ("no_name", "titles", "particles", "joined_to_next")
)
_NOT_APPLICABLE = (("n", "a"), ("n", "k"))  # "N/A", "N/K"


@lru_cache(KEPT)
def words(raw: str) -> tuple[str, ...]:
    """The words of a name: lower case, no accents, no titles, hyphens split, O' and Mc attached.

    Always a to z: other scripts are written out in Latin letters.
    Placeholders such as "not known" or "Baby Boy" give no words at all.
    """
    plain = raw.casefold().translate(_APOSTROPHES)
    if not plain.isascii():
        plain = _in_latin(plain)
    if not plain.isalpha():
        plain = "".join(c if c.isalpha() else " " for c in plain)
    found = tuple(w for w in plain.split() if w not in _TITLES)
    if found in _NOT_APPLICABLE or all(w in _NO_NAME for w in found):
        return ()
    return _attach(found)


def _in_latin(folded: str) -> str:
    split = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in split if not unicodedata.combining(c)).translate(_LETTERS)
    return plain if plain.isascii() else anyascii(plain).casefold().translate(_APOSTROPHES)


def _attach(found: tuple[str, ...]) -> tuple[str, ...]:
    attached: list[str] = []
    prefix = ""
    for word in found:
        if word in _JOINED_TO_NEXT:
            prefix += word
        else:
            attached.append(prefix + word)
            prefix = ""
    return (*attached, prefix) if prefix else tuple(attached)


def without_particles(names: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a surname that carry it: "van der Berg" is "berg"; a lone particle stays."""
    return tuple(w for w in names if w not in _PARTICLES) or names


# What a word must have in it before it is worth looking, the pattern, and what stands for it.
_SPELLING = tuple(
    (needs, re.compile(pattern), by)
    for needs, pattern, by in (
        ("mac", r"^mac(?=.{3})", "mc"),
        ("ph", r"ph", "f"),
        ("sz", r"sz", "s"),
        ("cz", r"cz", "ch"),
        ("", r"ck|q", "k"),
        ("c", r"c(?=[eiy])", "s"),
        ("c", r"c(?!h)", "k"),
        ("h", r"([bdgkr])h", r"\1"),
        ("w", r"w", "v"),
        ("aa", r"aa", "a"),
        ("o", r"oo|ou", "u"),
        ("", r"ee|ie|ey|y", "i"),
        ("ei", r"ei", "ai"),
        ("", r"(.)\1+", r"\1"),
        ("h", r"(?<=[aeiou])h$", ""),
        ("e", r"(?<=[^aeiou])e$", ""),
    )
)


@lru_cache(KEPT)
def spelling(word: str) -> str:
    """What is left of a word once common differences of spelling are gone.

    "aaliyah" and "aliya", "gurdeep" and "gurdip", "clark" and "clarke" come out the same.
    """
    for needs, pattern, by in _SPELLING:
        if needs in word:
            word = pattern.sub(by, word)
    return word


@lru_cache(KEPT)
def sound(word: str) -> str:
    """How a word sounds: Metaphone of its plain spelling, any opening vowel counted as one.

    A word in a script that Metaphone does not know is its own sound.
    """
    plain = spelling(word)
    code = metaphone(plain)
    if not code:
        return plain
    return "A" + code[1:] if code[0] in "AEIOU" else code
