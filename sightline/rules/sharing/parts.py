"""The words of sharing: what may be told, to whom, how much of it, and with whose agreement."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.rules.screening.wordscale import HIGHEST, LOWEST


class Matter(StrEnum):
    """What might be told."""

    INCIDENT = "incident"
    VOICE = "voice"
    HOUSEHOLD = "household"
    HISTORY = "history"
    SUPPORT = "support"
    SCALE = "scale"
    DECISION = "decision"
    ACTIONS = "actions"
    CONVICTIONS = "convictions"
    ORDERS = "orders"
    SAFE_CONTACT = "safe_contact"
    SAFE_ADDRESS = "safe_address"
    HEALTH = "health"
    RISK_MANAGEMENT = "risk_management"
    COUNTS = "counts"


class Recipient(StrEnum):
    """Who might be told."""

    POLICE = "police"
    SOCIAL_CARE = "social_care"
    SCREENING_TEAM = "screening_team"
    SCHOOL = "school"
    EARLY_YEARS = "early_years"
    HOME_EDUCATION = "home_education"
    HEALTH_VISITOR = "health_visitor"
    SCHOOL_NURSE = "school_nurse"
    MIDWIFE = "midwife"
    GP_OF_CHILD = "gp_of_child"
    GP_OF_VICTIM = "gp_of_victim"
    GP_OF_PERPETRATOR = "gp_of_perpetrator"
    ADVOCATE = "advocate"
    OUTREACH = "outreach"
    EARLY_HELP = "early_help"
    MARAC = "marac"
    HOUSING = "housing"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth_justice"
    OTHER_AREA = "other_area"
    WORKFORCE_OFFICER = "workforce_officer"
    COURT_SERVICE = "court_service"
    PERPETRATOR_PROGRAMME = "perpetrator_programme"
    PERPETRATOR = "perpetrator"
    PUBLIC = "public"


class Extent(StrEnum):
    """How much of it."""

    FACT = "fact"
    SUMMARY = "summary"
    DETAIL = "detail"


class Agreement(StrEnum):
    """Whose agreement a rule asks for. None of these is consent in the sense of the UK GDPR.

    SERVICE: to receive a service, without which the service cannot begin. SEEK: it is sought
    where that is safe, and a refusal may be overridden with a reason. PERPETRATOR: that of the
    person who joins a programme.
    """

    NOT_NEEDED = "not_needed"
    SEEK = "seek"
    SERVICE = "service"
    PERPETRATOR = "perpetrator"


@dataclass(frozen=True)
class Named:
    """A code with the words for it."""

    id: str
    name: str


@dataclass(frozen=True)
class Row:
    """One rule: these matters may be told to these, at these scales, so far, on this ground."""

    id: str
    matters: tuple[Matter, ...]
    to: tuple[Recipient, ...]
    extent: Extent
    gateway: str
    basis: str
    from_scale: int | None  # neither: at every scale, and before there is one
    to_scale: int | None
    only_if: str  # a condition that a person has to confirm; "" for none
    agreement: Agreement
    limits: tuple[str, ...]  # what is left out
    say: tuple[str, ...]  # what is said with it
    never: bool  # the rule is that it is not told
    version: str = ""  # of a row that the partnership changed: "sharing 2026.1, SH-05 version 2"

    @property
    def scales(self) -> tuple[int, ...]:
        """Return the scales for which it holds; none when the scale does not matter."""
        if self.from_scale is None and self.to_scale is None:
            return ()
        return tuple(range(self.from_scale or LOWEST, (self.to_scale or HIGHEST) + 1))


@dataclass(frozen=True)
class Pack:
    """The rules in force from a day, until a day."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    matters: tuple[Named, ...]
    recipients: tuple[Named, ...]
    unsafe: tuple[Named, ...]  # reasons for which agreement is not asked, nor the family told first
    rows: tuple[Row, ...]

    @property
    def key(self) -> str:
        """What records keep: "sharing 2026.1"."""
        return f"{self.id} {self.version}"

    def word(self, code: Matter | Recipient) -> str:
        """Return the words for a matter or a recipient."""
        return {named.id: named.name for named in (*self.matters, *self.recipients)}[code]
