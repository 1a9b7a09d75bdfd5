"""What the check page says: everything filled in, in words, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.forms import ChoiceField, Field
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from sightline.common.words import moment, short_day
from sightline.intake.completeness import completeness
from sightline.intake.form.filled import Entry, Filled, Part
from sightline.intake.form.page import Page
from sightline.intake.form.sections import SECTIONS, pages_of
from sightline.intake.presenters import how_complete
from sightline.intake.schema import Notification

Row = tuple[str, str]
NOT_SAID = "Not said"


@dataclass(frozen=True)
class Card:
    """A section or a person: what is said, and links to change it."""

    title: str
    rows: list[Row]
    links: list[dict[str, str]]


@dataclass(frozen=True)
class Check:
    """The whole check page."""

    cards: list[Card]
    missing: list[str]
    how_complete: str


def check_page(key: UUID, filled: Filled, now: datetime) -> Check:
    """Return what the check page shows of a draft."""
    said = {"reference": "-"} | filled.body() | {"notified_at": now}
    score, missing = completeness(Notification.model_validate(said))
    return Check(list(_cards(key, filled)), missing, how_complete(score))


def _cards(key: UUID, filled: Filled) -> Iterator[Card]:
    for section in SECTIONS:
        if section.form is None:
            yield from (_person(key, filled, entry) for entry in filled)
            continue
        link = _link("Change", reverse("notification-page", args=[key, section.slug]))
        rows = [*_version(section.slug, filled), *_rows(section.form, filled.content)]
        yield Card(section.title, rows, [link])


def _version(slug: str, filled: Filled) -> list[Row]:
    """Say on the first card which version a correction will be."""
    version = filled.content.get("version", 1)
    is_first = slug == SECTIONS[0].slug
    return [("Correction, to be version", str(version))] if is_first and version > 1 else []


def _person(key: UUID, filled: Filled, entry: Entry) -> Card:
    pages = pages_of(entry)
    rows = [row for page in pages for row in _rows(page.form, entry.part)]
    names = {adult.part["id"]: adult.title for adult in filled.adults}
    if parents := [names[a] for a in filled.parents_of(entry) if a in names]:
        rows.append(("Parents", ", ".join(parents)))
    at = [key, entry.number]
    links = [
        _link(page.title, reverse("notification-person", args=[*at, page.slug])) for page in pages
    ]
    links.append(_link("Remove", reverse("notification-remove", args=at)))
    return Card(entry.title, rows, links)


def _link(text: str, href: str) -> dict[str, str]:
    return {"text": text, "href": f"{href}?then=check"}


def _rows(form: type[Page], part: Part) -> Iterator[Row]:
    """Yield what is said, and what is asked for and not said."""
    values = form.read(part)
    for name, field in form.base_fields.items():
        if (value := values[name]) not in (None, "", []):
            yield str(field.label), _words(field, value)
        elif name in form.asked:
            yield str(field.label), NOT_SAID


def _words(field: Field, value: Any) -> str:
    if isinstance(field, ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(str(value), value))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return short_day(value)
    lines = value if isinstance(value, list) else str(value).split("\n")
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
