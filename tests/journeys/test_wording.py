"""While somebody writes, words that make the victim responsible are pointed out."""

import re

import pytest

from tests.journeys import way
from tests.journeys.doors import body_of, send_by_machine
from tests.journeys.family import LAST_NIGHT, Family

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
# No other journey reads the messages of their school.
REED = Family(
    "WORDS-1", "Bethan", "Reed", "Craig", "Holloway", "Ellie", "44", "Saltmarsh Row", "ZZ9 3LM",
    "Mill Road Academy", "",
)  # fmt: skip
SAND = Family(
    "WORDS-2", "Hannah", "Sand", "Craig", "Merton", "Tess", "5", "Windmill Rise", "ZZ9 3LP",
    "Mill Road Academy", "",
)  # fmt: skip


def test_a_better_sentence_is_offered_while_writing_and_nothing_is_refused(invite, sightline, eyes):
    send_by_machine(sightline, body_of(REED, "WORDS-1"))
    core = invite().signs_in("administrator")
    way.open_family(core, REED)
    core.presses("Screen Ellie").presses("Scale", "Pages of this screening")
    asked = []
    core.page.on("request", lambda request: asked.append(request.url))
    core.writes("Why", "The mother failed to protect her.")
    hint = core.page.get_by_role("status").filter(has_text="failed to protect")
    hint.wait_for()
    assert "You might write: [Perpetrator] exposed" in hint.inner_text()
    core.writes("Why", "Craig threatened Bethan while Ellie listened.")
    hint.wait_for(state="hidden")
    assert not asked, "what is written stays in the browser"
    core.writes("Why", "Mother failed to protect her.").chooses("3, Serious", "Your scale")
    core.presses("Set the scale").sees("Scale set: 3, Serious").sees("Saved as you wrote it")
    assert re.search("“failed to protect”", core.text)
    assert eyes.complaints() == ""


def test_an_assessment_by_another_tool_is_recorded_and_read(invite, sightline, eyes):
    send_by_machine(sightline, body_of(SAND, "WORDS-2"))
    core = invite().signs_in("administrator")
    way.open_family(core, SAND)
    core.presses("Assessments by other tools").presses("Victim checklist")
    core.chooses("Hannah Sand", "About").writes("Who made it", "Ros Lane, IDVA")
    core.selects("Agency of who made it", "Haven Domestic Abuse Service")
    for part in ("Day", "Month", "Year"):
        core.writes(part, str(getattr(LAST_NIGHT, part.lower())), "Day of the assessment")
    core.chooses("Yes", "D2 ").chooses("High", "The assessor").presses("Record")
    core.sees("1 counted, standard from 0")
    core.writes("Why this level", "He has strangled her before.").presses("Record")
    core.sees("Recorded: Victim checklist").sees("He has strangled her before.")
    assert eyes.complaints() == ""
