"""What social care did for one child, and which clocks ran for it, as far as it may be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.actions.clocks import ClockWords, clock_words, running_clocks
from sightline.actions.models import Category, EventKind, SocialCareEvent
from sightline.actions.outcomes import on_record
from sightline.common.words import short_day
from sightline.rules.social_care import FACTORS, LASTING, OUTCOMES
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
        done=tuple((EventKind(e.kind).label, when_words(e), " ".join(_more(e))) for e in newest),
    )


def when_words(event: SocialCareEvent) -> str:
    """When it was; of what lasts, until when, and that no end is recorded where there is none."""
    if event.ended_on is not None:
        return f"{short_day(event.on)} to {short_day(event.ended_on)}"
    still = ", no end recorded" if event.kind in LASTING else ""
    return f"{short_day(event.on)}{still}"


def _more(event: SocialCareEvent) -> Iterator[str]:
    if event.outcome:
        yield f"{OUTCOMES.get(event.kind, {}).get(event.outcome, event.outcome)}."
    if event.primary_category:
        yield f"Primary category: {Category(event.primary_category).label.lower()}."
    if event.domestic_abuse is not None:
        yield f"Secondary category domestic abuse: {'yes' if event.domestic_abuse else 'no'}."
    if event.factors:
        yield f"Factors: {'; '.join(FACTORS.get(code, code) for code in event.factors)}."
