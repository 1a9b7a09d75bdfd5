"""The shape of a notification, one for all three doors.

Everything but the sender's reference may be missing: what is missing is listed back, not refused.
Fields follow what English forces send today (police public protection notices, 392, Merlin).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

LINE_END = re.compile(r"\r\n?")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")  # JSON can write one; UTF-8 cannot hold it
WRITTEN_OUT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS = range(1900, 2101)


def clean_text(text: str) -> str:
    """Drop characters that no database or page can hold, and trim."""
    tidy = CONTROL.sub("", LINE_END.sub("\n", text))
    return HALF_A_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", tidy).strip()


def _clean(value: Any) -> Any:
    if type(value) is int:  # a reference or a telephone number that a machine wrote as a number
        return str(value)
    return clean_text(value) if isinstance(value, str) else value


def _as_code(value: Any) -> Any:
    """Read "Not known" as not_known; what is no code at all is refused by the field."""
    return "_".join(value.lower().split()) if isinstance(value, str) else value


def _written_out(value: Any) -> Any:
    """Take only dates that are written out.

    Pydantic reads digits as seconds since 1970, and so 20180607 as a day in August 1970.
    """
    written = isinstance(value, str) and WRITTEN_OUT.match(value.strip())
    if written or isinstance(value, date):
        return value
    raise PydanticCustomError("date_form", "must be written as 2026-11-22 or 2026-11-22T23:10:00Z")


def _this_age(value: datetime | None) -> datetime | None:
    """Refuse a moment that no clock of ours can hold; a slip in a birth date is mended later."""
    if value is None or value.year in YEARS:
        return value
    raise PydanticCustomError("date_range", "must be between the years 1900 and 2100")


Day = Annotated[date, BeforeValidator(_written_out)]
Moment = Annotated[datetime, BeforeValidator(_written_out), AfterValidator(_this_age)]
CLEAN = BeforeValidator(_clean)
Code6 = Annotated[str, CLEAN, StringConstraints(max_length=6)]
Code10 = Annotated[str, CLEAN, StringConstraints(max_length=10)]
Code12 = Annotated[str, CLEAN, StringConstraints(max_length=12)]
Code20 = Annotated[str, CLEAN, StringConstraints(max_length=20)]
Code60 = Annotated[str, CLEAN, StringConstraints(max_length=60)]
Short = Annotated[str, CLEAN, StringConstraints(max_length=80)]
Line = Annotated[str, CLEAN, StringConstraints(max_length=300)]
Long = Annotated[str, CLEAN, StringConstraints(max_length=2_000)]
Text = Annotated[str, CLEAN, StringConstraints(max_length=20_000)]
Grade = Annotated[Literal["", "standard", "medium", "high"], BeforeValidator(_as_code)]
YesNo = Annotated[Literal["", "yes", "no", "not_known"], BeforeValidator(_as_code)]
Role = Annotated[
    Literal["victim", "perpetrator", "both_alleged", "child", "other"], BeforeValidator(_as_code)
]
Presence = Annotated[
    Literal[
        "", "in_the_room", "in_the_home", "elsewhere", "visiting", "not_living_there", "unborn",
        "not_known",
    ],
    BeforeValidator(_as_code),
]  # fmt: skip


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class Part(BaseModel):
    # What we have no field for stays in the raw body and is listed back (reading.py).
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_missing(cls, written: Any) -> Any:
        """Senders write what they do not know as null or as ""; both mean: nothing said."""
        if not isinstance(written, Mapping):
            return written
        return {name: value for name, value in written.items() if not _says_nothing(value)}


class Address(Part):
    lines: Line = ""
    postcode: Code12 = ""
    uprn: Code12 = ""


class Risk(Part):
    tool: Short = ""
    version: Short = ""
    answers: dict[Line, Long] = Field(default_factory=dict, max_length=200)
    score: int | None = Field(default=None, ge=0, le=200)
    officer_grade: Grade = ""
    supervisor_grade: Grade = ""
    reason: Text = ""
    marac_considered: YesNo = ""


class Incident(Part):
    started_at: Moment | None = None
    ended_at: Moment | None = None
    log_number: Code60 = ""
    crime_number: Short = ""
    reported_by: Line = ""
    address: Address = Field(default_factory=Address)
    premises: Short = ""
    summary: Text = ""
    weapons: Line = ""
    injuries: Line = ""
    damage: Line = ""
    substances: Line = ""
    outcome: Line = ""  # arrest, bail terms, protection notice, advice


class SafeContact(Part):
    method: Line = ""
    when: Line = ""
    no_messages: bool | None = None
    perpetrator_reads_post_or_phone: YesNo = ""


class ChildPart(Part):
    """What is asked about a child, present or not, born or not."""

    presence: Presence = ""
    expected_birth: Day | None = None
    where_in_home: Line = ""
    saw_or_heard: Text = ""
    seen_by_officer: YesNo = ""
    spoken_to_alone: YesNo = ""
    words: Text = ""
    demeanour: Text = ""
    injuries: Line = ""
    concern: Text = ""
    school_name: Line = ""
    school_urn: Code6 = ""
    year_group: Short = ""
    home_educated: bool | None = None
    health_visitor: Line = ""
    other_parent: Line = ""


class Person(Part):
    id: Short = ""  # the sender's own, to speak of a person in `relationships`
    role: Role
    given_name: Short = ""
    middle_name: Short = ""
    surname: Short = ""
    aliases: list[Line] = Field(default_factory=list, max_length=20)
    birth_date: Day | None = None
    age: int | None = Field(default=None, ge=0, le=120)
    sex: Literal["", "F", "M", "U"] = ""
    ethnicity: Code10 = ""
    language: Short = ""
    interpreter: YesNo = ""
    address: Address | None = None  # empty: the incident's
    phone: Code20 = ""
    safe_contact: SafeContact | None = None  # how and when, and this: kept in the vault alone
    safe_address: Address | None = None
    occupation: Line = ""
    works_with_children: YesNo = ""
    disability: Line = ""
    nhs_number: Code20 = ""
    upn: Code20 = ""
    police_id: Short = ""
    child: ChildPart | None = None


class Relationship(Part):
    a: Short
    b: Short
    kind: Code20
    parental_responsibility: bool | None = None
    same_household: bool | None = None


class Sharing(Part):
    told_the_family: YesNo = ""
    not_told_because: Line = ""
    agreed_to_support: YesNo = ""


class Safety(Part):
    officer_safety: Line = ""
    counter_allegation: YesNo = ""
    primary_perpetrator_because: Line = ""


class Notification(Part):
    reference: Annotated[str, CLEAN, StringConstraints(min_length=1, max_length=60)]
    version: int = Field(default=1, ge=1, le=10_000)
    form: Short = ""
    notified_at: Moment | None = None
    officer: Short = ""
    unit: Short = ""
    urgency: Short = ""
    incident: Incident = Field(default_factory=Incident)
    risk: Risk = Field(default_factory=Risk)
    people: list[Person] = Field(default_factory=list, max_length=40)
    relationships: list[Relationship] = Field(default_factory=list, max_length=200)
    earlier_incidents: Text = ""
    sharing: Sharing = Field(default_factory=Sharing)
    safety: Safety = Field(default_factory=Safety)

    @property
    def children(self) -> list[Person]:
        return [person for person in self.people if person.role == "child"]
