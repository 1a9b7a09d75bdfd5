"""Reference files on their way in: taken, and taken out of use. files/running.py reads them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.geography.files.lines import beginning, geojson, is_geojson
from sightline.geography.files.rows import OF_PLACES
from sightline.geography.files.shapes import kind_of
from sightline.geography.models import Edition, Kind

COUNCIL = re.compile(r"[EW]0[6-9][0-9]{6}")
LARGEST_GEOJSON = 200 * 1024 * 1024


@dataclass(frozen=True)
class File:
    """A reference file: its first quarter of a megabyte and its digest, or all of it."""

    name: str
    head: bytes
    digest: str  # SHA-256
    size: int
    content: bytes | None = None  # None: the operator's file, which stays where it is


@dataclass(frozen=True)
class About:
    """What somebody who takes in a file says of it."""

    vintage: str
    source: str
    holds_from: date
    councils: tuple[str, ...] = ()


@transaction.atomic
def take_file(
    *, file: File, about: About, by: User | None, now: datetime, tell: bool = True
) -> Edition:
    """Begin to take a reference file in. The same file again is the first one, gone on with.

    `by` is None for the operator at the terminal. `tell=False`: the caller runs it. Raises
    NotUnderstood where this is not a file that is read here, or of an edition that cannot be used.
    """
    if by is not None:
        require(by, Perm.IMPORT_FILES)
    kind = _kind(file)
    before = Edition.objects.standing().filter(kind=kind, digest=file.digest).defer("content")
    if (there := before.first()) is not None:
        return there
    if kind in (*OF_PLACES, Kind.SMALL_AREAS, Kind.WARDS):
        _must_name_councils(about.councils)
    edition = Edition.objects.create(
        kind=kind, vintage=about.vintage, source=about.source, holds_from=about.holds_from,
        councils=list(about.councils), name=file.name[:200], digest=file.digest, size=file.size,
        content=file.content, started_at=now, started_by=by,
    )  # fmt: skip
    record("reference.started", edition, by=by, at=now, kind=kind)
    if tell:
        announce("reference.started", edition.pk)
    return edition


def _kind(file: File) -> Kind:
    """Return what a file is by how it begins. Raises NotUnderstood."""
    if not is_geojson(file.head):
        return beginning(file.head).recognised.kind
    if file.size > LARGEST_GEOJSON:
        raise NotUnderstood(
            "These boundaries are larger than 200 MB. Take the generalised ones (BGC or BSC): on a "
            "page nobody sees the difference."
        )
    return kind_of(_features(file))[0]


def _features(file: File) -> list[dict[str, object]]:
    """Return the features, of a file of which only the beginning is at hand the first one."""
    if file.content is not None:
        return geojson(file.content)[0]
    _, _, areas = file.head.partition(b'"features"')  # before them, the coordinates' own name
    named = re.search(rb'"properties"\s*:\s*(\{[^{}]*\})', areas)
    return geojson(b'{"features": [{"properties": %s}]}' % (named[1] if named else b"{}"))[0]


def _must_name_councils(councils: Sequence[str]) -> None:
    if not councils:
        raise NotUnderstood("Say whose area is to be kept, by the code of the council.")
    for code in councils:
        if not COUNCIL.fullmatch(code):
            raise NotUnderstood(f"“{code[:20]}” is no code of a council, such as E08000027.")


@transaction.atomic
def withdraw(*, edition: Edition, by: User, now: datetime) -> Edition:
    """Take an edition out of use from now on: the one before it holds again.

    What was worked out with it as at an earlier moment stays as it was. Twice is once. Raises
    WrongMoment while the file is still on its way in.
    """
    require(by, Perm.IMPORT_FILES)
    edition = Edition.objects.select_for_update().defer("content").get(pk=edition.pk)
    if edition.finished_at is None:
        raise WrongMoment("This file is still being taken in. Wait until it is done.")
    if edition.withdrawn_at is None and not edition.failed_because:
        edition.withdrawn_at, edition.withdrawn_by = now, by
        edition.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record("reference.withdrawn", edition, by=by, at=now, kind=edition.kind)
    return edition
