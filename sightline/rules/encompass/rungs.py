"""Who hears of a message that nobody has opened, as the bell comes nearer."""

from datetime import datetime

from sightline.rules.encompass.rules_file import EncompassRules, Rung


def reached(due: datetime, now: datetime, rules: EncompassRules) -> tuple[Rung, ...]:
    """The rungs that an unread message has reached, lowest first.

    `due` is the bell, a moment that was reckoned in London time (rules/deadlines.py). A rung is so
    many minutes before it on the same morning: the clocks change at one, when no school begins.
    What comes in after a rung is at once where the rung leads.
    """
    return tuple(rung for rung in rules.rungs if due - rung.before <= now)
