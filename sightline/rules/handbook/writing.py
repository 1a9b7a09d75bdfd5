"""A handbook as Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sightline.rules.handbook.parts import Chapter, Section, Table

BEGINNING = """# Rules

Every rule that Sightline applies, in words: who says so, from when, and what follows. Written from
the rules themselves by `python -m sightline.rules.handbook.chapters`. A wrong sentence here is a
wrong rule: correct the file that the chapter names, give it a new version and a commencement, and
write this again. A rule suggests and explains; a person decides.
"""


def as_markdown(chapters: Sequence[Chapter]) -> str:
    """Return the whole handbook."""
    contents = [f"- [{chapter.title}](#{_anchor(_heading(chapter))})" for chapter in chapters]
    bodies = ("\n".join(_chapter(chapter)) for chapter in chapters)
    return "\n".join([BEGINNING, *contents, "", *bodies])


def _heading(chapter: Chapter) -> str:
    return f"{chapter.title} ({chapter.key})"


def _anchor(heading: str) -> str:
    """Return the anchor that readers of Markdown make of a heading."""
    kept = "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {_heading(chapter)}\n"
    yield f"In force from {_day(chapter.commencement)}{_until(chapter.end)}. {chapter.source}\n"
    yield f"Correct it in `{chapter.where}`.\n"
    for section in chapter.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"### {section.title}\n"
    if section.sentences:
        yield "\n".join(f"- {sentence}" for sentence in section.sentences) + "\n"
    for table in section.tables:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield _row(table.headings)
    yield _row("---" for _ in table.headings)
    yield from (_row(row) for row in table.rows)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _until(end: date | None) -> str:
    return f" to {_day(end)}" if end else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
