"""Roles: what a person may do. What of a person they may see is the ledger's business (sharing)."""

from dataclasses import dataclass
from enum import StrEnum


class Perm(StrEnum):
    """One thing that a role may allow."""

    SEND_NOTIFICATION = "send_notification"
    SEE_WORKLIST = "see_worklist"
    SEE_PERSON = "see_person"
    SEARCH = "search"
    LOOK_AGAIN = "look_again"  # find closed cases, and open one with a reason
    RECORD_FAMILY = "record_family"
    REVIEW_LINKS = "review_links"
    CORRECT_LINKS = "correct_links"  # part a person in two; undo what somebody else joined
    SCREEN = "screen"
    DECIDE = "decide"
    ATTEND_MEETINGS = "attend_meetings"  # its list as far as it was shared, minutes, dissent, MARAC
    RUN_MEETINGS = "run_meetings"  # arrange, list, publish, keep attendance, close
    ANSWER_RESEARCH = "answer_research"  # what the own agency is asked about families
    CHASE_AGENCIES = "chase_agencies"  # ask, ring, key in on behalf, withdraw
    WORK_ACTIONS = "work_actions"
    SEE_ESCALATIONS = "see_escalations"  # what is late and was put before them
    RECORD_OUTCOMES = "record_outcomes"  # what social care really did for a child
    RECEIVE_NOTICES = "receive_notices"
    CHASE_SCHOOLS = "chase_schools"  # which school has not read a message; who is told in each
    AUDIT_FILES = "audit_files"  # what one child's file holds, theme by theme
    SEE_FIGURES = "see_figures"
    SEE_OWN_FIGURES = "see_own_figures"  # of what the own agency sent, and repeats by ward
    PUBLISH_FIGURES = "publish_figures"  # keep a figure as it is given to others
    SEE_REVIEWERS = "see_reviewers"  # figures of each reviewer of links, by name
    IMPORT_FILES = "import_files"
    SEE_AUDIT = "see_audit"
    BREAK_GLASS = "break_glass"  # open one record for hours in an emergency, to be reviewed
    REVIEW_EMERGENCIES = "review_emergencies"  # say whether somebody else's was justified
    KEEP_RULES = "keep_rules"  # change, date and sign the rows that say who may be told what
    RESTRICT = "restrict"  # restrict records, say who sees them and who never does
    KEEP_SAFE = "keep_safe"  # write down how and where somebody is safe, where the rules allow it
    MANAGE_USERS = "manage_users"  # who of the own agency may sign in, and as what


@dataclass(frozen=True)
class Role:
    """A role with the words in which staff are told what it is for."""

    code: str
    name: str
    description: str
    perms: frozenset[Perm]
    core: bool = (
        False  # a core member of the screening team: sees open cases by standing disclosure
    )


