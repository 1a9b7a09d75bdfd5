"""What was searched for in a session, so that nobody is recorded anew who was not looked for.

Only digests of words are kept in the session: it is no place for names.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import salted_hmac

from sightline.rules.linkage.text import words
from sightline.rules.search.writing import address_words

HOLDS_FOR = timedelta(minutes=30)
KEPT = "searched"
MOST = 40  # searches


def remember_search(session: SessionBase, line: str, now: datetime) -> None:
    """Remember that a line was searched for now; what is too old is forgotten."""
    made = {"at": now.isoformat(), "words": sorted(map(_digest, _words(line)))}
    session[KEPT] = [*_recent(session, now), made][-MOST:]


def was_searched(session: SessionBase, text: str, now: datetime) -> bool:
    """Whether all the words of a name or an address were in one search of the last half hour."""
    sought = set(map(_digest, _words(text)))
    return bool(sought) and any(sought <= set(made["words"]) for made in _recent(session, now))


def not_searched(session: SessionBase, texts: Iterable[str], now: datetime) -> list[str]:
    """Return those of some names and addresses that were not searched for."""
    return [text for text in texts if not was_searched(session, text, now)]


def _recent(session: SessionBase, now: datetime) -> list[dict[str, Any]]:
    return [
        made
        for made in session.get(KEPT, [])
        if datetime.fromisoformat(made["at"]) > now - HOLDS_FOR
    ]


def _words(text: str) -> set[str]:
    return {*words(text), *address_words(text)}


def _digest(word: str) -> str:
    return salted_hmac("sightline.sharing.searched", word).hexdigest()[:20]
