"""Sentences that a practitioner can read and argue with, and what is said about each."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from sightline.rules.datafile import DataFileError
from sightline.rules.wording import check, load_phrases, phrases_on, shipped_phrases

DAY = date(2026, 11, 22)
with (Path(__file__).parent / "sentences.csv").open(encoding="utf-8") as table:
    SENTENCES = [(row["sentence"], row["found"]) for row in csv.DictReader(table)]


@pytest.mark.parametrize(("sentence", "found"), SENTENCES)
def test_what_is_said_about(sentence, found):
    assert [hint.phrase for hint in check(sentence, DAY)] == ([found] if found else [])


def test_hints_come_in_the_order_of_the_text_and_quote_it():
    hints = check("A lifestyle  choice.\nShe Failed to protect him.", DAY)
    assert [hint.written for hint in hints] == ["lifestyle choice", "Failed to protect"]
    assert all(hint.why and "[" in hint.instead for hint in hints)


def test_no_better_sentence_holds_a_phrase_itself():
    for phrase in shipped_phrases()[-1].phrases:
        assert check(phrase.instead, DAY) == ()


def test_every_phrase_is_found_as_it_is_written():
    for phrase in shipped_phrases()[-1].phrases:
        for words in phrase.words:
            written = words.replace("...", "the very").replace("*", "")
            assert phrase.id in {hint.phrase for hint in check(f"({written})", DAY)}, words


def test_before_the_first_list_nothing_is_said():
    assert phrases_on(date(2000, 1, 1)) is None
    assert check("failed to protect", date(2000, 1, 1)) == ()


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('words = ["a b"]', "words = []", "p1: words must hold"),
        ('words = ["a b"]', 'words = ["(a"]', r"p1: words are small letters"),
        ('words = ["a b"]', 'words = ["..."]', r"p1: words are small letters"),
        ('why = "because"', "", "p1: why must be text"),
        ("[[phrases]]", "[[phrases]]\ncolour = 1", "p1: unknown key colour"),
        ("commencement = 2026-01-01", "", "commencement must be a date"),
    ],
)
def test_a_wrong_list_is_refused_with_its_place(tmp_path, was, becomes, fault):
    right = """id = "wording"
version = "1"
title = "t"
source = "s"
commencement = 2026-01-01
[[phrases]]
id = "p1"
words = ["a b"]
why = "because"
instead = "[Who] did it."
"""
    path = tmp_path / "phrases_1.toml"
    path.write_text(right)
    assert re.search(load_phrases(path).phrases[0].pattern, "a  b")
    path.write_text(right.replace(was, becomes))
    with pytest.raises(DataFileError, match=f"phrases_1.toml.*{fault}"):
        load_phrases(path)
