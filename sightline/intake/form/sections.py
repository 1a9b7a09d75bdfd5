"""The order of the pages, and what is done on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sightline.intake.form import incident, persons
from sightline.intake.form.filled import UNBORN, Entry, Filled
from sightline.intake.form.page import Page
from sightline.people.models import Role

PEOPLE = "people"
Place = TypeVar("Place", bound="Section | PersonPage")


@dataclass(frozen=True)
class Section:
    """A page: its address, its heading and its form. The people have pages of their own."""

    slug: str
    title: str
    form: type[Page] | None

    @property
    def progress(self) -> str:
        """Return how far this is: "page 2 of 7"."""
        return f"page {SECTIONS.index(self) + 1} of {len(SECTIONS)}"

    @property
    def next(self) -> "Section | None":
        return _beside(SECTIONS, self, 1)

    @property
    def previous(self) -> "Section | None":
        return _beside(SECTIONS, self, -1)

    def complete(self, filled: Filled) -> bool:
        """Whether everything that is asked for here is there. Nothing has to be."""
        if self.form is None:
            return len(filled) > 0 and all(_is_complete(entry) for entry in filled)
        return self.form.is_complete(filled.content)


@dataclass(frozen=True)
class PersonPage:
    """A page about one person."""

    slug: str
    title: str
    form: type[Page]

    def next(self, entry: Entry) -> "PersonPage | None":
        return _beside(pages_of(entry), self, 1)

    def previous(self, entry: Entry) -> "PersonPage | None":
        return _beside(pages_of(entry), self, -1)


SECTIONS = (
    Section("reference", "Reference and officer", incident.Reference),
    Section("when-and-where", "When and where", incident.WhenAndWhere),
    Section("what-happened", "What happened", incident.WhatHappened),
    Section("risk", "Risk tool and grade", incident.RiskGrade),
    Section(PEOPLE, "The people", None),
    Section("told", "Telling the victim, and support", incident.ToldTheFamily),
    Section("safety", "Safety", incident.Safety),
)

ADULT = (
    PersonPage("about", "About them", persons.AboutAnAdult),
    PersonPage("reaching", "Where they live, and language", persons.Reaching),
)
VICTIM = (*ADULT, PersonPage("safe-contact", "Safe contact", persons.SafeContact))
CHILD = (
    PersonPage("about", "About the child", persons.AboutAChild),
    PersonPage("where", "Where the child was", persons.Whereabouts),
    PersonPage("voice", "What the child said", persons.Voice),
    PersonPage("school", "School and health", persons.School),
    PersonPage("family", "Family and home", persons.Family),
)
NOT_BORN = (
    PersonPage("expected", "About the unborn child", persons.Expected),
    PersonPage("family", "Family and home", persons.Family),
)
PAGES = {
    Role.VICTIM.value: VICTIM,
    Role.BOTH_ALLEGED.value: VICTIM,
    Role.CHILD.value: CHILD,
    UNBORN: NOT_BORN,
}


def section_of(slug: str) -> Section | None:
    return next((section for section in SECTIONS if section.slug == slug), None)


def pages_of(entry: Entry) -> Sequence[PersonPage]:
    """Return the pages about somebody, in order."""
    return PAGES.get(entry.kind, ADULT)


def page_of(entry: Entry, slug: str) -> PersonPage | None:
    return next((page for page in pages_of(entry) if page.slug == slug), None)


def first_incomplete(filled: Filled) -> Section | None:
    """Return where to go on, or None when nothing that is asked for is missing."""
    return next((section for section in SECTIONS if not section.complete(filled)), None)


def _is_complete(entry: Entry) -> bool:
    return all(page.form.is_complete(entry.part) for page in pages_of(entry))


def _beside(pages: Sequence[Place], page: Place, step: int) -> Place | None:
    at = pages.index(page) + step
    return pages[at] if 0 <= at < len(pages) else None
