"""Every way in which a name may have been written, for searching."""

from sightline.rules.linkage.tables import lines
from sightline.rules.linkage.text import words

TABLES = ("short", "spellings", "surnames")


def spellings(name: str) -> frozenset[str]:
    """Return the pet forms, full forms and transliterations of a name, itself among them.

    In lower case. "Kate" finds Katherine, "Muhammad" finds Mohammed.
    """
    sought = set(words(name))
    found = {other for group in lines(*TABLES) if sought & set(group) for other in group}
    return frozenset(found | sought)
