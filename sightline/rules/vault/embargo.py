"""New people stay out of what leaves the partnership, so that they can be flagged first."""

from datetime import datetime, timedelta

EMBARGO = timedelta(days=7)


def known_long_enough(first_known: datetime, now: datetime) -> bool:
    """Whether somebody may stand in a table of persons that leaves the partnership.

    Seven days are counted from the moment a record of them was made: time for whoever knows them
    to write down that they are in danger. Counts without names are not held up.
    """
    return now - first_known >= EMBARGO