def _role(code: str, name: str, description: str, *perms: Perm, core: bool = False) -> Role:
    return Role(code, name, description, frozenset(perms), core)


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "police_submitter", "Police submitter",
            "Sends notifications and sees that they arrived and what was missing.",
            Perm.SEND_NOTIFICATION,
        ),
        _role(
            "screening_administrator", "Screening administrator",
            "Runs the day: worklist, who is this, imports, chasing schools and agencies.",
            Perm.SEE_WORKLIST, Perm.SEE_PERSON, Perm.SEARCH, Perm.LOOK_AGAIN,
            Perm.RECORD_FAMILY, Perm.REVIEW_LINKS, Perm.SCREEN,
            Perm.IMPORT_FILES, Perm.SEND_NOTIFICATION, Perm.SEE_FIGURES, Perm.PUBLISH_FIGURES,
            Perm.SEE_ESCALATIONS, Perm.RECORD_OUTCOMES, Perm.ATTEND_MEETINGS, Perm.RUN_MEETINGS,
            Perm.ANSWER_RESEARCH, Perm.CHASE_AGENCIES, Perm.KEEP_SAFE, Perm.BREAK_GLASS, core=True,
        ),
        _role(
            "chair", "Screening chair",
            "Sees the whole picture of each child, sets the scale, decides and agrees actions.",
            Perm.SEE_WORKLIST, Perm.SEE_PERSON, Perm.SEARCH, Perm.LOOK_AGAIN,
            Perm.RECORD_FAMILY, Perm.REVIEW_LINKS, Perm.CORRECT_LINKS, Perm.SCREEN,
            Perm.DECIDE, Perm.WORK_ACTIONS, Perm.SEE_ESCALATIONS, Perm.AUDIT_FILES,
            Perm.RECORD_OUTCOMES, Perm.SEE_FIGURES, Perm.PUBLISH_FIGURES,
            Perm.ATTEND_MEETINGS, Perm.RUN_MEETINGS, Perm.CHASE_AGENCIES, Perm.KEEP_SAFE,
            Perm.BREAK_GLASS, Perm.REVIEW_EMERGENCIES, core=True,
        ),
        _role(
            "agency_researcher", "Agency researcher",
            "A core member from health, education, police or social care: screens and adds "
            "what the agency knows.",
            Perm.SEE_WORKLIST, Perm.SEE_PERSON, Perm.SEARCH, Perm.SCREEN, Perm.WORK_ACTIONS,
            Perm.SEE_ESCALATIONS, Perm.ATTEND_MEETINGS, Perm.ANSWER_RESEARCH, Perm.BREAK_GLASS,
            Perm.AUDIT_FILES, core=True,
        ),
        _role(
            "key_adult", "School key adult",
            "Receives the message about a pupil before the school day, records support, and says "
            "what the school knows when it is asked.",
            Perm.RECEIVE_NOTICES, Perm.ANSWER_RESEARCH,
        ),
        _role(
            "education_officer", "Education safeguarding officer",
            "Of the council: is told of children without a school, hears which schools have not "
            "read a message, and keeps who is told in each. Sees no pupil of a school.",
            Perm.RECEIVE_NOTICES, Perm.CHASE_SCHOOLS,
        ),
        _role(
            "agency_contact", "Agency contact",
            "Outside the core team: says what the agency knows of the people it is asked about. "
            "Sees those and nobody else.",
            Perm.ANSWER_RESEARCH, Perm.SEE_ESCALATIONS,
        ),
        _role(
            "practitioner", "Practitioner",
            "Social worker, health visitor, link worker or IDVA with actions for a family.",
            Perm.WORK_ACTIONS, Perm.SEE_PERSON, Perm.SEE_ESCALATIONS, Perm.RECORD_OUTCOMES,
            Perm.ATTEND_MEETINGS, Perm.KEEP_SAFE, Perm.BREAK_GLASS,
        ),
        _role(
            "support_provider", "Support provider",
            "A commissioned service that takes referrals and reports what it did.",
            Perm.WORK_ACTIONS, Perm.SEE_PERSON, Perm.SEE_ESCALATIONS, Perm.RECORD_OUTCOMES,
            Perm.ATTEND_MEETINGS,
        ),
        _role(
            "agency_lead", "Agency lead",
            "Answers for what their agency agreed to do: says who does it, and is told of what "
            "stays late.",
            Perm.WORK_ACTIONS, Perm.SEE_PERSON, Perm.SEE_ESCALATIONS, Perm.RECORD_OUTCOMES,
            Perm.ANSWER_RESEARCH, Perm.ATTEND_MEETINGS, Perm.SEE_FIGURES, Perm.REVIEW_EMERGENCIES,
        ),
        _role(
            "manager", "Manager or analyst",
            "Sees and publishes figures, sees those of each reviewer; never records of a person.",
            Perm.SEE_FIGURES, Perm.SEE_REVIEWERS, Perm.PUBLISH_FIGURES,
        ),
        _role(
            "board_member", "Partnership board member",
            "Sees figures: whether children are safer, and whether what is agreed is done.",
            Perm.SEE_FIGURES,
        ),
        _role(
            "commissioner", "Commissioner",
            "Sees figures: how many need what, and who waits for it.",
            Perm.SEE_FIGURES,
        ),
        _role(
            "force_lead", "Force lead",
            "Sees figures of what their own force sent: how complete, how soon, the child's voice; "
            "and, as the whole partnership does, whether repeats go up in a ward.",
            Perm.SEE_OWN_FIGURES,
        ),
        _role(
            "auditor", "Auditor or scrutiny officer",
            "Sees figures and how the process ran.",
            Perm.SEE_FIGURES,
        ),
        _role(
            "ig_lead", "Information governance lead",
            "Sees every disclosure with its reason and who looked at what.",
            Perm.SEE_AUDIT, Perm.SEE_FIGURES, Perm.KEEP_RULES, Perm.RESTRICT,
            Perm.REVIEW_EMERGENCIES,
        ),
        _role(
            "agency_administrator", "Agency administrator",
            "Adds, confirms and ends the accounts of their agency's people. Sees no records.",
            Perm.MANAGE_USERS,
        ),
    )
}  # fmt: skip


def perms_of(codes: list[str]) -> frozenset[Perm]:
    """Return everything that these roles allow together; unknown codes allow nothing."""
    return frozenset().union(*(ROLES[code].perms for code in codes if code in ROLES))
