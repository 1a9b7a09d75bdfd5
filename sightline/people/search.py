"""Finding a person by whatever is known: names in any order, birth date, identifiers, postcode.

Every mention of a person is searched, so that an earlier name or spelling finds them too.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from uk_postcodes_parsing import parse as parse_postcode

from sightline.people.models import Link, Person
from sightline.rules.linkage.spellings import spellings

DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
DIGITS = re.compile(r"\+?\d[\d ]{6,}\d")


@dataclass(frozen=True)
class Wanted:
    """What a line of search says: names, and whatever of the rest was in it."""

    names: tuple[str, ...] = ()
    born: date | None = None
    postcode: str = ""
    number: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.names or self.born or self.postcode or self.number)


def read(line: str) -> Wanted:
    """Read a line as people type it: "moreno leila 09/05/2017", "ZZ9 4QT", "999 000 0018"."""
    born, line = _date(line)
    postcode, line = _taken(POSTCODE, line)
    number, line = _taken(DIGITS, line)
    names = re.findall(r"[^\W\d_][\w'’-]*", line)
    parsed = parse_postcode(postcode) if postcode else None
    return Wanted(
        names=tuple(names),
        born=born,
        postcode=str(parsed.postcode) if parsed else postcode.upper(),
        number="".join(filter(str.isdigit, number)),
    )


def _taken(pattern: re.Pattern[str], line: str) -> tuple[str, str]:
    found = pattern.search(line)
    if found is None:
        return "", line
    return found.group().strip(), line[: found.start()] + " " + line[found.end() :]


def _date(line: str) -> tuple[date | None, str]:
    text, rest = _taken(DATE, line)
    if not text:
        return None, line
    parts = [int(part) for part in re.split(r"\D", text)]
    if parts[0] < 1000:
        parts.reverse()
    try:
        return date(*parts), rest
    except ValueError:
        return None, rest


def find(wanted: Wanted, among: QuerySet[Person]) -> QuerySet[Person]:
    """Return those of `among` whom everything in `wanted` fits, by name. Empty for nothing."""
    if wanted.is_empty:
        return among.none()
    found = among
    for name in wanted.names:
        found = found.filter(_mentioned(_named(name)))
    if wanted.born:
        found = found.filter(_mentioned(_born(wanted.born)))
    if wanted.postcode:
        found = found.filter(_mentioned(Q(mention__postcode=wanted.postcode)))
    if wanted.number:
        found = found.filter(_mentioned(_numbered(wanted.number)))
    return found.order_by("surname", "given_name", "birth_date", "pk")


def _mentioned(condition: Q) -> Exists:
    return Exists(Link.objects.filter(condition, person=OuterRef("pk"), ended_at__isnull=True))


def _named(name: str) -> Q:
    """A part of a name, or another spelling or short form of it."""
    condition = Q()
    for field in ("given_name", "middle_name", "surname"):
        condition |= Q(**{f"mention__{field}__icontains": name})
        for spelling in spellings(name):
            condition |= Q(**{f"mention__{field}__iexact": spelling})
    return condition


def _born(day: date) -> Q:
    """The day itself, or day and month the other way round."""
    condition = Q(mention__birth_date=day)
    if day.day <= 12:
        condition |= Q(mention__birth_date=day.replace(day=day.month, month=day.day))
    return condition


def _numbered(number: str) -> Q:
    """An NHS number, or a telephone number with or without its spaces."""
    spaced = r"[ ]*".join(number)
    return Q(mention__nhs_number=number) | Q(mention__phone__regex=rf"^\D*{spaced}\D*$")
