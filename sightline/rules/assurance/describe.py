"""What an audit of a file looks at, as a chapter that can be read and corrected."""

from sightline.rules.assurance.themes import FileAudit, shipped_audits
from sightline.rules.handbook.parts import Chapter, Section, Table

HOW = (
    "One file is one child after one incident. Each theme is answered on its own: yes, partly, no, "
    "or does not apply, with what in the file shows it where it is not yes.",
    "Partly and no are both counted as not enough, and shown apart. What does not apply counts in "
    "no share.",
)


def chapters() -> tuple[Chapter, ...]:
    """Return every version, in words."""
    return tuple(map(_chapter, shipped_audits()))


def _chapter(audit: FileAudit) -> Chapter:
    rows = tuple((one.name, " ".join(one.questions), one.published) for one in audit.themes)
    table = Table(("Theme", "What to look for", "Published in 2016"), rows)
    return Chapter(
        title=audit.title,
        key=audit.key,
        source=audit.source,
        where="sightline/rules/assurance/data",
        commencement=audit.commencement,
        end=audit.end,
        sections=(Section("How it is done", HOW), Section("Themes", (), (table,))),
    )
