"""What social care did for one child, and which clocks ran for it, as far as it may be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.actions.care_words import came_of_it, factors_words, kind_words, when_words
from sightline.actions.clocks import ClockWords, clock_words, running_clocks
from sightline.actions.models import SocialCareEvent
from sightline.actions.outcomes import on_record
from sightline.screening.models import Screening
from sightline.screening.presenters import child_words
from sightline.screening.sight import Opened


@dataclass(frozen=True)
class OutcomePage:
    """done: what, when, and what came of it, newest first."""

    screening: Screening
    child: str
    clocks: tuple[ClockWords, ...]
    done: tuple[tuple[str, str, str], ...]


def outcome_page(opened: Opened, today: date) -> OutcomePage:
    """Load what is on record for the child of a screening. Four queries."""
    child = opened.child
    events = on_record([child.pk]).events[child.pk].values()
    newest = sorted(events, key=lambda event: (event.on, event.pk), reverse=True)
    return OutcomePage(
        screening=opened.screening,
        child=child_words(opened.screening.mention, child, today),
        clocks=clock_words(running_clocks([child.pk], today)[child.pk], today),
        done=tuple((kind_words(e), when_words(e), " ".join(_more(e))) for e in newest),
    )


def _more(event: SocialCareEvent) -> Iterator[str]:
    yield from came_of_it(event)
    if factors := factors_words(event):
        yield factors
