"""Two records line by line, with what differs marked down to the letter and said in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sightline.common.words import plural, short_day
from sightline.people.models import Mention
from sightline.rules.families.addresses import address_key
from sightline.rules.linkage import names
from sightline.rules.linkage.text import words
from sightline.rules.marking import (
    Likeness,
    Marked,
    Part,
    mark,
    mark_addresses,
    mark_dates,
    nearest,
)

SIGNS = {Likeness.SAME: "=", Likeness.NEAR: "≈", Likeness.DIFFERS: "≠", Likeness.ONLY_ONE: ""}
KINDS = {Likeness.SAME: "same", Likeness.NEAR: "near", Likeness.DIFFERS: "differs"}
HELD_BACK = "held back"  # in the place of an address that the reader may not know
OTHERS = 2  # further ways of writing a thing that a line repeats; all are in the list of mentions


@dataclass(frozen=True)
class Line:
    """One line: what it is about, both values in parts, further values, and how they compare."""

    what: str
    new: tuple[Part, ...]
    known: tuple[Part, ...]
    further: str
    sign: str
    kind: str
    words: str


def lines(new: Sequence[Mention], known: Sequence[Mention]) -> list[Line]:
    """Return the lines of two records; what nobody wrote down of either has none."""
    found = [*_names(new, known), *_birth(new, known)]
    for what, value, of in FIELDS:
        found += _line(what, _values(new, value), _values(known, value), of)
    found += _address_line(new, known)
    found += _line("School", _values(new, _school), _values(known, _school), "letter")
    return [*found, *_beside("Role", _values(new, _role), _values(known, _role))]


def _names(new: Sequence[Mention], known: Sequence[Mention]) -> Iterator[Line]:
    given = _values(new, _given), _values(known, _given)
    family = _values(new, _surname), _values(known, _surname)
    crossed = _meet(given[0], family[1]) and _meet(family[0], given[1])
    for what, (here, there), other, is_form in (
        ("First names", given, "surname", _forms_of_forename),
        ("Surname", family, "first name", _forms_of_surname),
    ):
        for line in _line(what, here, there, "letter"):
            yield _swapped(line, other) if crossed else _by_form(line, here, there, is_form)
    aliases = _values(new, _aliases), _values(known, _aliases)
    yield from _line("Also known as", *aliases, "letter")


def _meet(some: Sequence[str], others: Sequence[str]) -> bool:
    return bool({s.casefold() for s in some} & {o.casefold() for o in others})


def _swapped(line: Line, other: str) -> Line:
    return _said(line, Likeness.NEAR, f"Other way round: the {other} of the other record")


def _by_form(
    line: Line, here: Sequence[str], there: Sequence[str], is_form: Callable[[str, str], bool]
) -> Line:
    """Say so where two names are forms of one name, however few letters they share."""
    pairs = ((a, b) for a in _first_words(here[:1]) for b in _first_words(there))
    if line.kind in ("differs", "near") and any(is_form(a, b) for a, b in pairs):
        return _said(line, Likeness.NEAR, "A form of the same name")
    return line


ONE_NAME = (names.Likeness.SAME, names.Likeness.VARIANT)


def _forms_of_forename(a: str, b: str) -> bool:
    return names.forenames_alike(names.forename(a), names.forename(b)) in ONE_NAME


def _forms_of_surname(a: str, b: str) -> bool:
    return names.surnames_alike(names.surname(a), names.surname(b)) in ONE_NAME


def _first_words(values: Sequence[str]) -> list[str]:
    return [word for value in values for word in words(value)[:1]]


def _said(line: Line, likeness: Likeness, said: str) -> Line:
    return Line(
        line.what, line.new, line.known, line.further, SIGNS[likeness], KINDS[likeness], said
    )


def _birth(new: Sequence[Mention], known: Sequence[Mention]) -> Iterator[Line]:
    """Compare dates of birth, and how old each was said or is worked out to have been then."""
    here, there = _dates(new), _dates(known)
    mine = here[0] if here else None
    like = nearest(f"{mine:%d/%m/%Y}" if mine else "", [f"{day:%d/%m/%Y}" for day in there])
    other = next((day for day in there if f"{day:%d/%m/%Y}" == like), None)
    marked = mark_dates(mine, other)
    if mine or other:
        further = _further([f"{day:%d/%m/%Y}" for day in there if day != other])
        yield _as_line("Date of birth", marked, further)
    ages = [_age(mentions[0]) if mentions else "" for mentions in (new, known)]
    yield from _beside("Age then", *([age] if age else [] for age in ages))


def _age(mention: Mention) -> str:
    """Return "9 on 20 Nov 2026", worked out where it was not written."""
    on, born = mention.source.on, mention.birth_date
    if born:
        years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        return f"{years} on {short_day(on)}"
    if mention.age is not None:
        return f"{mention.age} on {short_day(on)}, as was said"
    return f"unborn, due {short_day(mention.expected_birth)}" if mention.expected_birth else ""


def _dates(mentions: Sequence[Mention]) -> list[date]:
    return list(dict.fromkeys(m.birth_date for m in mentions if m.birth_date))


def _address_line(new: Sequence[Mention], known: Sequence[Mention]) -> Iterator[Line]:
    homes = {_address(m): address_key(m.address, m.postcode) for m in (*new, *known)}

    def compare(mine: str, other: str) -> Marked:
        if HELD_BACK in (mine, other):
            return Marked(_plain([mine]), _plain([other]), Likeness.ONLY_ONE, "")
        one_home = bool(homes.get(mine)) and homes[mine] == homes.get(other)
        return mark_addresses(mine, other, one_home=one_home)

    yield from _compared("Address", _values(new, _address), _values(known, _address), compare)


def _line(what: str, here: Sequence[str], there: Sequence[str], of: str) -> Iterator[Line]:
    yield from _compared(what, here, there, partial(mark, of=of))


def _compared(
    what: str, here: Sequence[str], there: Sequence[str], compare: Callable[[str, str], Marked]
) -> Iterator[Line]:
    """Compare the newest value of one with the most similar of the other."""
    if not here and not there:
        return
    mine = here[0] if here else ""
    like = nearest(mine, there) if mine else (there[0] if there else "")
    further = _further([value for value in there if value != like])
    yield _as_line(what, compare(mine, like), further)


def _beside(what: str, here: Sequence[str], there: Sequence[str]) -> Iterator[Line]:
    """Show two values that may well differ where two records are one person's."""
    if here or there:
        yield Line(what, _plain(here), _plain(there), _further(there[1:]), "", "", "")


