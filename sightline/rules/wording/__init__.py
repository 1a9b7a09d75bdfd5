"""Wording that makes the victim responsible, and a better shape for the sentence.

A *phrase* is one entry of a dated list: the words to look for, why they mislead, and what to write
in their place. A *hint* is a phrase found in a text. Nothing is refused: who writes decides.
"""

from sightline.rules.wording.checking import Hint, check
from sightline.rules.wording.phrases import (
    Phrase,
    PhraseList,
    describe,
    load_phrases,
    phrases_on,
    shipped_phrases,
)

__all__ = [
    "Hint",
    "Phrase",
    "PhraseList",
    "check",
    "describe",
    "load_phrases",
    "phrases_on",
    "shipped_phrases",
]
