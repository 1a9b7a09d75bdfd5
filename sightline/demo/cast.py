"""The agencies, schools and people of the fictional borough of Castlebrook: a login for each role.

Of screening administrators there are two: with the chair they are the three whom a doubt about
who somebody is may need.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zlib import crc32

from django.contrib.auth.hashers import make_password

from sightline.access.commands import add_agency, add_user, set_manager
from sightline.access.models import Agency, AgencyKind, User
from sightline.directory.commands import add_school, name_key_adult, set_terms
from sightline.directory.models import School, SchoolKind
from sightline.rules.research.services import Service

PASSWORD = "castlebrook-demo"  # noqa: S105 - printed in the README; the demo holds invented people

AGENCIES = {
    "police": ("North Mercia Police", AgencyKind.POLICE, True),
    "care": ("Castlebrook Children's Social Care", AgencyKind.SOCIAL_CARE, True),
    "health": ("Castlebrook Community Health Trust", AgencyKind.HEALTH, True),
    "education": ("Castlebrook Education Service", AgencyKind.EDUCATION, True),
    "early_help": ("Castlebrook Early Help", AgencyKind.EARLY_HELP, False),
    "refuge": ("Haven Domestic Abuse Service", AgencyKind.DOMESTIC_ABUSE, False),
    "probation": ("North Mercia Probation", AgencyKind.PROBATION, False),
    "housing": ("Castlebrook Homes", AgencyKind.HOUSING, False),
    "council": ("Castlebrook Council", AgencyKind.COUNCIL, False),
    "gp": ("Castlebrook Medical Centre", AgencyKind.HEALTH, False),
    "mental_health": ("North Mercia Mental Health Trust", AgencyKind.MENTAL_HEALTH, False),
    "outside": ("Farholt Children's Social Care", AgencyKind.SOCIAL_CARE, False),
}

# What each is asked as. Nobody answers for youth justice or for drugs and alcohol: that shows.
SERVICES = {
    "care": (Service.SOCIAL_CARE,),
    "health": (Service.HEALTH_VISITING, Service.SCHOOL_NURSING, Service.MIDWIFERY),
    "education": (Service.HOME_EDUCATION, Service.CHILDREN_WITHOUT_SCHOOL),
    "early_help": (Service.EARLY_HELP,),
    "refuge": (Service.DOMESTIC_ABUSE,),
    "probation": (Service.PROBATION,),
    "housing": (Service.HOUSING,),
    "council": (Service.NEW_FAMILIES, Service.ADULT_SOCIAL_CARE),
    "gp": (Service.GP,),
    "mental_health": (Service.ADULT_MENTAL_HEALTH,),
}

SCHOOLS = (
    ("900001", "Brook Lane Primary School", "primary", (4, 11)),
    ("900002", "St Wilfrid's Primary School", "primary", (4, 11)),
    ("900003", "Tanner's Row Infant School", "primary", (4, 7)),
    ("900004", "Castlebrook High School", "secondary", (11, 16)),
    ("900005", "Mill Road Academy", "secondary", (11, 18)),
    ("900006", "Castlebrook College", "further education", (16, 18)),
)


@dataclass(frozen=True)
class Login:
    """One login: the local part of the e-mail, who, of which agency, with which role."""

    local: str
    name: str
    agency: str
    role: str
    job_title: str
    team: str = ""


LOGINS = (
    Login("police", "Pat Okafor", "police", "police_submitter", "Referral unit sergeant",
          "Central Referral Unit"),
    Login("administrator", "Morgan Hale", "care", "screening_administrator",
          "Screening administrator", "Front door"),
    Login("deputy", "Niamh Doyle", "care", "screening_administrator",
          "Deputy screening administrator", "Front door"),
    Login("chair", "Ruth Adeyemi", "care", "chair", "Screening chair", "Front door"),
    Login("health", "Sunita Rao", "health", "agency_researcher", "Safeguarding nurse"),
    Login("socialworker", "Tom Bright", "care", "practitioner", "Social worker", "Assessment team"),
    Login("teammanager", "Helen Ashworth", "care", "practitioner", "Team manager",
          "Assessment team"),
    Login("carelead", "Marcus Webb", "care", "agency_lead", "Head of service"),
    Login("helplead", "Nadia Iqbal", "early_help", "agency_lead", "Early help manager"),
    Login("idva", "Carys Lloyd", "refuge", "practitioner", "IDVA"),
    Login("provider", "Dana Whitlock", "early_help", "support_provider", "Early help worker"),
    Login("gp", "Moira Kemp", "gp", "agency_contact", "Practice manager"),
    Login("housing", "Derek Vale", "housing", "agency_contact", "Tenancy officer"),
    Login("housingdeputy", "Asha Begum", "housing", "agency_contact", "Tenancy officer"),
    Login("probation", "Glen Ford", "probation", "agency_contact", "Probation officer"),
    Login("homeeducation", "Iris Tait", "education", "agency_contact",
          "Officer for children at no school"),
    Login("schoolofficer", "Fatima Noor", "education", "education_officer",
          "Education safeguarding officer"),
    Login("manager", "Ellen Marsh", "council", "manager", "Partnership analyst"),
    Login("board", "Leonie Harcourt", "council", "board_member", "Independent chair of the board"),
    Login("commissioner", "Amit Desai", "council", "commissioner", "Commissioning manager"),
    Login("forcelead", "Joanna Pike", "police", "force_lead", "Detective chief inspector"),
    Login("auditor", "Idris Khan", "council", "auditor", "Scrutiny officer"),
    Login("ig", "Bea Novak", "council", "ig_lead", "Information governance lead"),
    Login("useradmin", "Gwen Pryce", "care", "agency_administrator", "Business support manager"),
    Login("systems", "Kofi Mensah", "council", "agency_administrator", "Systems manager"),
    Login("outsider", "Jo Finch", "outside", "agency_researcher", "Social worker, another borough"),
)  # fmt: skip

# Who says what their agency knows beside their own work.
ALSO = {
    "idva": "agency_contact", "provider": "agency_contact", "homeeducation": "education_officer",
}  # fmt: skip
MANAGERS = {"socialworker": "teammanager", "teammanager": "carelead", "provider": "helplead"}


@dataclass(frozen=True)
class Cast:
    """Everybody the demo and the tests know by name."""

    agencies: dict[str, Agency]
    users: dict[str, User]
    schools: dict[str, School]

    @property
    def police(self) -> Agency:
        return self.agencies["police"]


@cache
def _password_hash() -> str:
    return make_password(PASSWORD)


def build_cast(*, now: datetime) -> Cast:
    """Set up agencies, schools and logins through the commands. Doing it again changes nothing."""
    agencies = {
        key: add_agency(
            name=name, kind=kind, core=core, services=SERVICES.get(key, ()), by=None, now=now
        )
        for key, (name, kind, core) in AGENCIES.items()
    }
    users = {login.local: _user(login, agencies[login.agency], now) for login in LOGINS}
    for local, manager in MANAGERS.items():
        set_manager(user=users[local], manager=users[manager], by=None, now=now)
    schools = {urn: _school(urn, name, phase, ages, now) for urn, name, phase, ages in SCHOOLS}
    for school in schools.values():
        users |= _key_adults(school, now)
    set_terms(terms_around(now.date()))
    return Cast(agencies, users, schools)


def add_schools(names: Iterable[str], *, now: datetime) -> None:
    """Add further schools by name, each with a lead who can be told."""
    have = set(School.objects.values_list("name", flat=True))
    for number, name in enumerate(sorted(set(names) - have), start=901_001):
        school = _school(str(number), name, "", (4, 18), now)
        lead = add_user(
            email=f"lead{number}@castlebrook.example", name=f"Lead of {name}",
            agency=school.agency, roles=["key_adult"], password_hash=_password_hash(),
            job_title="Designated safeguarding lead", telephone=_telephone(name),
            by=None, now=now,
        )  # fmt: skip
        name_key_adult(school=school, user=lead, by=None, now=now)


def _user(login: Login, agency: Agency, now: datetime) -> User:
    return add_user(
        email=f"{login.local}@castlebrook.example", name=login.name, agency=agency,
        roles=[login.role, *ALSO.get(login.local, "").split()], password_hash=_password_hash(),
        job_title=login.job_title, telephone=_telephone(login.local), team=login.team, by=None,
        now=now,
    )  # fmt: skip


def _telephone(of: str) -> str:
    """Return a number of those that Ofcom keeps for drama, always the same for the same name."""
    return f"01632 960{crc32(of.encode()) % 1000:03}"


def _school(urn: str, name: str, phase: str, ages: tuple[int, int], now: datetime) -> School:
    kind = SchoolKind.COLLEGE if phase == "further education" else SchoolKind.STATE
    return add_school(
        urn=urn, name=name, phase=phase, ages=ages, kind=kind, telephone=_telephone(urn), by=None,
        now=now,
    )  # fmt: skip


KEY_ADULTS = {
    "900001": ("Grace Osei", "Liam Porter"),
    "900002": ("Hannah Fry", "Amir Sadiq"),
    "900003": ("Wendy Cole", "Priya Nair"),
    "900004": ("Owen Blake", "Zofia Kaminska"),
    "900005": ("Leah Grant", "Musa Bello"),
    "900006": ("Colin Shaw", "Rhian Price"),
}


def _key_adults(school: School, now: datetime) -> dict[str, User]:
    """Add a school's lead and deputy. The first school's lead is the demo's key adult."""
    found = {}
    for deputy, name in enumerate(KEY_ADULTS[school.urn]):
        local = f"{'deputy' if deputy else 'keyadult'}{school.urn[-1]}"
        user = add_user(
            email=f"{local}@castlebrook.example", name=name, agency=school.agency,
            roles=["key_adult"], password_hash=_password_hash(),
            job_title="Deputy safeguarding lead" if deputy else "Designated safeguarding lead",
            telephone=_telephone(local), by=None, now=now,
        )  # fmt: skip
        name_key_adult(school=school, user=user, deputy=bool(deputy), by=None, now=now)
        found[local] = user
    return found


def terms_around(today: date) -> list[tuple[date, date]]:
    """Return plausible half terms from three school years before to two after `today`."""
    terms = []
    for year in range(today.year - 4, today.year + 3):
        terms += [
            (date(year, 9, 3), date(year, 10, 23)),
            (date(year, 11, 2), date(year, 12, 18)),
            (date(year + 1, 1, 5), date(year + 1, 2, 12)),
            (date(year + 1, 2, 22), date(year + 1, 3, 27)),
            (date(year + 1, 4, 13), date(year + 1, 5, 22)),
            (date(year + 1, 6, 1), date(year + 1, 7, 21)),
        ]
    return terms
