"""Which cases stand on the list of a meeting, in which order, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.rules.meetings.kinds import Kind, Listed


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case that waits. Moments are aware.

    key: whose it is to the caller. since: when it was notified or referred. due: by when it is to
    be decided. scale: the highest proposed or set for a child, 0 while none is. recent: incidents
    of the family in twelve months, this one counted. criteria: of a MARAC referral.
    """

    key: int
    since: datetime
    due: datetime
    scale: int = 0
    grade: str = ""
    recent: int = 1
    criteria: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Placed:
    """A case with every reason for which it is listed; the first decides where it stands."""

    key: int
    because: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """A list as the rules draw it: what fits into the meeting, and what then waits further."""

    listed: tuple[Placed, ...]
    waits: tuple[Placed, ...]


def closes_at(kind: Kind, starts: datetime) -> datetime:
    """Return the moment at which the list of a meeting closes."""
    return starts - timedelta(minutes=kind.closes_minutes_before)


def draw(kind: Kind, cases: Iterable[Case], *, starts: datetime, now: datetime) -> Drawn:
    """Draw up the list of a meeting that begins at `starts` from the cases that wait `now`.

    A case that came after the list has closed, or too long ago for this kind of meeting, or that
    no rule fits, is left out. Of those in one place the one due first stands first.
    """
    closed = min(closes_at(kind, starts), now)
    oldest = closed - timedelta(hours=kind.notified_within_hours)
    ranked = sorted(
        (place, case.due, case.since, case.key, reasons)
        for case in cases
        if oldest <= case.since <= closed
        for place, reasons in _fits(kind, case, starts)
    )
    placed = [Placed(key, reasons) for *_, key, reasons in ranked]
    return Drawn(tuple(placed[: kind.room]), tuple(placed[kind.room :]))


def _fits(kind: Kind, case: Case, starts: datetime) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield where a case stands and why, or nothing."""
    fitting = [
        (place, rule) for place, rule in enumerate(kind.listed) if _applies(rule, case, starts)
    ]
    if fitting:
        words = (rule.words.format(scale=case.scale, recent=case.recent) for rule in _said(fitting))
        yield fitting[0][0], tuple(words)


def _said(fitting: list[tuple[int, Listed]]) -> list[Listed]:
    """The first rule on each topic; one for the rest only where it is alone."""
    first: dict[str, Listed] = {}
    for _, rule in fitting:
        first.setdefault(rule.topic, rule)
    return [rule for topic, rule in first.items() if topic] or list(first.values())


def _applies(rule: Listed, case: Case, starts: datetime) -> bool:
    soon = rule.due_within_hours
    return all(
        (
            rule.scale is None or case.scale >= rule.scale,
            not rule.grades or case.grade in rule.grades,
            not rule.late or case.due <= starts,
            soon is None or case.due <= starts + timedelta(hours=soon),
            rule.recent is None or case.recent >= rule.recent,
            not rule.criteria or bool(case.criteria.intersection(rule.criteria)),
        )
    )
