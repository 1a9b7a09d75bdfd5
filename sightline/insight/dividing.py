"""By what a figure can be divided, and the one part of it that somebody chose to see.

What may be chosen is read from what there is to choose from (wards, senders), not from the records:
that would cost a count of the figure, and say which wards have nobody.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from sightline.access.models import Agency, AgencyKind
from sightline.geography.queries import ward_names
from sightline.insight.figures.base import Figure
from sightline.insight.figures.equality import GROUPS
from sightline.intake.models import Notification

Choice = tuple[str | int, str]  # a value of the column, and its words
NOT_KNOWN = "not known"


def _wards(at: datetime) -> Iterable[Choice]:
    names = sorted(ward_names(at).items(), key=lambda one: one[1])
    return [*names, ("", NOT_KNOWN)] if names else []


def _senders() -> Iterable[Agency]:
    sent = Notification.objects.filter(sender=OuterRef("pk"))
    return Agency.objects.filter(Exists(sent)).order_by("name")


def _agencies(**narrower: str) -> Iterable[Choice]:
    names = Agency.objects.filter(closed_on__isnull=True, **narrower).order_by("name")
    return [(name, name) for name in names.values_list("name", flat=True)]


def _groups(of: str) -> Iterable[Choice]:
    return [*GROUPS[of][1].items(), ("", NOT_KNOWN)]


# Columns of facts that people may choose from: what they are called, and the values there are.
DIVISIONS: dict[str, tuple[str, Callable[[datetime], Iterable[Choice]]]] = {
    "ward": ("Ward", _wards),
    "sender": ("Sent by", lambda at: [(one.pk, one.name) for one in _senders()]),
    "force": ("Sent by", lambda at: [(one.name, one.name) for one in _senders()]),
    "agency": ("Agency", lambda at: _agencies()),
    "council": ("Council", lambda at: _agencies(kind=AgencyKind.SOCIAL_CARE)),
    "sex": ("Sex", lambda at: _groups("sex")),
    "ethnicity": ("Ethnic group", lambda at: _groups("ethnicity")),
    "disability": ("Disability", lambda at: _groups("disability")),
    "language": ("Language", lambda at: _groups("language")),
}


def divisions_of(figure: Figure) -> list[str]:
    """Return the columns that every fact of a figure has: only these narrow it as a whole."""
    return [column for column in DIVISIONS if all(column in fact.columns for fact in figure.facts)]


def choices_of(figure: Figure, at: datetime) -> list[tuple[str, str]]:
    """Return what a figure may be narrowed to: "column=value", and its words. A query a column."""
    return [
        (f"{column}={value}", f"{DIVISIONS[column][0]}: {words}")
        for column in divisions_of(figure)
        for value, words in DIVISIONS[column][1](at)
    ]


def chosen(written: str, figure: Figure) -> dict[str, str | int]:
    """Return the column and value that were chosen; nothing where there is no such column."""
    column, _, value = written.partition("=")
    if column not in divisions_of(figure):
        return {}
    return {column: int(value) if column == "sender" and value.isdecimal() else value}


def part_in_words(written: str, at: datetime) -> str:
    """Return "Ward: Castle" for "ward=E05999004"; "" for everything."""
    column, _, value = written.partition("=")
    if column not in DIVISIONS:
        return ""
    words, values = DIVISIONS[column]
    named = {str(code): name for code, name in values(at)}
    return f"{words}: {named.get(value, NOT_KNOWN)}"
