"""What has the shape of an address or a telephone number, protected or not.

Where no such thing belongs at all, as in a log, the shape is enough: nothing need be looked up.
"""

import re

from sightline.rules.scanning.words import ENDINGS, SHORT, folded

HELD_BACK = "[held back]"
_KINDS = "|".join(sorted(ENDINGS | {short for short, long in SHORT.items() if long in ENDINGS}))
_SHAPES = re.compile(
    r"""(?<![a-z0-9-])(?:
        [a-z]{1,2}[0-9][a-z0-9]?[ ]?[0-9][a-z]{2}                          # a postcode
      | (?:\+?44[ ]?(?:\(0\)[ ]?)?|0)(?:[0-9][ ().-]{0,2}){8,9}[0-9]       # a telephone in the UK
      | [0-9]{1,4}[a-z]?[ ,]{1,3}(?:[a-z.'’]+[ ]){1,3}(?:KINDS)  # a house and its street
    )(?![a-z0-9-])""".replace("KINDS", _KINDS),
    re.IGNORECASE | re.VERBOSE,
)


def without_addresses(text: str) -> str:
    """Return a text with everything that looks like an address or a telephone taken out."""
    if _SHAPES.search(text):
        return _SHAPES.sub(HELD_BACK, text)
    if not text.isascii() and _SHAPES.search(folded(text)):
        return HELD_BACK
    return text
