"""Publishing a figure: its digits are kept with its days and the moment whose knowledge counted."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.insight.catalogue import BY_ID
from sightline.insight.differences import Difference, differences
from sightline.insight.engine.choosing import engine_for
from sightline.insight.figures.base import Figure
from sightline.insight.models import Published
from sightline.insight.periods import Period
from sightline.insight.printing import written


@transaction.atomic
def publish(
    *, figure: Figure, period: Period, as_at: datetime, by: User, now: datetime
) -> Published:
    """Keep a figure as it is given to others. The same twice is once.

    Raises WrongMoment for a moment to come, and for a figure that cannot look back.
    """
    require(by, Perm.SEE_WORKLIST)
    if as_at > now or not figure.facts:
        raise WrongMoment("This figure cannot be counted as at that moment.")
    counted = figure.count(period, engine_for(as_at, now))
    published, is_new = Published.objects.get_or_create(
        figure=figure.id, first=period.first, last=period.last, as_at=as_at,
        defaults={
            "rows": [[written(cell) for cell in row] for row in counted.rows],
            "records": counted.records, "definition": definition_of(figure),
            "published_at": now, "published_by": by,
        },
    )  # fmt: skip
    if is_new:
        record("figure.published", published, by=by, at=now, figure=figure.id)
    return published


def definition_of(figure: Figure) -> str:
    """Return what tells the definition of a figure from another: its question and facts."""
    said = repr((figure.question, [(fact.name, fact.live) for fact in figure.facts]))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Again:
    """A published figure counted again: as at then, and how today differs, by its causes."""

    rows: list[list[str]]
    is_the_same: bool
    was_redefined: bool
    differences: list[Difference]


def again(published: Published, now: datetime) -> Again:
    """Count a published figure again."""
    figure = BY_ID[published.figure]
    period = Period(published.first, published.last)
    counted = figure.count(period, engine_for(published.as_at, now))
    rows = [[written(cell) for cell in row] for row in counted.rows]
    return Again(
        rows=rows,
        is_the_same=rows == published.rows,
        was_redefined=definition_of(figure) != published.definition,
        differences=differences(figure, period, published.as_at, now),
    )
