"""Which school is meant, who in it is told, and when it is open."""

from datetime import date

from sightline.access.models import User
from sightline.directory.models import ClosureDay, KeyAdult, School, Term
from sightline.rules.calendar import SchoolCalendar

DROPPED = {"the", "school", "academy", "college", "of", "and", "at"}


def school_key(name: str) -> str:
    """Return a school's name as it is compared: no case, punctuation or filler words."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold().replace("'", "")).split()
    return " ".join(word for word in words if word not in DROPPED)


def find_school(*, urn: str, name: str) -> School | None:
    """Return the one school that is meant, or None where there is none or a doubt.

    A wrong school must never be told, so the name has to be the whole name and fit one school, and
    one that is closed is nobody's any more.
    """
    open_now = School.objects.filter(agency__closed_on=None)
    if urn:
        return open_now.filter(urn=urn).first()
    key = school_key(name)
    found = list(open_now.filter(name_key=key)[:2]) if key else []
    return found[0] if len(found) == 1 else None


def open_schools() -> list[School]:
    """Return every school that is open, by name."""
    return list(School.objects.filter(agency__closed_on=None).order_by("name"))


def school_names() -> list[str]:
    """Return the name of every school that is open, in order."""
    return list(School.objects.filter(agency__closed_on=None).values_list("name", flat=True))


def key_adults(school: School) -> list[User]:
    """Return who is to be told in a school: the lead first, then deputies."""
    people = KeyAdult.objects.filter(school=school, ended_on__isnull=True, user__is_active=True)
    return [key_adult.user for key_adult in people.select_related("user")]


def calendar_of(school: School | None) -> SchoolCalendar:
    """Return the terms and closures of a school; its own terms if it has any, else everybody's."""
    own = Term.objects.filter(school=school) if school else Term.objects.none()
    terms = list(own) or list(Term.objects.filter(school__isnull=True))
    closed: list[date] = (
        list(ClosureDay.objects.filter(school=school).values_list("on", flat=True))
        if school
        else []
    )
    return SchoolCalendar(
        terms=tuple((term.first, term.last) for term in terms), closures=frozenset(closed)
    )


class Register:
    """Schools and their calendars, each asked for once while many children are dealt with."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], School | None] = {}
        self._calendars: dict[int | None, SchoolCalendar] = {}

    def find(self, *, urn: str, name: str) -> School | None:
        """As `find_school`."""
        if (urn, name) not in self._found:
            self._found[urn, name] = find_school(urn=urn, name=name)
        return self._found[urn, name]

    def calendar(self, school: School | None) -> SchoolCalendar:
        """As `calendar_of`."""
        key = school.pk if school else None
        if key not in self._calendars:
            self._calendars[key] = calendar_of(school)
        return self._calendars[key]
