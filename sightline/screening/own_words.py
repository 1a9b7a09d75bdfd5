"""A partnership's own words over the ids of an instrument or a tool, from the database."""

from datetime import date, datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import Q

from sightline.access.models import User
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.rules.screening.instrument import Instrument, shipped_instruments
from sightline.rules.screening.own_words import OwnWords as Words
from sightline.rules.screening.own_words import in_own_words, read_own_words
from sightline.rules.screening.tools import Tool, shipped_tools
from sightline.screening.models import OwnWords


def known() -> tuple[Instrument | Tool, ...]:
    """Return everything that words may be laid over."""
    return (*shipped_instruments(), *shipped_tools())


@transaction.atomic
def add_own_words(*, content: str, name: str, by: User, now: datetime) -> OwnWords:
    """Keep a file of words, to be used from its commencement on. The same again changes nothing.

    Raises NotUnderstood with what is wrong in it, WrongMoment where this version holds other
    words already: what was asked in them stays asked in them.
    """
    try:
        words = read_own_words(content, name, known())
    except ValueError as wrong:
        raise NotUnderstood(str(wrong)) from None
    kept, new = OwnWords.objects.get_or_create(
        of=words.of,
        version=words.version,
        defaults={
            "commencement": words.commencement, "end": words.end, "content": content,
            "added_at": now, "added_by": by,
        },
    )  # fmt: skip
    if new:
        record("own_words.added", kept, by=by, at=now, of=words.of, version=words.version)
    elif kept.content != content:
        raise WrongMoment(
            f"Version {words.version} for {words.of} has been added with other words. Give these "
            "a version and a commencement of their own."
        )
    return kept


def words_on(of: str, day: date) -> OwnWords | None:
    """Return the words in force on a day for one version, or None for ours. One query."""
    current = OwnWords.objects.filter(Q(end__isnull=True) | Q(end__gte=day), of=of)
    return current.filter(commencement__lte=day).order_by("commencement", "pk").last()


def read_kept(kept: OwnWords | None) -> Words | None:
    """Return these words, read; None where they are ours."""
    return _read(kept.pk, kept.content) if kept else None


def questions_in(kept: OwnWords | None) -> dict[str, str]:
    """Return the questions of these words by id; none where they are ours."""
    words = read_kept(kept)
    return dict(words.questions) if words else {}


def tool_in(tool: Tool, kept: OwnWords | None) -> Tool:
    """Return a tool in these words, with their thresholds."""
    return in_own_words(tool, read_kept(kept))


@lru_cache(maxsize=64)
def _read(pk: int, content: str) -> Words:
    """Rows are never changed, so what was read once holds."""
    return read_own_words(content, f"own words {pk}", known())
