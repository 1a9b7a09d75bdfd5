"""What the record says beside the police's grade."""

from sightline.common.words import plural, short_day
from sightline.screening.record import History

YEAR = 12
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def history_words(history: History) -> str:
    """Return "3rd incident in 12 months in this family, 28 days after the one before; first known
    14 Jun 2025; 1 with another family of the perpetrator"."""
    past = history.past
    others = plural(len(past.others), "incident")
    elsewhere = f"; {others} with another family of the perpetrator" if past.others else ""
    if not past.family:
        return f"First incident known in this family{elsewhere}"
    recent = 1 + sum(one.on >= past.months_back(YEAR) for one in past.family)
    gap = (past.this.on - past.family[0].on).days
    since = f"{plural(gap, 'day')} after" if gap else "the same day as"
    return (
        f"{ordinal(recent)} incident in 12 months in this family, {since} the one before; "
        f"first known {short_day(past.family[-1].on)}{elsewhere}"
    )


def ordinal(number: int) -> str:
    """Return "1st", "2nd", "3rd", "4th", "11th", "21st"."""
    ending = "th" if 10 <= number % 100 <= 20 else ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