def _plain(values: Sequence[str]) -> tuple[Part, ...]:
    return ((values[0], False),) if values else ()


def _as_line(what: str, marked: Marked, further: str) -> Line:
    likeness = marked.likeness
    return Line(
        what, marked.a, marked.b, further, SIGNS[likeness], KINDS.get(likeness, "only"),
        marked.words,
    )  # fmt: skip


def _further(values: Sequence[str]) -> str:
    more = len(values) - OTHERS
    said = [*values[:OTHERS], *([f"{more} more"] if more > 0 else [])]
    return f"also {'; '.join(said)}" if said else ""


def _values(mentions: Sequence[Mention], value: Callable[[Mention], str]) -> list[str]:
    """Return what was written, the newest first, each once."""
    return list(dict.fromkeys(text for m in mentions if (text := value(m).strip())))


def _given(mention: Mention) -> str:
    return f"{mention.given_name} {mention.middle_name}"


def _surname(mention: Mention) -> str:
    return mention.surname


def _aliases(mention: Mention) -> str:
    return ", ".join(mention.aliases)


def _address(mention: Mention) -> str:
    return f"{mention.address} {mention.postcode}".strip()


def _school(mention: Mention) -> str:
    return mention.school_name


def _role(mention: Mention) -> str:
    return mention.get_role_display()


SEXES = {"F": "Female", "M": "Male"}
# What is compared beside names and birth, and what it is made of; "": it agrees or it does not.
FIELDS: tuple[tuple[str, Callable[[Mention], str], str], ...] = (
    ("Sex", lambda m: SEXES.get(m.sex, ""), ""),
    ("NHS number", lambda m: m.nhs_number, "digit"),
    ("UPN", lambda m: m.upn, "character"),
    ("Police number", lambda m: m.police_id, "character"),
    ("Telephone", lambda m: m.phone, "digit"),
)


HEADINGS = ("Notified", "As", "Name", "Born", "Address", "Telephone and numbers")


def rows(mentions: Sequence[Mention]) -> list[tuple[str, ...]]:
    """Return every mention as it was written, for the list that is folded up."""
    return [
        (
            short_day(m.source.on), m.get_role_display(),
            f"{m.given_name} {m.middle_name} {m.surname}".replace("  ", " ").strip() or "Not known",
            f"{m.birth_date:%d/%m/%Y}" if m.birth_date else f"age {m.age}" if m.age else "",
            f"{m.address} {m.postcode}".strip(),
            ", ".join(filter(None, (m.phone, m.nhs_number, m.upn, m.police_id))),
        )
        for m in mentions
    ]  # fmt: skip


def mentioned(mentions: Sequence[Mention]) -> str:
    """Return "3 mentions, Oct 2024 to Nov 2026" for the heading of a column."""
    days = sorted(m.source.on for m in mentions)
    count = plural(len(days), "mention")
    if not days:
        return count
    first, last = f"{days[0]:%b %Y}", f"{days[-1]:%b %Y}"
    if first == last:
        return f"{count}, {last}"
    return (
        f"{count}, {days[0]:%b} to {last}"
        if first[-4:] == last[-4:]
        else f"{count}, {first} to {last}"
    )
