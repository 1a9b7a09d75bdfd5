"""Every field that a column may be, with the names that senders give such columns.

Paths are those of sightline/intake/schema.py; of a person's fields, those of one person in it.
"""

from dataclasses import dataclass, replace

from sightline.intake.files import values
from sightline.intake.files.values import Reader

NOTIFICATION, PERSON, RECORD = "notification", "person", "record"


@dataclass(frozen=True)
class Field:
    """A field: its name, the words for it, how its cells are read, and what it belongs to.

    path: where the value goes in a notification, or in one person of it. also: other names that
    senders give such a column. join: what comes between the cells where several columns are one
    field ("": only one may be). of: NOTIFICATION, PERSON, RECORD, or a prefix of columns.py.
    """

    name: str
    label: str
    read: Reader
    path: tuple[str, ...]
    of: str
    also: tuple[str, ...] = ()
    join: str = ""
    required: bool = False


def _field(
    of: str, name: str, label: str, read: Reader, path: str = "", also: str = "", join: str = "",
    required: bool = False,
) -> Field:  # fmt: skip
    ways = tuple(filter(None, also.split(",")))
    return Field(name, label, read, tuple((path or name).split(".")), of, ways, join, required)


def _notification(name: str, label: str, read: Reader, path: str = "", also: str = "",
                  join: str = "", required: bool = False) -> Field:  # fmt: skip
    return _field(NOTIFICATION, name, label, read, path, also, join, required)


def _person(name: str, label: str, read: Reader, path: str = "", also: str = "",
            join: str = "", required: bool = False) -> Field:  # fmt: skip
    return _field(PERSON, name, label, read, path, also, join, required)


def _record(
    name: str, label: str, read: Reader, also: str = "", required: bool = True, join: str = ""
) -> Field:
    return _field(RECORD, name, label, read, "", also, join, required)


OF_NOTIFICATIONS = (
    _notification("reference", "Reference", values.identifier, required=True,
                  also="ref,ref no,reference number,notification reference,unique reference,"
                       "ppn reference,niche reference,392 reference,merlin reference"),
    _notification("version", "Version", values.whole, also="version number,revision"),
    _notification("form", "Form", values.line, also="form type,form name"),
    _notification("notified_at", "Notified at", values.moment,
                  also="notification date,date of notification,date notified,date submitted,"
                       "submitted at,date received,report date"),
    _notification("notified_time", "Notified at: time, if in a column of its own", values.clock,
                  "notified_at", "notification time,time notified,time submitted"),
    _notification("officer", "Officer", values.line, also="officer name,oic,reporting officer"),
    _notification("unit", "Unit", values.line, also="officer unit,team,station"),
    _notification("urgency", "Urgency", values.line, also="priority"),
    _notification("started_at", "Incident started at", values.moment, "incident.started_at",
                  "incident date,date of incident,incident start,date and time of incident,"
                  "incident date time,incident datetime,occurred at,offence date"),
    _notification("started_time", "Incident started at: time, if in a column of its own",
                  values.clock, "incident.started_at", "incident time,time of incident"),
    _notification("ended_at", "Incident ended at", values.moment, "incident.ended_at",
                  "incident end"),
    _notification("log_number", "Police log number", values.identifier, "incident.log_number",
                  "log,log no,incident number,incident log,cad,cad number,storm number"),
    _notification("crime_number", "Crime number", values.identifier, "incident.crime_number",
                  "crime no,crime reference,crime ref,occurrence number"),
    _notification("reported_by", "Reported by", values.line, "incident.reported_by"),
    _notification("address", "Address of the incident", values.lines_of_place,
                  "incident.address.lines", join=", ",
                  also="incident address,incident location,location,address of incident,"
                       "home address,address line 1,address line 2,address line 3,address 1,"
                       "address 2,address 3,street,town"),
    _notification("postcode", "Postcode of the incident", values.line,
                  "incident.address.postcode", "post code,incident postcode,postal code"),
    _notification("uprn", "UPRN of the incident", values.identifier, "incident.address.uprn"),
    _notification("premises", "Kind of premises", values.line, "incident.premises",
                  "premises type,location type"),
    _notification("summary", "What happened", values.text, "incident.summary", join="\n",
                  also="incident summary,circumstances,narrative,details,incident details,"
                       "description,account,mo"),
    _notification("weapons", "Weapons", values.text, "incident.weapons", "weapon"),
    _notification("injuries", "Injuries", values.text, "incident.injuries", "injury"),
    _notification("damage", "Damage", values.text, "incident.damage"),
    _notification("substances", "Alcohol and drugs", values.text, "incident.substances",
                  "alcohol,drugs,alcohol drugs"),
    _notification("incident_outcome", "What police did", values.text, "incident.outcome",
                  "police outcome,police action,disposal"),
    _notification("risk_tool", "Risk tool", values.line, "risk.tool",
                  "risk assessment,risk assessment tool"),
    _notification("risk_score", "Score of the risk tool", values.whole, "risk.score",
                  "dash score,dara score,score"),
    _notification("officer_grade", "Officer's grade", values.grade, "risk.officer_grade",
                  "grade,risk,risk level,risk grade,risk grading,dash grade,officer risk grade"),
    _notification("supervisor_grade", "Supervisor's grade", values.grade, "risk.supervisor_grade",
                  "supervisor risk grade,final risk grade,reviewed risk"),
    _notification("risk_reason", "Reason for the grade", values.text, "risk.reason",
                  "risk rationale,rationale"),
    _notification("marac_considered", "MARAC considered", values.yes_no, "risk.marac_considered",
                  "marac"),
    _notification("earlier_incidents", "Earlier incidents", values.text, also="previous incidents,"
                  "history,previous history,da history"),
    _notification("told_the_family", "Family told of the sharing", values.yes_no,
                  "sharing.told_the_family", "informed of referral,family informed"),
    _notification("not_told_because", "Family not told because", values.text,
                  "sharing.not_told_because"),
    _notification("agreed_to_support", "Agreed to support", values.yes_no,
                  "sharing.agreed_to_support", "consent,consent to support"),
    _notification("officer_safety", "Safety of officers", values.text, "safety.officer_safety",
                  "warnings,warning markers"),
    _notification("counter_allegation", "Counter-allegation", values.yes_no,
                  "safety.counter_allegation"),
    _notification("primary_perpetrator_because", "Primary perpetrator because", values.text,
                  "safety.primary_perpetrator_because"),
)  # fmt: skip

