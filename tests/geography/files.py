"""Reference files for tests, taken in at once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from sightline.geography.files.lines import HEAD
from sightline.geography.files.running import run
from sightline.geography.importing import About, File, take_file
from sightline.geography.models import Edition

COUNCIL = "E08999001"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def file_of(content: bytes, name: str = "places.csv") -> File:
    return File(name, content[:HEAD], sha256(content).hexdigest(), len(content), content)


def taken_in(
    content: bytes | str,
    name: str = "places.csv",
    *,
    councils: Sequence[str] = (COUNCIL,),
    holds_from: date = date(2026, 1, 1),
    now: datetime = NOW,
) -> Edition:
    """Take a file in, all of it."""
    raw = content.encode() if isinstance(content, str) else content
    about = About("November 2026", "Invented", holds_from, tuple(councils))
    edition = take_file(file=file_of(raw, name), about=about, by=None, now=now, tell=False)
    return run(edition.pk, now=lambda: now)
