"""What a letter to a sender says, worked out once and kept: counts, comparisons, what to mend."""

from datetime import datetime, timedelta
from typing import Any

from sightline.access.models import Agency
from sightline.insight.engine.base import Engine
from sightline.insight.engine.live import Live
from sightline.insight.figures.arrival import Arrival
from sightline.insight.figures.base import Figure
from sightline.insight.figures.completeness import Completeness
from sightline.insight.figures.mentions import Mentions
from sightline.insight.figures.voice import VoiceByForce
from sightline.insight.periods import Period
from sightline.insight.whole import Whole, month
from sightline.intake.models import Notification, Refusal, RefusedRow
from sightline.letters.advice import advice_on
from sightline.rules.statistics.comparing import Share, compare_shares

TO_MEND = 8  # things; a letter with more is not read
WORST = 10  # notifications that are named by the sender's own reference

Cells = dict[str, Any]


def content_of(sender: Agency, of: Whole, now: datetime) -> dict[str, Any]:
    """Return what is said of the notifications of a month, as known now. Twelve queries."""
    engine = Live.at(now).narrowed(force=sender.name)
    before = month(of.first - timedelta(days=1))
    this, earlier = _summary(engine, of.period), _summary(engine, before.period)
    return {
        "this": this,
        "before": earlier,
        "compared": _compared(this, earlier),
        "mend": _mend(engine, of.period, before.period),
        "worst": _worst(sender, of.period),
        "refused": _refused(sender, of.period),
    }


def _summary(engine: Engine, period: Period) -> Cells:
    """The few numbers that are looked at first; none where nothing was sent."""
    arrived = _first(Arrival(), engine, period)
    heard = _first(VoiceByForce(), engine, period)
    named = _first(Mentions(), engine, period)
    return {
        "notifications": arrived.get("notifications", 0), "timed": arrived.get("timed", 0),
        "late": arrived.get("late", 0), "half_hours": arrived.get("half_hours"),
        "complete": arrived.get("complete"), "corrected": arrived.get("corrected", 0),
        "children": heard.get("children", 0), "words": heard.get("words", 0),
        "demeanour": heard.get("demeanour", 0), "mentions": named.get("mentions", 0),
        "asked": named.get("asked", 0),
    }  # fmt: skip


def _compared(this: Cells, before: Cells) -> list[tuple[str, str]]:
    """What changed since the month before, in sentences."""
    shares = (
        ("What the child said is recorded", "words", "children"),
        ("How the child seemed is recorded", "demeanour", "children"),
        ("Came 24 hours or more after the incident", "late", "timed"),
    )
    return [
        (words, compare_shares(_share(this, part, whole), _share(before, part, whole)).words)
        for words, part, whole in shares
    ]


def _share(cells: Cells, part: str, whole: str) -> Share:
    return Share(cells[part], cells[whole])


def _mend(engine: Engine, period: Period, before: Period) -> list[dict[str, Any]]:
    """What is missing most often, with what to do about it and whether it got better."""
    earlier = {row["field"]: row for row in _rows(Completeness(), engine, before)}
    found = [row for row in _rows(Completeness(), engine, period) if row["missing"]]
    most = sorted(found, key=lambda row: (-row["missing"], row["field"]))[:TO_MEND]
    return [
        {
            "field": row["field"], "asked": row["asked"], "missing": row["missing"],
            "advice": advice_on(row["field"]),
            "compared": compare_shares(
                Share(row["missing"], row["asked"]), _before(earlier.get(row["field"]))
            ).short,
        }
        for row in most
    ]  # fmt: skip


def _before(row: Cells | None) -> Share:
    return Share(row["missing"], row["asked"]) if row else Share(0, 0)


def _worst(sender: Agency, period: Period) -> list[dict[str, Any]]:
    """The notifications of which most is missing, by the sender's own reference."""
    first, after = period.moments()
    found = Notification.objects.filter(
        sender=sender, superseded_at__isnull=True, history=False, notified_at__gte=first,
        notified_at__lt=after, missing__len__gt=0,
    )  # fmt: skip
    rows = found.order_by("completeness", "reference").values_list("reference", "missing")
    return [{"reference": reference, "missing": missing} for reference, missing in rows[:WORST]]


def _refused(sender: Agency, period: Period) -> int:
    """How many notifications, and rows of files, could not be understood at all."""
    first, after = period.moments()
    alone = Refusal.objects.filter(sender=sender, at__gte=first, at__lt=after).count()
    uploaded = {"file__uploaded_at__gte": first, "file__uploaded_at__lt": after}
    return alone + RefusedRow.objects.filter(file__sender=sender, **uploaded).count()


def _first(figure: Figure, engine: Engine, period: Period) -> Cells:
    return next(iter(_rows(figure, engine, period)), {})


def _rows(figure: Figure, engine: Engine, period: Period) -> list[Cells]:
    names = [column.name for column in figure.columns]
    return [dict(zip(names, row, strict=True)) for row in figure.rows(period, engine)]
