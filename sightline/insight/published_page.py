"""What was published, prepared for its page: as it was, counted again, and why today differs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sightline.access.models import User
from sightline.common.words import moment
from sightline.insight.catalogue import BY_ID
from sightline.insight.differences import IN_WORDS
from sightline.insight.dividing import part_in_words
from sightline.insight.engine.live import CAUSES
from sightline.insight.models import Published
from sightline.insight.periods import Period
from sightline.insight.presenters import definition
from sightline.insight.printing import written
from sightline.insight.publishing import again, given_again
from sightline.insight.reading import sees_true_counts
from sightline.rules.disclosure.showing import HIDDEN

Rows = list[list[str]]
SAME = "Counted again just now from the records as they were known then: the same, to the digit."
REDEFINED = "The definition of this figure has changed since, and so has what it counts."
OTHER = "Counted again just now from the records as they were known then, it is not the same."


@dataclass(frozen=True)
class Row:
    """A row of the list."""

    pk: int
    name: str
    days: str
    as_at: str
    by: str
    for_others: bool


@dataclass(frozen=True)
class PublishedPage:
    """The table as its reader may see it, whether it comes out again, and what is other today.

    `differing`: columns and rows of the second table; no rows where nothing is other.
    """

    figure: str
    name: str
    caption: str
    columns: list[dict[str, Any]]
    rows: Rows
    about: list[tuple[str, str]]
    again: str
    is_the_same: bool
    today: str
    differing: tuple[list[dict[str, Any]], Rows]
    for_the_team: bool
    for_others: bool
    hides: bool
    policy: str


def row_of(published: Published) -> Row:
    """Prepare a row of the list."""
    return Row(
        published.pk, _name(published), _period(published).words, moment(published.as_at),
        f"{published.published_by.name}, {moment(published.published_at)}",
        published.given is not None,
    )  # fmt: skip


def published_page(published: Published, user: User, now: datetime) -> PublishedPage:
    """Count it again and compare, as its reader may see it."""
    figure, team = BY_ID[published.figure], sees_true_counts(user)
    rows: Rows = published.rows if team else published.given or []
    said, is_the_same, today, differing = (
        _for_the_team(published, now) if team else _for_others(published, now)
    )
    return PublishedPage(
        figure=figure.id, name=_name(published),
        caption=f"{_name(published)}, for {_period(published).words}",
        columns=[_heading(column.words, numeric=column.numeric) for column in figure.columns],
        rows=rows, about=[*_about(published), *definition(figure)], again=said,
        is_the_same=is_the_same, today=today, differing=differing, for_the_team=team,
        for_others=published.given is not None,
        hides=any(HIDDEN in row for row in rows), policy=published.policy,
    )  # fmt: skip


def _for_the_team(
    published: Published, now: datetime
) -> tuple[str, bool, str, tuple[list[dict[str, Any]], Rows]]:
    """Each number that is another today, with the part that each cause has in it."""
    found = again(published, now)
    numbers = ["Published", *(IN_WORDS[cause] for cause in CAUSES), "Today"]
    rows = [
        [f"{one.row}: {one.column}", written(one.before),
         *(_signed(one.changes[cause]) for cause in CAUSES), written(one.after)]
        for one in found.differences
    ]  # fmt: skip
    headings = [_heading("Row and number"), *(_heading(text, numeric=True) for text in numbers)]
    today = f"Today is {moment(now)}."
    return _said(found), found.is_the_same, today, (headings, rows)


def _for_others(
    published: Published, now: datetime
) -> tuple[str, bool, str, tuple[list[dict[str, Any]], Rows]]:
    """Each cell that is printed otherwise today; what made it so would say too much of few."""
    found = given_again(published, now)
    rows = [[one.row, one.column, one.before, one.after] for one in found.changed]
    headings = [_heading("Row"), _heading("Number"),
                _heading("Published", numeric=True), _heading("Today", numeric=True)]  # fmt: skip
    today = (
        f"Today is as known on {moment(found.as_at)}. Notifications that came later, corrections, "
        "and what is known by now of who is who change a figure; the screening team sees how much "
        "each did."
    )
    return _said(found), found.is_the_same, today, (headings, rows)


def _said(found: Any) -> str:
    if found.is_the_same:
        return SAME
    return f"{OTHER} {REDEFINED}" if found.was_redefined else OTHER


def _signed(change: Any) -> str:
    return f"{change:+,}" if change else "0"


def _heading(text: str, *, numeric: bool = False) -> dict[str, Any]:
    return {"text": text, "numeric": numeric}


def _about(published: Published) -> list[tuple[str, str]]:
    return [
        ("As known on", moment(published.as_at)),
        ("Published", f"{moment(published.published_at)} by {published.published_by.name}"),
    ]


def _name(published: Published) -> str:
    part = part_in_words(published.part, published.published_at)
    return f"{BY_ID[published.figure].name}{f' ({part})' if part else ''}"


def _period(published: Published) -> Period:
    return Period(published.first, published.last)
