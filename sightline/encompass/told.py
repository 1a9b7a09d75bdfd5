"""What of a child may be told to whoever a notice is for: what the sharing rules in force say.

A message is a sharing decision like any other. Each item is asked for by itself; what no row allows
without a person deciding first is left out, and the rows that allow the rest are named.
"""

from collections.abc import Mapping
from datetime import datetime

from sightline.directory.models import SchoolKind
from sightline.encompass.models import Notice
from sightline.rules.sharing.deciding import Answer, Verdict
from sightline.rules.sharing.parts import Extent, Matter, Pack, Recipient
from sightline.sharing.models import Item
from sightline.sharing.telling import Wondering, answer_to

# What a message is made of, and what of a person each opens.
MATTERS: dict[Matter, Item] = {Matter.INCIDENT: Item.INCIDENT, Matter.VOICE: Item.VOICE}
Told = Mapping[Matter, Answer]


def recipient_of(notice: Notice) -> Recipient:
    """Return as whom a notice is told, in the words of the sharing rules."""
    if notice.school is None:
        return Recipient.HOME_EDUCATION
    early = notice.school.kind == SchoolKind.EARLY_YEARS
    return Recipient.EARLY_YEARS if early else Recipient.SCHOOL


def what_may_be_told(notice: Notice, now: datetime, pack: Pack | None = None) -> Told:
    """Return what may be told of the child without anybody deciding first, each with its row.

    pack: the rules in force, where they have been read for several.

    Empty where what happened may not be told: without it there is no message.
    """
    to = recipient_of(notice)
    asked = {
        matter: answer_to(Wondering(child=notice.mention, matter=matter, to=to), now, pack)
        for matter in MATTERS
    }
    told = {m: answer for m, answer in asked.items() if answer.verdict is Verdict.SHARE}
    return told if Matter.INCIDENT in told else {}


def items_of(told: Told) -> frozenset[Item]:
    """Return what the door to the child opens: of the fact alone, nothing that was said."""
    items = {MATTERS[matter] for matter in told}
    if told and told[Matter.INCIDENT].extent is Extent.FACT:
        items -= {Item.VOICE}
    return frozenset(items)


def rows_in_words(told: Told) -> str:
    """Return "SH-02 of sharing 2026.1", or several; "" where nothing may be told."""
    rows = dict.fromkeys((answer.row, answer.pack) for answer in told.values())
    return ", ".join(f"{row} of {pack}" for row, pack in rows)
