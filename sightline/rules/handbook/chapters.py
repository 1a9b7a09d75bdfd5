"""Every chapter of the handbook, in the order of the working day, and the document made of them.

`python -m sightline.rules.handbook.chapters` writes docs/rules.md; a test holds it to the rules.
"""

from pathlib import Path

from sightline.rules.access import describe as access
from sightline.rules.access import rules_file as access_rules
from sightline.rules.assurance import describe as assurance
from sightline.rules.clocks import describe as clocks
from sightline.rules.disclosure import describe as disclosure
from sightline.rules.embargo import describe as embargo
from sightline.rules.encompass import describe as encompass
from sightline.rules.escalation import describe as escalation
from sightline.rules.feedback import describe as feedback
from sightline.rules.handbook.parts import Chapter
from sightline.rules.handbook.writing import as_markdown
from sightline.rules.meetings import describe as meetings
from sightline.rules.research import describe as research
from sightline.rules.research import rules_file as research_rules
from sightline.rules.screening import describe as screening
from sightline.rules.sharing import describe as sharing
from sightline.rules.sharing.pack_file import shipped_packs
from sightline.rules.statistics import describe as statistics

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "rules.md"


def chapters() -> tuple[Chapter, ...]:
    """Return every set of rules that comes with Sightline, in words."""
    return (
        *screening.chapters(),
        *(research.describe(rules) for rules in research_rules.shipped_rules()),
        *meetings.chapters(),
        *encompass.chapters(),
        *clocks.chapters(),
        *escalation.chapters(),
        *feedback.chapters(),
        *(sharing.describe(pack) for pack in shipped_packs()),
        *(access.describe(rules) for rules in access_rules.shipped_rules()),
        *embargo.chapters(),
        *assurance.chapters(),
        *statistics.chapters(),
        *disclosure.chapters(),
    )


def document() -> str:
    """Return the text of docs/rules.md."""
    return as_markdown(chapters())


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
