"""What social care did, in words: until when, what came of it, under which category."""

from collections.abc import Iterator

from sightline.actions.models import Category, EventKind, SocialCareEvent
from sightline.common.words import short_day
from sightline.rules.social_care import FACTORS, LASTING, OUTCOMES


def kind_words(event: SocialCareEvent) -> str:
    return EventKind(event.kind).label


def when_words(event: SocialCareEvent) -> str:
    """When it was; of what lasts, until when, and that no end is recorded where there is none."""
    if event.ended_on is not None:
        return f"{short_day(event.on)} to {short_day(event.ended_on)}"
    still = ", no end recorded" if event.kind in LASTING else ""
    return f"{short_day(event.on)}{still}"


def until_words(event: SocialCareEvent) -> str:
    """Return until when something lasted, as a sentence; "" for what does not last."""
    if event.ended_on is not None and event.ended_on != event.on:
        return f"Until {short_day(event.ended_on)}."
    return "No end recorded." if event.ended_on is None and event.kind in LASTING else ""


def came_of_it(event: SocialCareEvent) -> Iterator[str]:
    """Yield the outcome and the two categories of a plan, a sentence each."""
    if event.outcome:
        yield f"{OUTCOMES.get(event.kind, {}).get(event.outcome, event.outcome)}."
    if event.primary_category:
        yield f"Primary category: {Category(event.primary_category).label.lower()}."
    if event.domestic_abuse is not None:
        yield f"Secondary category domestic abuse: {'yes' if event.domestic_abuse else 'no'}."


def factors_words(event: SocialCareEvent) -> str:
    """Return the factors that an assessment found; "" where there are none."""
    if not event.factors:
        return ""
    return f"Factors: {'; '.join(FACTORS.get(code, code) for code in event.factors)}."
