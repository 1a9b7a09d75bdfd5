"""Suggesting better words for a text that was kept. Never refuses, and never keeps the text twice.

The list of phrases is rules/wording. While somebody writes, the browser looks through the same
list (static/wording.js); what is written goes nowhere for that.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest

from sightline.access.models import User
from sightline.access.queries import user_of
from sightline.common.clock import local_date, now
from sightline.rules.wording import Hint, check
from sightline.screening.models import WordingSuggestion


@transaction.atomic
def look_at_wording(
    *, about: models.Model, texts: Mapping[str, str], by: User, now: datetime
) -> tuple[Hint, ...]:
    """Return what may be worded better in the texts of a record that was just kept, by field.

    Counts it for assurance: one row a text, without the text. The same text again changes nothing;
    a text that was reworded is known by its row. Nothing is written of texts without a hint.
    """
    found = {field: check(text, local_date(now)) for field, text in texts.items()}
    known = {row.field: row for row in _rows(about, texts)}
    for field, hints in found.items():
        row = known.get(field) or _row(about, field, by, now)
        if hints or field in known:
            _count(row, sorted(hint.phrase for hint in hints), now)
    return tuple(hint for hints in found.values() for hint in hints)


def _rows(about: models.Model, fields: Iterable[str]) -> models.QuerySet[WordingSuggestion]:
    return WordingSuggestion.objects.select_for_update().filter(
        about=about._meta.label_lower, about_id=str(about.pk), field__in=list(fields)
    )


def _row(about: models.Model, field: str, by: User, now: datetime) -> WordingSuggestion:
    return WordingSuggestion(
        about=about._meta.label_lower, about_id=str(about.pk), field=field, agency_id=by.agency_id,
        suggested_at=now,
    )  # fmt: skip


def _count(row: WordingSuggestion, phrases: list[str], now: datetime) -> None:
    if row.pk and row.phrases == phrases:
        return
    if row.pk and bool(row.phrases) != bool(phrases):
        row.turned_at.append(now)
    row.phrases, row.ever = phrases, sorted({*row.ever, *phrases})
    WordingSuggestion.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["about", "about_id", "field"],
        update_fields=["phrases", "ever", "turned_at"],
    )


def suggest_wording(request: HttpRequest, about: models.Model, **texts: str) -> None:
    """Look at the texts of a record that a view has just kept, and say what may be worded better.

    To be called after the command, with the record and its texts by field:
    `suggest_wording(request, decision, rationale=decision.rationale)`.
    """
    hints = look_at_wording(about=about, texts=texts, by=user_of(request), now=now())
    for hint in {hint.phrase: hint for hint in hints}.values():
        messages.info(request, hint_words(hint))


def hint_words(hint: Hint) -> str:
    """Return a hint as one line."""
    return f"Saved as you wrote it. “{hint.written}”: {hint.why} You might write: {hint.instead}"
