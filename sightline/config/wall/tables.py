"""Which rows of each table somebody sees who reads pages, and which purposes see and write more.

Every table is here: `CASES` and `STAFF` and `LOGS` have policies, `OPEN` has none and says why not;
tests/policy/test_wall.py asks for every new one. A condition is SQL about the row; the functions of
schema `wall` are in functions.py. `follows` is for what belongs to a row of another table: it is
seen by whoever sees that. A condition says which items of the ledger it takes where that is one.
"""

from dataclasses import dataclass, field

from sightline.common.wall import Purpose

ME = "nullif(current_setting('sightline.user', true), '')::bigint"
MINE = "nullif(current_setting('sightline.agency', true), '')::bigint"

# They take notifications their way, or look after the installation: all tables, all rows.
EVERYTHING = frozenset({Purpose.WORKING, Purpose.CONSOLE})
COMMANDS = EVERYTHING | {Purpose.CHANGING}
READ_ONLY = frozenset({Purpose.COUNTING, Purpose.CHECKING, Purpose.AUDITING})
OF_THE_VAULT = frozenset({Purpose.LEAVING, Purpose.CHECKING})


@dataclass(frozen=True)
class Wall:
    """Who sees a row: readers for whom `seen` holds, and these purposes, which also write."""

    seen: str = "false"
    purposes: frozenset[Purpose] = COMMANDS
    looked_at: frozenset[Purpose] = field(default=READ_ONLY)  # and not written
    added_by_all: bool = False  # logs: whoever acts at all adds to them


def person(column: str = "person_id", item: str = "") -> str:
    return f"wall.sees({column}, '{item}')"


def mention(column: str = "mention_id", item: str = "") -> str:
    return f"wall.mention({column}, '{item}')"


def incident(column: str = "incident_id", item: str = "") -> str:
    return f"wall.incident({column}, '{item}')"


def follows(column: str, table: str) -> str:
    return f"wall.{table}({column})"


def own(column: str = "agency_id") -> str:
    return f"{column} = {MINE}"


def mine(column: str = "user_id") -> str:
    return f"{column} = {ME}"


def either(*conditions: str) -> str:
    return " or ".join(f"({one})" for one in conditions)


def may(perm: str) -> str:
    return f"wall.has('{perm}')"


CASES: dict[str, Wall] = {
    # people
    "people_person": Wall(person("id")),
    "people_keptfrom": Wall(either(own(), mine(), may("see_audit"))),
    "people_mention": Wall(mention("id")),
    "people_link": Wall(person()),
    "people_linkkey": Wall(),
    "people_linkchange": Wall("wall.change(id)"),
    "people_linkreview": Wall(f"{mention()} and {person('candidate_id')}"),
    "people_linkshown": Wall(either(
        mine("shown_to_id"), follows("review_id", "people_linkreview"),
    )),
    "people_earlieroutcome": Wall(follows("review_id", "people_linkreview")),
    "people_linkanswer": Wall(follows("review_id", "people_linkreview")),
    "people_notsame": Wall("wall.kept_apart(id)"),
    "people_notsameside": Wall(mention()),
    "people_searchentry": Wall(person()),
    "people_searchword": Wall("current_setting('sightline.purpose') = 'finding'"),
    "people_household": Wall("wall.household(id)"),
    "people_incident": Wall(incident("id")),
    "people_source": Wall(either("wall.source(id)", "wall.sent(id)")),
    "people_residence": Wall(mention(item="household")),
    "people_relationship": Wall(f"{mention('a_id')} and {mention('b_id')}"),
    # sharing
    "sharing_disclosure": Wall(either(own(), may("see_audit"))),
    "sharing_telling": Wall(either(mention(), mine("decided_by_id"))),
    "sharing_emergency": Wall(either(
        mine("opened_by_id"), own(), may("see_audit"), may("decide"),
    )),
    "sharing_caution": Wall(may("see_audit")),
    # vault: the doors of single entries are asked for in vault/looking.py
    "vault_safecontact": Wall(mention(item="safe_contact"), looked_at=OF_THE_VAULT),
    "vault_safeaddress": Wall(mention(item="safe_address"), looked_at=OF_THE_VAULT),
    "vault_print": Wall(purposes=COMMANDS | {Purpose.LEAVING}, looked_at=frozenset()),
    "vault_look": Wall(either(mine("looked_by_id"), may("see_audit"))),
    "vault_alarm": Wall(
        either(own(), may("see_audit"), f"what = 'incident' and {may('decide')}"),
        COMMANDS | {Purpose.LEAVING},
    ),
    "vault_sealedbody": Wall(looked_at=frozenset()),
    # intake
    "intake_notification": Wall(either(own("sender_id"), "wall.source(source_id)")),
    "intake_refusal": Wall(own("sender_id")),
    "intake_importfile": Wall(either(own("sender_id"), may("import_files"))),
    "intake_refusedrow": Wall(follows("file_id", "intake_importfile")),
    "intake_contact": Wall("wall.source(source_id)"),
    "intake_draft": Wall(mine("by_id")),
    # screening
    "screening_screening": Wall(mention()),
    "screening_answer": Wall("wall.screening(screening_id, 'scale')"),
    "screening_scaleresult": Wall("wall.screening(screening_id, 'scale')"),
    "screening_earliermention": Wall(follows("screening_id", "screening_screening")),
    "screening_wordingsuggestion": Wall(own()),
    "screening_toolrecord": Wall(mention()),
    # research: what an agency is asked is its own; the rest is the team's (ADR 23)
    "research_researchrequest": Wall(either(own(), f"{may('core')} and {incident()}")),
    "research_asked": Wall(follows("request_id", "research_researchrequest")),
    "research_listtold": Wall(mine()),
    "research_researchanswer": Wall(follows("request_id", "research_researchrequest")),
    "research_told": Wall(follows("answer_id", "research_researchanswer")),
    # meetings
    "meetings_meetingitem": Wall(either(
        incident(), follows("referral_id", "meetings_maracreferral"),
    )),
    "meetings_attendance": Wall("true"),
    "meetings_invitation": Wall("true"),
    "meetings_decision": Wall("wall.screening(screening_id, 'decision')"),
    "meetings_dissent": Wall(follows("decision_id", "meetings_decision")),
    "meetings_returnedtoreferrer": Wall(either(
        own(), follows("decision_id", "meetings_decision"),
    )),
    "meetings_maracreferral": Wall(either(
        own(), f"{mention('victim_id')} and {mention('perpetrator_id')}",
    )),
    "meetings_marachearing": Wall(follows("referral_id", "meetings_maracreferral")),
    # actions
    "actions_action": Wall(either(
        own(), follows("decision_id", "meetings_decision"),
        follows("hearing_id", "meetings_marachearing"),
    )),
    "actions_socialcareevent": Wall(mention()),
    "actions_feedback": Wall(follows("notification_id", "intake_notification")),
    # Before the partnership is before whoever runs the team (escalation/queries.to_user): ids and
    # days, no names. Without it each page's count asked the functions of every such row.
    "escalation_escalation": Wall(either(
        mine("to_user_id"), own("to_agency_id"),
        f"to_agency_id is null and {may('core')} and {may('see_worklist')} and"
        f" {may('see_figures')}",
        follows("action_id", "actions_action"),
        follows("research_id", "research_researchrequest"),
        follows("screening_id", "screening_screening"),
        follows("emergency_id", "sharing_emergency"),
    )),
    # encompass
    "encompass_notice": Wall(either(
        mention(), "wall.school(school_id)", own("office_id"),
    )),
    "encompass_delivery": Wall(follows("notice_id", "encompass_notice")),
    "encompass_passedon": Wall(follows("notice_id", "encompass_notice")),
    "encompass_move": Wall(mention()),
    # assurance
    "assurance_fileaudit": Wall(follows("screening_id", "screening_screening")),
    "assurance_themefound": Wall(follows("audit_id", "assurance_fileaudit")),
}  # fmt: skip

