"""Publishing a figure: its digits are kept with its days and the moment whose knowledge counted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.insight.catalogue import BY_ID
from sightline.insight.differences import Changed, Difference, cells_changed, differences
from sightline.insight.dividing import chosen
from sightline.insight.engine.choosing import engine_for
from sightline.insight.figures.base import Figure
from sightline.insight.models import Published
from sightline.insight.periods import Period
from sightline.insight.printing import written
from sightline.insight.reading import Asked, NotWholeError, Reading, as_given, sees_true_counts

Rows = list[list[str]]


@transaction.atomic
def publish(
    *, figure: Figure, period: Period, as_at: datetime, by: User, now: datetime, part: str = ""
) -> Published:
    """Keep a figure, or one part of it ("column=value"), as it is given to others. The same twice
    is once.

    Raises WrongMoment for a moment to come, and for days or a moment that others may not see,
    unless it is for the team.
    """
    require(by, Perm.PUBLISH_FIGURES)
    if as_at > now:
        raise WrongMoment("This figure cannot be counted as at that moment.")
    only = chosen(part, figure)
    given = for_others(figure, Asked(period, only, as_at), now)
    if given is None and not sees_true_counts(by):
        raise WrongMoment("Others may not see these days, so that this cannot be published.")
    counted = figure.count(period, engine_for(as_at, now).narrowed(**only))
    published, is_new = Published.objects.get_or_create(
        figure=figure.id, part=part, first=period.first, last=period.last, as_at=as_at,
        defaults={
            "rows": printed(counted.rows), "given": printed(given.rows) if given else None,
            "policy": given.policy.key if given and given.policy else "",
            "records": counted.records, "definition": definition_of(figure),
            "published_at": now, "published_by": by,
        },
    )  # fmt: skip
    if is_new:
        record("figure.published", published, by=by, at=now, figure=figure.id)
    return published


def for_others(figure: Figure, asked: Asked, now: datetime) -> Reading | None:
    """Return what others may see of just these days as at just this moment; None: nothing."""
    try:
        reading = as_given(figure, asked, now)
    except NotWholeError:
        return None
    same = reading.as_at == asked.as_at and reading.asked.period == asked.period
    return reading if same else None


def printed(rows: Sequence[Sequence[Any]]) -> Rows:
    """Return rows with each cell as it is printed."""
    return [[written(cell) for cell in row] for row in rows]


def definition_of(figure: Figure) -> str:
    """Return what tells the definition of a figure from another: its question and facts."""
    said = repr((figure.question, [(fact.name, fact.live) for fact in figure.facts]))
    return hashlib.sha256(said.encode()).hexdigest()


def published_for(user: User, figure_id: str = "") -> QuerySet[Published]:
    """Return what was published, of one figure or of all, as far as a user may see it: the team all
    of it, others what was given to them. The newest first."""
    ids = [figure.id for figure in BY_ID.values() if figure.perm in user.perms]
    found = Published.objects.filter(figure__in=[figure_id] if figure_id in ids else ids)
    if not sees_true_counts(user):
        found = found.filter(given__isnull=False)
    return found.select_related("published_by").order_by("-published_at", "-pk")


@dataclass(frozen=True)
class Again:
    """A published figure counted again: as at then, and how today differs, by its causes."""

    rows: Rows
    is_the_same: bool
    was_redefined: bool
    differences: list[Difference]


def again(published: Published, now: datetime) -> Again:
    """Count a published figure again, from the records."""
    figure, asked = _asked(published)
    engine = engine_for(published.as_at, now).narrowed(**asked.only)
    rows = printed(figure.count(asked.period, engine).rows)
    return Again(
        rows=rows,
        is_the_same=rows == published.rows,
        was_redefined=definition_of(figure) != published.definition,
        differences=differences(figure, asked.period, published.as_at, now, asked.only),
    )


@dataclass(frozen=True)
class GivenAgain:
    """What was given to others made again, and which printed cells others see otherwise by now."""

    as_at: datetime
    is_the_same: bool
    was_redefined: bool
    changed: list[Changed]


def given_again(published: Published, now: datetime) -> GivenAgain:
    """Make again what was given to others, small counts hidden by the rules of then and of now."""
    figure, asked = _asked(published)
    then = as_given(figure, asked, now)
    today = as_given(figure, Asked(asked.period, asked.only), now)
    given: Rows = published.given or []
    return GivenAgain(
        as_at=today.as_at,
        is_the_same=printed(then.rows) == given,
        was_redefined=definition_of(figure) != published.definition,
        changed=cells_changed(figure.columns, given, printed(today.rows)),
    )


def _asked(published: Published) -> tuple[Figure, Asked]:
    figure = BY_ID[published.figure]
    only = chosen(published.part, figure)
    return figure, Asked(Period(published.first, published.last), only, published.as_at)
