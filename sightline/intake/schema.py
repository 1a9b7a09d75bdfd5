"""The shape of a notification, one for all three doors.

Everything but the sender's reference may be missing: what is missing is listed back, not refused.
Fields follow what English forces send today (police public protection notices, 392, Merlin).
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _clean(value: Any) -> Any:
    """Drop characters that no database or page can hold, and trim."""
    if isinstance(value, str):
        return "".join(c for c in value if c in "\n\t" or ord(c) >= 32).encode(
            "utf-8", "replace"
        ).decode().strip()
    return value


def _text(limit: int) -> Any:
    return Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=limit)]


Short = _text(80)
Line = _text(300)
Text = _text(20_000)
Grade = Literal["", "standard", "medium", "high"]
YesNo = Literal["", "yes", "no", "not_known"]
Role = Literal["victim", "perpetrator", "both_alleged", "child", "other"]
Presence = Literal[
    "", "in_the_room", "in_the_home", "elsewhere", "visiting", "not_living_there", "unborn",
    "not_known",
]  # fmt: skip


class Part(BaseModel):
    # What we have no field for stays in the raw body and is listed back (reading.py).
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class Address(Part):
    lines: Line = ""
    postcode: _text(12) = ""  # type: ignore[valid-type]
    uprn: _text(12) = ""  # type: ignore[valid-type]


class Risk(Part):
    tool: Short = ""
    version: Short = ""
    answers: dict[str, str] = Field(default_factory=dict, max_length=200)
    score: int | None = Field(default=None, ge=0, le=200)
    officer_grade: Grade = ""
    supervisor_grade: Grade = ""
    reason: Text = ""
    marac_considered: YesNo = ""


class Incident(Part):
    started_at: datetime | None = None
    ended_at: datetime | None = None
    log_number: Short = ""
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
    expected_birth: date | None = None
    where_in_home: Line = ""
    saw_or_heard: Text = ""
    seen_by_officer: YesNo = ""
    spoken_to_alone: YesNo = ""
    words: Text = ""
    demeanour: Text = ""
    injuries: Line = ""
    concern: Text = ""
    school_name: Line = ""
    school_urn: _text(6) = ""  # type: ignore[valid-type]
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
    birth_date: date | None = None
    age: int | None = Field(default=None, ge=0, le=120)
    sex: Literal["", "F", "M", "U"] = ""
    ethnicity: _text(10) = ""  # type: ignore[valid-type]
    language: Short = ""
    interpreter: YesNo = ""
    address: Address | None = None  # empty: the incident's
    phone: _text(20) = ""  # type: ignore[valid-type]
    safe_contact: SafeContact | None = None
    occupation: Line = ""
    works_with_children: YesNo = ""
    disability: Line = ""
    nhs_number: _text(20) = ""  # type: ignore[valid-type]
    upn: _text(20) = ""  # type: ignore[valid-type]
    police_id: Short = ""
    child: ChildPart | None = None


class Relationship(Part):
    a: Short
    b: Short
    kind: _text(20)  # type: ignore[valid-type]
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
    reference: Annotated[
        str, BeforeValidator(_clean), StringConstraints(min_length=1, max_length=60)
    ]
    version: int = Field(default=1, ge=1, le=10_000)
    form: Short = ""
    notified_at: datetime | None = None
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
