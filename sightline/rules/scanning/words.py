"""One spelling for what may be an address: case, accents, punctuation, abbreviations, markup."""

import html
import re
import unicodedata

_TAG = re.compile(r"<[^>]*>")
_SHOWN = r"(?:value|title|alt|content|placeholder|label|href|aria-label|data-[\w-]+)"
_VALUE = re.compile(rf"""\s{_SHOWN}\s*=\s*("[^"]*"|'[^']*')""")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_APOSTROPHES = re.compile(r"['‘’`´ʼ]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[0-9]+[a-z](?![a-z0-9])|[0-9]+|[a-z]+")  # "12a" is one, "12Brook" is two

# Whatever may be short for several things is one of them everywhere: "St" is Street and Saint.
SHORT = {
    "street": "st", "str": "st", "saint": "st", "sts": "st", "rd": "road", "ave": "avenue",
    "av": "avenue", "ln": "lane", "la": "lane", "cl": "close", "dr": "drive", "drv": "drive",
    "cres": "crescent", "cresc": "crescent", "ct": "court", "crt": "court", "gdns": "gardens",
    "gdn": "gardens", "garden": "gardens", "gr": "grove", "gro": "grove", "pl": "place",
    "sq": "square", "terr": "terrace", "ter": "terrace", "pk": "park", "mt": "mount",
    "nth": "north", "sth": "south", "upr": "upper", "lwr": "lower", "gt": "great",
    "lt": "little", "hse": "house", "cott": "cottage", "bldgs": "buildings",
}  # fmt: skip
_COUNTED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED, start=1)}
SPELLED = SHORT | NUMBERS
ENDINGS = frozenset({
    "st", "road", "lane", "avenue", "close", "drive", "way", "row", "court", "grove", "crescent",
    "place", "terrace", "walk", "gardens", "square", "hill", "parade", "green", "mews", "rise",
    "view", "park",
})  # fmt: skip

# What buildings that are known by a name are called: "Haven House", "the Larch Refuge".
BUILDINGS = frozenset({
    "house", "lodge", "refuge", "hostel", "shelter", "cottage", "villa", "hall", "manor", "farm",
    "centre", "mansions", "tower", "buildings",
})  # fmt: skip
# Words before these that name nothing.
NO_NAMES = frozenset({
    "a", "an", "the", "this", "that", "her", "his", "my", "our", "your", "their", "its", "in", "at",
    "to", "of", "from", "near", "by", "and", "or", "same", "new", "old", "whole", "other", "each",
    "another", "every", "no", "which", "safe", "womens", "town", "village", "health", "childrens",
    "community", "family", "medical", "open", "council", "work", "s", "friend", "friends",
    "mothers", "mums", "fathers", "dads", "parents", "sisters", "brothers", "aunts", "uncles",
    "nans", "grans", "grandmothers", "grandparents", "neighbours", "partners", "cousins",
    "daughters", "sons",
})  # fmt: skip


def folded(text: str) -> str:
    """Return text in lower case without accents, invisible characters and apostrophes."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
        text = _NOT_ASCII.sub(_without_accent, decomposed)
    return _APOSTROPHES.sub("", text.lower())


def _without_accent(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


def words(plain: str) -> list[str]:
    """Return the words of folded text in one spelling: "12, Brook Rd." is 12, brook, road."""
    found = _WORD.findall(plain)
    return [SPELLED.get(word, word) for word in found]


def text_of(page: str) -> str:
    """Return what an HTML page says, and after it what its attributes say."""
    values = " | ".join(_VALUE.findall(page))
    return html.unescape(f"{_TAG.sub(' ', page)} | {values}")
