"""docs/rules.md is what the rules say, in sentences that somebody can correct."""

from datetime import date
from pathlib import Path

import pytest

from sightline.rules.handbook.chapters import DOCUMENT, chapters, document
from sightline.rules.handbook.parts import Chapter, Section, Table
from sightline.rules.handbook.writing import as_markdown

ROOT = Path(__file__).resolve().parents[3]
ALL = chapters()
EACH = pytest.mark.parametrize("chapter", ALL, ids=[chapter.slug for chapter in ALL])


def test_the_document_is_what_the_rules_say():
    written = DOCUMENT.read_text("utf-8")
    assert written == document(), "write it again: python -m sightline.rules.handbook.chapters"


def test_every_folder_of_dated_data_has_a_chapter():
    files = ROOT.glob("sightline/rules/**/data/*.toml")
    told = {chapter.where for chapter in ALL}
    assert {str(file.parent.relative_to(ROOT)) for file in files} - told == set()


def test_no_two_chapters_share_a_key():
    assert len({chapter.slug for chapter in ALL}) == len(ALL)


@EACH
def test_a_chapter_says_where_it_comes_from_and_where_to_correct_it(chapter):
    assert chapter.source.strip()
    assert (ROOT / chapter.where).exists()
    assert chapter.sections


@EACH
def test_a_chapter_speaks_in_sentences_and_whole_rows(chapter):
    for section in chapter.sections:
        for sentence in section.sentences:
            assert sentence[-1] in ".:?", sentence
            assert not sentence[0].islower(), sentence
        for table in section.tables:
            assert {len(row) for row in table.rows} == {len(table.headings)}


def test_a_handbook_has_its_contents_its_sections_and_safe_cells():
    chapter = Chapter(
        "Clocks", "clocks 1", "An Act.", "sightline/rules", date(2026, 1, 2),
        (Section("Days", ("One.",), (Table(("a", "b"), (("x|y", "two\nlines"),)),)),),
        end=date(2026, 12, 31),
    )  # fmt: skip
    text = as_markdown([chapter])
    assert "- [Clocks](#clocks-clocks-1)" in text
    assert "## Clocks (clocks 1)" in text
    assert "In force from 2 January 2026 to 31 December 2026. An Act." in text
    assert "| x\\|y | two lines |" in text
