"""Who is left out of files that leave, as a chapter that can be read and corrected."""

from sightline.rules.embargo.rows import EmbargoRules, shipped_rules
from sightline.rules.handbook.parts import Chapter, Section


def chapters() -> tuple[Chapter, ...]:
    """Return every version of the embargo, in words."""
    return tuple(map(_chapter, shipped_rules()))


def _chapter(rules: EmbargoRules) -> Chapter:
    said = (
        f"Whoever Sightline has known for less than {rules.days} days is in no file of rows about "
        "single persons that leaves it, by number or pseudonym either: there is time to flag who "
        "is in danger.",
        "Nobody whose record is restricted, or of whom the vault holds how or where they are safe, "
        "is ever in such a file.",
        "How many rows were left out, and why, is said beside the file.",
    )
    return Chapter(
        title=rules.title,
        key=f"{rules.id} {rules.version}",
        source=rules.source,
        where="sightline/rules/embargo/data",
        commencement=rules.commencement,
        end=rules.end,
        sections=(Section("Who is left out", said),),
    )
