"""Assessments by other tools: what was asked, what was answered, and the band, as each tool has it.

A *tool* is one version of such an assessment, about the victim or about a child. Its *band* is
counted from the answers, or judged by the assessor, or there is none. The assessor may always give
another band than the counted one, with a reason.

One tool's answers, counts and bands are never turned into another's, nor into the scale of the
child screening matrix. Nothing in this package takes two tools.
"""

from sightline.rules.screening.tools.parts import (
    About,
    AnswerSet,
    Band,
    BandIs,
    Choice,
    Kind,
    Section,
    Threshold,
    Tool,
    ToolItem,
)
from sightline.rules.screening.tools.reading import NotAnswered, Said, read_answers
from sightline.rules.screening.tools.result import Result, needs_reason, result
from sightline.rules.screening.tools.tool import (
    load_tools,
    shipped_tools,
    tool_called,
    tools_on,
)

__all__ = [
    "About",
    "AnswerSet",
    "Band",
    "BandIs",
    "Choice",
    "Kind",
    "NotAnswered",
    "Result",
    "Said",
    "Section",
    "Threshold",
    "Tool",
    "ToolItem",
    "load_tools",
    "needs_reason",
    "read_answers",
    "result",
    "shipped_tools",
    "tool_called",
    "tools_on",
]
