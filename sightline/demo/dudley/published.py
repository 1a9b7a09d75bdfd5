"""The published figures this history is built to reproduce, and their calendar.

Source: Dudley Safeguarding Children Board, review of the Domestic Abuse Response Team.
The figures are facts carried over as printed; the shape is ours. Shares are kept as tenths of
a per cent (545 is 54.5%), because the source prints one decimal and integers compare exactly.
"""

from dataclasses import dataclass
from datetime import date

SOURCE = "Dudley Safeguarding Children Board, review of the Domestic Abuse Response Team"

FIRST_DAY = date(2008, 4, 1)
LAST_DAY = date(2012, 12, 31)

# Table 1: number of notifications -> children who had that many.
CHILDREN = {1: 5023, 2: 1360, 3: 512, 4: 253, 5: 99, 6: 83, 7: 28, 8: 16, 9: 16, 10: 3, 11: 4,
            12: 0, 13: 1}  # fmt: skip

# Table 2: number of notifications -> households that had that many.
HOUSEHOLDS = {1: 2855, 2: 811, 3: 298, 4: 129, 5: 52, 6: 35, 7: 18, 8: 11, 9: 5, 10: 2, 11: 2,
              12: 0, 13: 2}  # fmt: skip

# Table 3: time since the same child's previous notification -> repeats.
REPEATS = {
    "Less than 1 week": 103,
    "1 to 2 weeks": 249,
    "2 weeks to 1 month": 344,
    "1 month to 3 months": 1035,
    "3 months to 6 months": 730,
    "6 months to 1 year": 876,
    "1 year to 2 years": 827,
    "Over 2 years": 277,
}


@dataclass(frozen=True)
class Shares:
    """A row of table 4: of the recorded outcomes of a period, tenths of a per cent by scale."""

    period: str
    starts: date
    ends: date
    tenths: tuple[int, int, int, int]


# Table 4.
SHARES = (
    Shares("October 2009 - March 2010", date(2009, 10, 1), date(2010, 3, 31), (545, 232, 195, 29)),
    Shares("April 2010 - March 2011", date(2010, 4, 1), date(2011, 3, 31), (557, 212, 204, 27)),
    Shares("April 2011 - September 2011", date(2011, 4, 1), date(2011, 9, 30), (471, 256, 249, 24)),
    Shares(
        "October 2011 - December 2011", date(2011, 10, 1), date(2011, 12, 31), (554, 196, 242, 8)
    ),
    Shares("January 2012 - March 2012", date(2012, 1, 1), date(2012, 3, 31), (444, 275, 267, 17)),
    Shares("April 2012 - June 2012", date(2012, 4, 1), date(2012, 6, 30), (451, 263, 256, 30)),
    Shares("July 2012 - September 2012", date(2012, 7, 1), date(2012, 9, 30), (419, 262, 275, 44)),
    Shares(
        "October 2012 - December 2012", date(2012, 10, 1), date(2012, 12, 31), (429, 233, 309, 29)
    ),
)


@dataclass(frozen=True)
class Contacts:
    """A stretch of the calendar, its child notifications, and what followed them (table 5).

    `followed` counts contacts that led to an initial assessment, core assessment, section 47
    enquiry, initial conference, child protection plan, and being looked after after the plan.
    It is None where the source says nothing; nothing is invented there.
    """

    period: str
    starts: date
    ends: date
    contacts: int
    followed: tuple[int, ...] | None


# Table 5 gives the three middle years. Table 1 leaves 3,348 child notifications for the year
# before and the nine months after. How they divide is not published: we let the fall of
# 2011-12 (2,606 from 2,970) go on for 275 days of 2012 and leave the rest to 2008-09.
CONTACTS = (
    Contacts("2008-09", date(2008, 4, 1), date(2009, 3, 31), 1628, None),
    Contacts("2009-10", date(2009, 4, 1), date(2010, 3, 31), 2915, (195, 34, 26, 15, 15, 5)),
    Contacts("2010-11", date(2010, 4, 1), date(2011, 3, 31), 2970, (153, 24, 14, 10, 10, 2)),
    Contacts("2011-12", date(2011, 4, 1), date(2012, 3, 31), 2606, (109, 14, 10, 5, 5, 3)),
    Contacts("2012-13", date(2012, 4, 1), date(2012, 12, 31), 1720, None),
)
