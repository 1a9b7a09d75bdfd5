"""Recorded outcomes of screening, so that table 4 comes out as nearly as counts allow.

The source calls its rows a sample of recorded outcomes and does not print how many there were.
We take the largest sample, from 70 to 95 in 100 of the contacts that can be decided within the
period, whose shares round to the printed ones.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.demo.dudley.counting import nearest_counts, tenths
from sightline.demo.dudley.incidents import Contact
from sightline.demo.dudley.published import SHARES, Shares
from sightline.demo.dudley.rows import DecisionRow
from sightline.demo.dudley.tables import Table, by_scale
from sightline.demo.dudley.working import working_day_after

OUTCOMES = {1: "nfa", 2: "caf", 3: "ia", 4: "s47"}
SMALLEST_SHARE, LARGEST_SHARE = 70, 95  # per cent of contacts with a recorded outcome


@dataclass(frozen=True)
class Sample:
    """Recorded outcomes of a period: counts by scale 1 to 4, beside the row as published."""

    published: Shares
    counts: tuple[int, ...]

    @property
    def tenths(self) -> tuple[int, ...]:
        """Shares by scale in tenths of a per cent, rounded half up."""
        return tuple(tenths(count, sum(self.counts)) for count in self.counts)


def decide(
    contacts: Sequence[Contact], dice: random.Random
) -> tuple[list[Sample], list[DecisionRow]]:
    """A sample for each period with contacts, and its decisions."""
    samples: list[Sample] = []
    rows: list[DecisionRow] = []
    for shares in SHARES:
        within = [contact for contact in contacts if _fits(contact, shares)]
        if within:
            sample = _sample(shares, len(within))
            samples.append(sample)
            rows += _decisions(sample, _recorded(within, sum(sample.counts), dice), dice)
    return samples, rows


def table4(samples: Iterable[Sample]) -> Table:
    """Table 4 as these samples give it."""
    return by_scale((sample.published.period, sample.tenths) for sample in samples)


def _fits(contact: Contact, shares: Shares) -> bool:
    """Notified in the period, and early enough to be decided in it."""
    return shares.starts <= contact.on and working_day_after(contact.on) <= shares.ends


def _sample(shares: Shares, contacts: int) -> Sample:
    largest = max(1, contacts * LARGEST_SHARE // 100)
    smallest = max(1, -(-contacts * SMALLEST_SHARE // 100))
    sizes = range(min(smallest, largest), largest + 1)
    return Sample(shares, nearest_counts(shares.tenths, sizes))


def _recorded(contacts: list[Contact], size: int, dice: random.Random) -> list[Contact]:
    """`size` contacts, whole notifications together but for the last."""
    by_notification: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        by_notification[contact.reference].append(contact)
    notifications = list(by_notification.values())
    dice.shuffle(notifications)
    return [contact for siblings in notifications for contact in siblings][:size]


def _decisions(sample: Sample, contacts: list[Contact], dice: random.Random) -> list[DecisionRow]:
    """The gravest contacts get scale 4, the next scale 3, and so on down the counts."""
    scales = [scale for scale, count in enumerate(sample.counts, start=1) for _ in range(count)]
    by_gravity = sorted(contacts, key=lambda contact: contact.severity)
    scale_of = dict(zip(map(id, by_gravity), scales, strict=True))
    days: dict[str, tuple[date, date]] = {}
    for contact in contacts:
        if contact.reference not in days:
            days[contact.reference] = _days(contact.on, sample.published.ends, dice)
    return [_row(contact, scale_of[id(contact)], *days[contact.reference]) for contact in contacts]


def _days(notified: date, ends: date, dice: random.Random) -> tuple[date, date]:
    """When a notification was screened and decided: soon, and never after the period's end."""
    soonest = working_day_after(notified)
    screened = working_day_after(notified, dice.choice((1, 1, 1, 2, 3)))
    decided = screened if dice.random() < 0.85 else working_day_after(screened)
    return (screened, decided) if decided <= ends else (soonest, soonest)


def _row(contact: Contact, scale: int, screened: date, decided: date) -> DecisionRow:
    return DecisionRow(
        notification_reference=contact.reference,
        nhs_number=contact.child.nhs_number,
        screened_on=screened,
        scale=scale,
        outcome=OUTCOMES[scale],
        decided_on=decided,
    )