_ACCOUNTS = COMMANDS | {Purpose.SIGNING_IN}
OF_MY_AGENCY = f"{may('manage_users')} and wall.colleague(user_id)"


def account() -> Wall:
    """What is somebody's way in: their own, and those whom their administrator looks after."""
    return Wall(either(mine(), OF_MY_AGENCY), _ACCOUNTS, frozenset())


STAFF: dict[str, Wall] = {
    "accounts_authenticator": account(),
    "accounts_passkey": account(),
    "accounts_recoverycode": account(),
    "accounts_entrycode": account(),
    "accounts_identity": account(),
    "accounts_membership": account(),
    "accounts_attempts": Wall("false", _ACCOUNTS, frozenset()),
    "access_sendertoken": Wall("false", _ACCOUNTS, frozenset()),
    "django_session": Wall("false", frozenset({Purpose.SIGNING_IN, Purpose.CONSOLE}), frozenset()),
}

# Whose rows others follow: histories, and what belongs to them.
NO_ID = {"people_linkkey", "people_searchentry", "django_session"}
FOLLOWED = {
    table: wall.seen
    for table, wall in sorted((CASES | STAFF).items())
    if wall.seen != "false" and table not in NO_ID
}

_SEALS = COMMANDS | {Purpose.SEALING, Purpose.COUNTING}
OWN_LINE = "by = current_setting('sightline.user', true)"
LOGS: dict[str, Wall] = {
    "audit_read": Wall(either(OWN_LINE, may("see_audit")), _SEALS, added_by_all=True),
    "audit_search": Wall(either(OWN_LINE, may("see_audit")), _SEALS, added_by_all=True),
}

# No policy, and why not.
REFERENCE = "agencies, schools, terms, rules: no person in it"
MACHINERY = "of Django or the queue of tasks: ids and codes"
OPEN: dict[str, str] = {
    **dict.fromkeys(
        (
            "access_agency", "access_team", "directory_school", "directory_term",
            "directory_closureday", "sharing_signoff", "people_linkmodel", "screening_ownwords",
            "intake_columnmapping", "accounts_issuer", "sharing_sharingrow",
            "encompass_reconciliation", "letters_senderletter",
            "encompass_listedincident", "geography_areavalue", "geography_badline",
            "geography_edition", "geography_nationalfigure", "geography_outline",
            "geography_postcode", "geography_smallarea",
        ),
        REFERENCE,
    ),
    **dict.fromkeys(
        (
            "auth_permission", "auth_group", "auth_group_permissions", "django_content_type",
            "django_migrations", "pghistory_context", "procrastinate_jobs",
            "procrastinate_events", "procrastinate_workers", "procrastinate_periodic_defers",
        ),
        MACHINERY,
    ),
    "access_user": "every page names colleagues, and signing in looks them up by e-mail",
    "access_absence": "who is away is shown to whoever would wait for them",
    "directory_keyadult": "whom a school's message goes to is shown to whoever sends it",
    "meetings_meeting": "when and where people meet; whom they speak of is in its items",
    "insight_published": "figures: counts, nobody in them",
    "audit_seal": "digests",
    "audit_event": "what was done, by ids and codes; who saw whom is audit_read",
}  # fmt: skip
