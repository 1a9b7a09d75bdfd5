"""What whoever reported may know, as a chapter that can be read and corrected."""

from sightline.rules.feedback.rows import EVERYBODY_ELSE, FeedbackRules, shipped_rules
from sightline.rules.handbook.parts import Chapter, Section, Table

HOW = (
    "It is told on the sender's own page, never by e-mail. That it was read is written down.",
    "Everybody sees that it was received, when it was with the team, and how many of its children "
    "are screened and decided on.",
    "A summary is, for each child whom the sender named, what was decided and when. Why, and what "
    "else is known of the family, is never part of it. Of a restricted record nothing is said.",
    "Nobody is told more than the rows on sharing say of what was decided: where no row lets an "
    "agency of that kind be told it at any scale, without agreement or condition, it is told the "
    "fact.",
    "A school reads on the message about its pupil that it was decided what follows, and whom to "
    "ring.",
)


def chapters() -> tuple[Chapter, ...]:
    """Return every set of rules for feedback, in words."""
    return tuple(map(_chapter, shipped_rules()))


def _chapter(rules: FeedbackRules) -> Chapter:
    listed = ((row.to.replace("_", " "), row.extent.value, row.because) for row in rules.rows)
    others = ("any other agency", EVERYBODY_ELSE.extent.value, EVERYBODY_ELSE.because)
    table = Table(("Who reported", "May know", "Because"), (*listed, others))
    return Chapter(
        title=rules.title,
        key=f"{rules.id} {rules.version}",
        source=rules.source,
        where="sightline/rules/feedback/data",
        commencement=rules.commencement,
        end=rules.end,
        sections=(Section("How it is told", HOW), Section("Who may know what", (), (table,))),
    )