ROLE = _person("role", "Role", values.role, also="person role,involvement,party,type of person",
               required=True)  # fmt: skip
OF_ADULTS = (
    _person("person_id", "Sender's number for the person", values.identifier, "id", "nominal id"),
    _person("given_name", "Given name", values.line,
            also="forename,forenames,first name,firstname,christian name,given names"),
    _person("middle_name", "Middle name", values.line, also="middle names"),
    _person("surname", "Surname", values.line, also="last name,lastname,family name"),
    _person("aliases", "Other names, parted by semicolons", values.several,
            also="alias,also known as,aka,other names,maiden name"),
    _person("date_of_birth", "Date of birth", values.day, "birth_date", "dob,birth date,born"),
    _person("age", "Age", values.whole),
    _person("sex", "Sex", values.sex, also="gender"),
    _person("ethnicity", "Ethnicity", values.line, also="ethnic origin,ethnic group,ethnic code"),
    _person("language", "Language", values.line, also="first language,preferred language"),
    _person("interpreter", "Interpreter needed", values.yes_no, also="interpreter required"),
    _person("person_address", "Address of the person, if another", values.lines_of_place,
            "address.lines", "persons address,current address", join=", "),
    _person("person_postcode", "Postcode of the person, if another", values.line,
            "address.postcode", "persons postcode"),
    _person("phone", "Telephone", values.identifier, also="telephone,phone number,telephone number,"
            "mobile,mobile number,contact number"),
    _person("safe_contact", "Safe way to contact", values.text, "safe_contact.method",
            "safe contact method,safe contact number"),
    _person("safe_contact_when", "Safe time to contact", values.text, "safe_contact.when",
            "safe contact time"),
    _person("occupation", "Occupation", values.line),
    _person("works_with_children", "Works with children", values.yes_no),
    _person("disability", "Disability", values.text),
    _person("nhs_number", "NHS number", values.identifier, also="nhs no,nhs"),
    _person("upn", "Unique pupil number", values.identifier, also="pupil number"),
    _person("police_id", "Police identifier", values.identifier,
            also="pnc,pnc id,nominal,nominal number"),
)  # fmt: skip
OF_CHILDREN = (
    _person("presence", "Where the child was", values.presence, "child.presence",
            "child presence,child present,whereabouts"),
    _person("expected_birth", "Expected date of birth", values.day, "child.expected_birth",
            "edd,expected date of delivery,due date"),
    _person("where_in_home", "Where in the home", values.line, "child.where_in_home"),
    _person("saw_or_heard", "What the child saw or heard", values.text, "child.saw_or_heard",
            "saw or heard"),
    _person("seen_by_officer", "Seen by an officer", values.yes_no, "child.seen_by_officer",
            "child seen"),
    _person("spoken_to_alone", "Spoken to alone", values.yes_no, "child.spoken_to_alone",
            "child spoken to,seen alone"),
    _person("words", "What the child said", values.text, "child.words",
            "voice of the child,child said,childs voice,childs words"),
    _person("demeanour", "How the child seemed", values.text, "child.demeanour",
            "child demeanour,presentation"),
    _person("child_injuries", "Injuries of the child", values.text, "child.injuries"),
    _person("concern", "Concern for the child", values.text, "child.concern",
            "child concerns,concerns"),
    _person("school_name", "School or setting", values.line, "child.school_name",
            "school,nursery,education setting,school nursery"),
    _person("school_urn", "URN of the school", values.identifier, "child.school_urn"),
    _person("year_group", "Year group", values.line, "child.year_group", "school year"),
    _person("home_educated", "Home educated", values.yes_or_no, "child.home_educated"),
    _person("health_visitor", "Health visitor", values.line, "child.health_visitor"),
    _person("other_parent", "Other parent", values.line, "child.other_parent"),
)  # fmt: skip

