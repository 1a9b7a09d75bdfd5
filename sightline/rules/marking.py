"""Where two ways of writing something differ: the letters or digits themselves, and in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.7  # from here up the letters that differ are worth pointing at; below, all of it differs

SLIPS = 3  # letters of an address, from there on it is another

Part = tuple[str, bool]  # a stretch of text, and whether it differs


class Likeness(StrEnum):
    """How two values stand to each other; the value is the word shown beside them."""

    SAME = "Same"
    NEAR = "Nearly"
    DIFFERS = "Differs"
    ONLY_ONE = "Only one"


@dataclass(frozen=True)
class Marked:
    """Two values with their differences marked, how they stand to each other, and in words."""

    a: tuple[Part, ...]
    b: tuple[Part, ...]
    likeness: Likeness
    words: str


def mark(a: str, b: str, *, of: str = "letter") -> Marked:
    """Compare two texts; case, spaces and punctuation do not count.

    `of`: what they are made of, in the singular, or "" where they agree or do not. An empty text
    is one that nobody wrote down: it neither agrees nor differs.
    """
    if not a or not b:
        return Marked(_whole(a), _whole(b), Likeness.ONLY_ONE, _only(a, b))
    if _plain(a).replace(" ", "") == _plain(b).replace(" ", ""):
        return Marked(_whole(a), _whole(b), Likeness.SAME, "Same")
    if Counter(_plain(a).split()) == Counter(_plain(b).split()):
        return Marked(_whole(a, True), _whole(b, True), Likeness.NEAR, "Other way round")
    matcher = SequenceMatcher(None, a.casefold(), b.casefold(), autojunk=False)
    if not of or matcher.ratio() < ALIKE:
        return Marked(_whole(a, True), _whole(b, True), Likeness.DIFFERS, "Different")
    return Marked(*_parts(a, b, matcher), Likeness.NEAR, _off(matcher, of))


def mark_dates(a: date | None, b: date | None) -> Marked:
    """Compare two dates by their digits, as 09/05/2017 and 05/09/2017."""
    written = [f"{day:%d/%m/%Y}" if day else "" for day in (a, b)]
    if a is None or b is None or a == b:
        return mark(*written, of="digit")
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return _digits(written, Likeness.NEAR, "Day and month swapped")
    off = sum(x != y for x, y in zip(*written, strict=True))
    if off == 1:
        return _digits(written, Likeness.NEAR, "1 digit differs")
    if a.year == b.year and (1, 1) in ((a.month, a.day), (b.month, b.day)):
        return _digits(written, Likeness.NEAR, "Same year; 1 January often means only the year")
    years = abs(a.year - b.year)
    apart = f"{years} years apart" if years > 1 else f"{abs((a - b).days)} days apart"
    return _digits(written, Likeness.DIFFERS, f"Different: {apart}")


def mark_addresses(a: str, b: str, *, one_home: bool) -> Marked:
    """Compare two addresses: towns and postcodes share letters, and so are no sign of one home.

    `one_home`: both are written of one and the same (`rules/families/addresses`).
    """
    marked = mark(a, b)
    if marked.likeness != Likeness.NEAR:
        return marked
    if one_home:
        return Marked(marked.a, marked.b, Likeness.NEAR, "One home, written otherwise")
    off = [[text for text, differs in side if differs] for side in (marked.a, marked.b)]
    if any(sum(map(len, side)) > SLIPS for side in off):
        return Marked(_whole(a, True), _whole(b, True), Likeness.DIFFERS, "Another address")
    if any(c.isdigit() for side in off for text in side for c in text):
        return Marked(marked.a, marked.b, Likeness.NEAR, "A number differs")
    return marked


def nearest(to: str, among: Sequence[str]) -> str:
    """Return which of these is most like `to`; the first of equals, or "" for none."""
    plain = _plain(to)
    return max(
        among, key=lambda each: SequenceMatcher(None, plain, _plain(each)).ratio(), default=""
    )


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _whole(text: str, differs: bool = False) -> tuple[Part, ...]:
    return ((text, differs),) if text else ()


def _only(a: str, b: str) -> str:
    return "Only in the new one" if a else "Only in the known one" if b else ""


def _parts(
    a: str, b: str, matcher: SequenceMatcher[str]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    steps = matcher.get_opcodes()
    mine = tuple((a[i:j], tag != "equal") for tag, i, j, _, _ in steps if i < j)
    theirs = tuple((b[i:j], tag != "equal") for tag, _, _, i, j in steps if i < j)
    return mine, theirs


def _off(matcher: SequenceMatcher[str], of: str) -> str:
    """Say how many differ, a replaced one counted once."""
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    off = sum(max(end - start, last - first) for _, start, end, first, last in steps)
    return f"1 {of} differs" if off == 1 else f"{off} {of}s differ"


def _digits(written: Sequence[str], likeness: Likeness, words: str) -> Marked:
    a, b = written
    pairs = [(x, y, x != y) for x, y in zip(a, b, strict=True)]
    mine, theirs = [(x, off) for x, _, off in pairs], [(y, off) for _, y, off in pairs]
    return Marked(_runs(mine), _runs(theirs), likeness, words)


def _runs(letters: Sequence[Part]) -> tuple[Part, ...]:
    """Join neighbours that differ alike."""
    runs: list[Part] = []
    for letter, off in letters:
        if runs and runs[-1][1] == off:
            runs[-1] = (runs[-1][0] + letter, off)
        else:
            runs.append((letter, off))
    return tuple(runs)
