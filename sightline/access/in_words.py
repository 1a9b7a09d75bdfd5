"""What roles may do, in words for whoever wonders why a page does or does not open."""

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.access.roles import ROLES, Perm, Role

MAY: dict[Perm, str] = {
    Perm.SEND_NOTIFICATION: "send notifications, and see what became of those of their agency",
    Perm.SEE_WORKLIST: "see the worklist of families whose case is open",
    Perm.SEE_PERSON: "open a person's record, as far as it was disclosed to their agency",
    Perm.SEARCH: "search for people among those who were disclosed to their agency",
    Perm.LOOK_AGAIN: "find a closed case and open it for a day, with a reason",
    Perm.RECORD_FAMILY: "record a family that the team was told of",
    Perm.REVIEW_LINKS: "say whether two records are the same person",
    Perm.CORRECT_LINKS: "part a record in two, and take back what somebody else joined",
    Perm.SCREEN: "answer a child's screening and set the scale",
    Perm.DECIDE: "decide what happens for a child, and settle actions",
    Perm.ATTEND_MEETINGS: "see a meeting they are invited to, its minutes, and disagree with it",
    Perm.RUN_MEETINGS: "arrange meetings, publish their lists, keep attendance",
    Perm.ANSWER_RESEARCH: "say what their agency knows of whom it is asked about",
    Perm.CHASE_AGENCIES: "ask agencies, chase them, and key in an answer given by telephone",
    Perm.WORK_ACTIONS: "take, do and give back actions of their agency",
    Perm.SEE_ESCALATIONS: "see what is late and was put before them",
    Perm.RECORD_OUTCOMES: "record what social care really did for a child",
    Perm.RECEIVE_NOTICES: "read the message about a pupil and record what the school did",
    Perm.CHASE_SCHOOLS: "see which schools have not read a message, and keep who is told there",
    Perm.AUDIT_FILES: "audit what one child's file holds",
    Perm.SEE_FIGURES: "see figures, in which small counts are hidden from whoever sees no records",
    Perm.SEE_OWN_FIGURES: "see figures of what their own agency sent, and repeats by ward",
    Perm.PUBLISH_FIGURES: "publish figures, so that they can be counted again to the digit",
    Perm.SEE_REVIEWERS: "see figures of each reviewer, by name",
    Perm.IMPORT_FILES: "take files in",
    Perm.SEE_AUDIT: "see who looked at what, what is disclosed to whom, and sign the rules",
    Perm.BREAK_GLASS: "open one record for some hours in an emergency; somebody else reviews it",
    Perm.REVIEW_EMERGENCIES: "review what somebody else opened in an emergency",
    Perm.KEEP_RULES: "change, date and sign the rows that say who may be told what",
    Perm.RESTRICT: "restrict a record, and say who sees it by name and who never does",
    Perm.KEEP_SAFE: "write down how and where somebody is safe, where the rules let their agency",
    Perm.MANAGE_USERS: "add, confirm and end the accounts of their agency",
}
CORE = (
    "Core member of the screening team: what the sharing rows say of the team is open to them, of "
    "every open case."
)
OWN = "Sees only what was disclosed to their agency for one purpose, or to them by name."
NOBODY = "Sees no record of a person."
LOOKS = frozenset({Perm.SEE_PERSON, Perm.RECEIVE_NOTICES, Perm.ANSWER_RESEARCH})


@dataclass(frozen=True)
class RoleWords:
    """One role: what it is for, of whom it sees something and why, and what it may do."""

    name: str
    description: str
    sees: str
    may: tuple[str, ...]
    yours: bool


def roles_in_words(own: list[str]) -> Iterator[RoleWords]:
    """Yield every role; those that the reader holds come first."""
    for role in sorted(ROLES.values(), key=lambda role: role.code not in own):
        may = tuple(words for perm, words in MAY.items() if perm in role.perms)
        yield RoleWords(role.name, role.description, _sees(role), may, role.code in own)


def _sees(role: Role) -> str:
    if role.core:
        return CORE
    return OWN if role.perms & LOOKS else NOBODY