REFERENCE_OF_RECORD = _record(
    "notification_reference", "Reference of the notification", values.identifier,
    "reference,ref,notification,reference number",
)  # fmt: skip
NHS_OF_RECORD = _record(
    "nhs_number", "NHS number of the child", values.identifier, "nhs no,nhs,child nhs number"
)
OF_DECISIONS = (
    REFERENCE_OF_RECORD,
    NHS_OF_RECORD,
    _record("screened_on", "Screened on", values.day, "screening date,date screened",
            required=False),
    _record("scale", "Scale, 1 to 4", values.whole, "scale of risk,risk scale,level"),
    _record("outcome", "Outcome", values.line, "decision,recommendation"),
    _record("decided_on", "Decided on", values.day, "decision date,date decided"),
)  # fmt: skip
# Which child: by our number, by the NHS number (with the notification's reference where it is
# known), or by name and date of birth.
OF_SOCIAL_CARE = (
    replace(NHS_OF_RECORD, required=False),
    replace(REFERENCE_OF_RECORD, required=False),
    _record("child_id", "Our number of the child", values.whole, "sightline id,person number",
            required=False),
    _record("given_name", "Given name of the child", values.line,
            "forename,forenames,first name,child given name", required=False),
    _record("surname", "Surname of the child", values.line,
            "last name,family name,child surname", required=False),
    _record("date_of_birth", "Date of birth of the child", values.day,
            "dob,birth date,child date of birth", required=False),
    _record("kind", "What social care did", values.line, "event,event type,type"),
    _record("on", "On, or begun on", values.day,
            "date,event date,start date,started on,begun on,date started"),
    _record("ended_on", "Ended on", values.day,
            "end date,ended,completed on,completion date,date completed,date ended",
            required=False),
    _record("outcome", "Outcome", values.line, "outcome code,result,closure reason",
            required=False),
    _record("primary_category", "Primary category of a plan", values.category,
            "category,category of abuse,initial category,latest category", required=False),
    _record("domestic_abuse", "Domestic abuse as secondary category", values.secondary,
            "secondary category,domestic abuse", required=False),
    _record("factors", "Factors of an assessment", values.codes,
            "assessment factors,factors identified,factor codes", required=False, join=" "),
)  # fmt: skip
