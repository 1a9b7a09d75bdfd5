"""How somebody may be reached without putting them in danger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Contact:
    """One person's rules, as they chose them; "" and False where nothing was said.

    `answers`: who may answer besides them. `language`: the interpreter's, never a relative.
    """

    how: str = ""
    number: str = ""
    when: str = ""
    answers: str = ""
    code_word: str = ""
    never_write: bool = False
    never_leave_message: bool = False
    interpreter_outside_family: bool = False
    language: str = ""
    note: str = ""


def under_the_strictest(contact: Contact, all_of_them: Sequence[Contact]) -> Contact:
    """Return a contact with every prohibition that any of them has.

    Two records of one person may each hold rules. What one of them forbids can kill, whichever
    was written later, so a prohibition stands until it is taken back where it was written.
    Source: MoJ and Homeless Management Information practice, the most restrictive setting wins.
    """
    return replace(
        contact,
        never_write=any(one.never_write for one in all_of_them),
        never_leave_message=any(one.never_leave_message for one in all_of_them),
        interpreter_outside_family=any(one.interpreter_outside_family for one in all_of_them),
    )
