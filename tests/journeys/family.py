"""Whom the journeys are about. Each has a family of its own, so that none is taken for another."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

# Journeys run on the clock of the machine: what they send happened last night.
LAST_NIGHT = datetime.now(ZoneInfo("Europe/London")).replace(
    hour=22, minute=10, second=0, microsecond=0
) - timedelta(days=1)


@dataclass(frozen=True)
class Family:
    """A mother, the man who abuses her (with another surname), and her daughter."""

    reference: str
    mother: str
    surname: str
    perpetrator: str
    other: str
    child: str
    house: str
    street: str
    postcode: str
    school: str
    key_adult: str  # who signs in for the school
    born: date = date(2018, 4, 11)

    @property
    def called(self) -> str:
        """Return the child's whole name."""
        return f"{self.child} {self.surname}"

    @property
    def address(self) -> str:
        return f"{self.house} {self.street}, Castlebrook"


HARLOW = Family(
    "WAY-1", "Rosa", "Harlow", "Keith", "Stroud", "Mila", "9", "Cooper Street", "ZZ9 2AB",
    "Brook Lane Primary School", "keyadult1",
)  # fmt: skip
ABARA = Family(
    "KEY-1", "Ngozi", "Abara", "Piers", "Lockwood", "Adaeze", "31", "Gannet Way", "ZZ9 4DF",
    "St Wilfrid's Primary School", "keyadult2",
)  # fmt: skip
TEALE = Family(
    "PLAIN-1", "Imogen", "Teale", "Duncan", "Mossop", "Freya", "2", "Quarry Hill", "ZZ9 7JH",
    "Tanner's Row Infant School", "keyadult3",
)  # fmt: skip
IDLE = Family(
    "PAPER-1", "Bronwen", "Idle", "Gary", "Thrupp", "Megan", "17", "Mere Lane", "ZZ9 8QP",
    "Castlebrook High School", "keyadult4", date(2013, 2, 19),
)  # fmt: skip
