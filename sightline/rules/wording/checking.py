"""Finding phrases in a text."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from sightline.rules.wording.phrases import Phrase, PhraseList, phrases_on

# Somebody's own words are evidence and stay as they were said.
QUOTED = '"[^"\\n]{0,300}"|\u201c[^\u201d]{0,300}\u201d'


@dataclass(frozen=True)
class Hint:
    """A phrase that was found: its id, the words as they were written, why, and a better shape."""

    phrase: str
    written: str
    why: str
    instead: str


def check(text: str, on: date) -> tuple[Hint, ...]:
    """What the list in force on that day has to say about a text, a hint for each phrase at most,
    in the order of the text. Nothing for a text it finds no fault with."""
    phrases = phrases_on(on)
    if phrases is None or not text:
        return ()
    heard = re.sub(QUOTED, lambda said: " \u00b7 ", text)
    found = [
        (match.start(), Hint(phrase.id, " ".join(match[0].split()), phrase.why, phrase.instead))
        for phrase, expression in _expressions(phrases)
        if (match := expression.search(heard))
    ]
    return tuple(hint for _, hint in sorted(found, key=lambda each: each[0]))


@cache
def _expressions(phrases: PhraseList) -> tuple[tuple[Phrase, re.Pattern[str]], ...]:
    return tuple((p, re.compile(p.pattern, re.IGNORECASE)) for p in phrases.phrases)
