"""The ladders of escalation as a chapter that a screening manager can read and correct."""

from sightline.rules.escalation.ladder import Ladder, Ladders, Tier, To, shipped_ladders
from sightline.rules.handbook.parts import Chapter, Section, Table

TO = {
    To.WORKER: "whoever it was given to", To.MANAGER: "their manager",
    To.AGENCY: "the agency's lead", To.PARTNERSHIP: "those who run the screening team",
}  # fmt: skip
HOW = (
    "Every hour it is looked for what is late or soon due. Each tier hears once; what climbs is "
    "with the higher tier from then on.",
    "Tiers that passed while nothing ran are left out: the highest that has been reached hears.",
    "Whoever is away is stood in for by their deputy. Where there is no worker or manager, the "
    "agency's lead hears; where an agency has no lead, everybody of it who works on actions.",
    "A person says that they know of it, and closes it with what was done or agreed. What it is "
    "about stays late until it is done, and goes one tier higher if it is not.",
    "It closes by itself when what it is about is done, came back or was withdrawn, and says so.",
    "Whoever it is put before by name gets one e-mail that something waits; nothing else is in it.",
)


def chapters() -> tuple[Chapter, ...]:
    """Return every set of ladders, in words."""
    return tuple(map(_chapter, shipped_ladders()))


def _chapter(ladders: Ladders) -> Chapter:
    return Chapter(
        title=ladders.title,
        key=f"{ladders.id} {ladders.version}",
        source=ladders.source,
        where="sightline/rules/escalation/data",
        commencement=ladders.commencement,
        end=ladders.end,
        sections=(
            Section("How it is escalated", HOW),
            *(Section(ladder.name, (), (_tiers(ladder),)) for ladder in ladders.ladders),
        ),
    )


def _tiers(ladder: Ladder) -> Table:
    rows = ((when(tier), TO[tier.to], tier.words) for tier in ladder.tiers)
    return Table(("When", "To", "Words"), tuple(rows))


def when(tier: Tier) -> str:
    """Return "2 working days before it is due", "from the moment it is late"."""
    if tier.after == 0:
        return "from the moment it is late"
    unit = tier.unit.value.replace("_", " ")
    many = abs(tier.after)
    days = f"{many} {unit.removesuffix('s') if many == 1 else unit}"
    return f"{days} {'before it is due' if tier.after < 0 else 'late'}"
