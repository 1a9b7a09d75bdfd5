"""How reference files are shown: which are in use, how far each is, whether they fit each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from sightline.common.words import plural
from sightline.geography import queries
from sightline.geography.models import BadLine, Edition, Kind, Measure


@dataclass(frozen=True)
class State:
    """How far a file is: a word and the kind of its tag."""

    word: str
    kind: str


@dataclass(frozen=True)
class EditionRow:
    """An edition in the list, and the top of its own page."""

    pk: int
    kind: str
    vintage: str
    source: str
    holds_from: date
    name: str
    rows: int
    state: State


def listed(at: datetime) -> list[EditionRow]:
    """Return every edition, by kind, the newest of each first. Two queries and one a kind."""
    in_use = {found.pk for kind in Kind if (found := queries.edition_at(kind, at))}
    bad = dict(BadLine.objects.values_list("edition").annotate(Count("pk")))
    order = {kind: place for place, kind in enumerate(Kind.values)}
    rows = sorted(
        Edition.objects.defer("content"),
        key=lambda e: (order[e.kind], -e.holds_from.toordinal(), -e.pk),
    )
    return [row_of(edition, bad.get(edition.pk, 0), edition.pk in in_use) for edition in rows]


def row_of(edition: Edition, bad: int, in_use: bool) -> EditionRow:
    """Return how an edition is shown, of which so many lines were refused."""
    return EditionRow(
        edition.pk, edition.get_kind_display(), edition.vintage, edition.source,
        edition.holds_from, edition.name, edition.rows_kept, _state(edition, bad, in_use),
    )  # fmt: skip


def _state(edition: Edition, bad: int, in_use: bool) -> State:
    if edition.failed_because:
        return State("Could not be taken in", "late")
    if edition.withdrawn_at:
        return State("Taken out of use", "plain")
    if edition.finished_at is None:
        return State("Being taken in", "going")
    refused = f", {plural(bad, 'line')} refused" if bad else ""
    if in_use:
        return State(f"In use{refused}", "due" if bad else "done")
    return State(f"Not in use{refused}", "plain")


def counts_of(edition: Edition, bad: int) -> list[tuple[str, str]]:
    """Return what became of the rows, each count with its words."""
    return [
        ("Read so far", f"{edition.lines:,} lines, {edition.position:,} of {edition.size:,} bytes"),
        ("Taken in", f"{edition.rows_kept:,}"),
        ("Of other areas, left out", f"{edition.elsewhere:,}"),
        ("Refused", f"{bad:,}"),
    ]


def fits(at: datetime) -> list[str]:
    """Return in words what the editions in use do not fit each other in; [] when they do."""
    areas = {area.code for area in queries.small_areas(at)}
    return [*_without(areas, at)] if areas else []


def _without(areas: set[str], at: datetime) -> Iterator[str]:
    for there, what in (
        ({outline.code for outline in queries.outlines(Kind.SMALL_AREAS, at)}, "boundary"),
        (set(queries.values(Kind.DEPRIVATION, Measure.DECILE, at)), "decile of deprivation"),
        (set(queries.values(Kind.CHILDREN, Measure.CHILDREN, at)), "number of children"),
    ):
        if there and (missing := len(areas - there)):
            yield f"{plural(missing, 'small area has', 'small areas have')} no {what}."
        if there and (unknown := len(there - areas)):
            yield f"{plural(unknown, f'{what} is', f'{what}s are')} of areas in no ward."
