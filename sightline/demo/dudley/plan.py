"""What a history of a given size must count to, fixed before a single row is made."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from sightline.demo.dudley import published
from sightline.demo.dudley.counting import apportion, thin
from sightline.demo.dudley.published import Contacts
from sightline.demo.dudley.tables import Table, by_notifications, by_outcome, by_time_since_previous

SMALLEST = Fraction(1, 100)  # below this a band or a period would have nobody in it
SHARED_PERPETRATORS = 30  # men named in two households, at full size; not a published figure


@dataclass(frozen=True)
class Plan:
    """The counts to hit: sizes of children and households, repeats by band, contacts by year."""

    children: dict[int, int]
    households: dict[int, int]
    repeats: dict[str, int]
    contacts: tuple[Contacts, ...]
    shared_perpetrators: int

    def tables(self) -> dict[int, Table]:
        """Tables 1, 2, 3 and 5. Table 4 depends on how many contacts fall in a period."""
        return {
            1: by_notifications(self.children, "children"),
            2: by_notifications(self.households, "households"),
            3: by_time_since_previous(self.repeats),
            5: by_outcome(
                (year.period, year.contacts, year.followed)
                for year in self.contacts
                if year.followed is not None
            ),
        }


def plan_for(fraction: Fraction) -> Plan:
    """The published figures thinned to `fraction`, from 1/100 to 1; 1 gives them as printed.

    Raises ValueError outside that range.
    """
    if not SMALLEST <= fraction <= 1:
        raise ValueError(f"a fraction from {SMALLEST} to 1, not {fraction}")
    households = thin(published.HOUSEHOLDS, fraction)
    children = _no_larger(thin(published.CHILDREN, fraction), _largest(households))
    notified = sum(size * many for size, many in children.items())
    return Plan(
        children=children,
        households=households,
        repeats=apportion(published.REPEATS, notified - sum(children.values())),
        contacts=_contacts(fraction, notified),
        shared_perpetrators=ceil(SHARED_PERPETRATORS * fraction),
    )


def _contacts(fraction: Fraction, notified: int) -> tuple[Contacts, ...]:
    shares = apportion({year.period: year.contacts for year in published.CONTACTS}, notified)
    return tuple(
        replace(
            year,
            contacts=shares[year.period],
            # Rounded up, so that even a small history has each stage at least once.
            followed=year.followed and tuple(ceil(many * fraction) for many in year.followed),
        )
        for year in published.CONTACTS
    )


def _largest(counts: dict[int, int]) -> int:
    return max(size for size, many in counts.items() if many)


def _no_larger(counts: dict[int, int], limit: int) -> dict[int, int]:
    """No child may be notified more often than the most notified household."""
    kept = {size: many if size <= limit else 0 for size, many in counts.items()}
    kept[limit] += sum(many for size, many in counts.items() if size > limit)
    return kept
