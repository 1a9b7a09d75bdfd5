"""The rows of the three files; the fields are the columns, in this order."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class PersonRow:
    """One person as one notification names them. The incident's own fields repeat on each row.

    role: victim, perpetrator or child. presence and school_name are for children and otherwise
    empty; presence is in_the_room, in_the_home, elsewhere or not_known. sex: F or M.
    officer_grade: standard, medium or high. Times carry their offset from UTC in Castlebrook,
    which keeps British time.
    """

    reference: str
    version: int
    notified_at: datetime
    started_at: datetime
    address: str
    postcode: str
    summary: str
    officer_grade: str
    role: str
    given_name: str
    surname: str
    date_of_birth: date
    sex: str
    nhs_number: str
    presence: str
    school_name: str


@dataclass(frozen=True)
class DecisionRow:
    """What the screening decided for one child. outcome follows scale: nfa, caf, ia, s47."""

    notification_reference: str
    nhs_number: str
    screened_on: date
    scale: int
    outcome: str
    decided_on: date


@dataclass(frozen=True)
class SocialCareRow:
    """What children's social care did for one child after a contact (`notification_reference`).

    kind: initial_assessment, core_assessment, section_47, initial_conference,
    child_protection_plan or looked_after.
    """

    nhs_number: str
    notification_reference: str
    kind: str
    on: date
