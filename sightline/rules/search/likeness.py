"""How near a word that is written somewhere comes to one that was typed."""

from enum import Enum
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity

from sightline.rules.linkage.names import forename, same_name, surname
from sightline.rules.linkage.text import KEPT

BEGINNING = 2  # letters
SLIP, TWO_SLIPS = 4, 8  # letters that a word must have to be recognised in spite of them
INSIDE = 4  # letters
SOUNDS_ALIKE = 0.7  # Jaro-Winkler, 0 to 1: what sounds alike must also look a little alike


class How(Enum):
    """How a wish is met. The words follow what was found: "surname, sounds alike"."""

    EXACT = ""
    SPELLING = "in another spelling"
    SWAPPED = "with day and month swapped"
    BEGINS = "begins with it"
    SLIP = "with a slip of the pen"
    SOUND = "sounds alike"
    DIGIT = "with one digit off"
    INSIDE = "as a part of it"
    PARTLY = "in part"
    LAST_DIGITS = "by its last digits"
    BY_AGE = "by the age that was written"


@lru_cache(KEPT)
def name_alike(typed: str, word: str) -> How | None:
    """Return how near a name comes to the typed one, or None. Both as `text.words` gives them."""
    if typed == word:
        return How.EXACT
    if _is_spelling(typed, word):
        return How.SPELLING
    if how := word_alike(typed, word):
        return how
    if _sound_alike(typed, word):
        return How.SOUND
    return How.INSIDE if _is_inside(typed, word) else None


def word_alike(typed: str, word: str) -> How | None:
    """The same for any word, a street's say: equal, its beginning, or a slip."""
    if typed == word:
        return How.EXACT
    if len(typed) >= BEGINNING and word.startswith(typed):
        return How.BEGINS
    shorter = min(len(typed), len(word))
    slips = 2 if shorter >= TWO_SLIPS else 1 if shorter >= SLIP else 0
    if abs(len(typed) - len(word)) > slips:
        return None
    return How.SLIP if slips and damerau_levenshtein_distance(typed, word) <= slips else None


def sounds_of(typed: str) -> frozenset[str]:
    """Return how a name may sound, as a forename and as a surname."""
    return forename(typed).sounds | surname(typed).sounds


def _is_spelling(typed: str, word: str) -> bool:
    return same_name(forename(typed), forename(word)) or same_name(surname(typed), surname(word))


def _sound_alike(typed: str, word: str) -> bool:
    shared = not sounds_of(typed).isdisjoint(sounds_of(word))
    return shared and jaro_winkler_similarity(typed, word) >= SOUNDS_ALIKE


def _is_inside(typed: str, word: str) -> bool:
    shorter, longer = sorted((typed, word), key=len)
    return len(shorter) >= INSIDE and shorter in longer
