"""A partnership lays its licensed words over the same ids; what is asked and weighed stays."""

from datetime import date

import pytest

from sightline.rules.datafile import DataFileError
from sightline.rules.screening.own_words import as_file, in_own_words, questions_of, read_own_words
from sightline.rules.screening.tools import read_answers, result, tool_called
from tests.rules.screening.cast import MATRIX

DASH = tool_called("dash 2026.1")
KNOWN = (MATRIX, DASH)
DAY = date(2026, 11, 22)


def written(of=DASH, change=("", ""), more="") -> str:
    questions = {id_: f"Licensed words on {id_}" for id_ in questions_of(of)}
    lines = "\n".join(f'{id_} = "{words}"' for id_, words in questions.items())
    head = f'of = "{of.key}"\nversion = "L1"\nsource = "Licence 12"\ncommencement = 2026-12-01\n'
    text = f"{head}\n[questions]\n{lines}\n{more}"
    assert change[0] in text
    return text.replace(*change, 1)


def read(text):
    return read_own_words(text, "own.toml", KNOWN)


@pytest.mark.parametrize("of", KNOWN, ids=lambda one: one.key)
def test_the_words_change_and_nothing_else_does(of):
    own = in_own_words(of, read(written(of)))
    assert set(questions_of(own).values()) == {f"Licensed words on {i}" for i in questions_of(of)}
    assert list(questions_of(own)) == list(questions_of(of))
    assert (own.key, own.commencement) == (of.key, of.commencement)
    assert [i.id for i in own.items] == [i.id for i in of.items]


def test_floors_and_labels_stay_so_that_the_same_answers_come_to_the_same():
    own = in_own_words(MATRIX, read(written(MATRIX)))
    assert [(i.floor, i.label, i.route) for i in own.items] == [
        (i.floor, i.label, i.route) for i in MATRIX.items
    ]


def test_without_own_words_it_is_itself():
    assert in_own_words(DASH, None) is DASH


def test_a_partnerships_threshold_comes_with_its_words():
    own = in_own_words(DASH, read(written(more="[thresholds]\nmarac = 17\n[bands]\nhigh = 15\n")))
    fourteen = read_answers(own, {f"D{n}": "yes" for n in range(1, 15)})
    assert result(DASH, fourteen).band.id == "high"
    assert result(own, fourteen).band.id == "medium"
    assert result(own, fourteen).reached == ()


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('D3 = "Licensed words on D3"', "", "missing ids: D3"),
        ("D3 = ", "D99 = ", "unknown ids: D99; missing ids: D3"),
        ('D3 = "Licensed words on D3"', 'D3 = " "', "questions: D3 must be text"),
        ("dash 2026.1", "dash 1999", "there is no such version; there are child-matrix 2026.1, da"),
        ("of =", "off =", "unknown key off"),
        ("2026-12-01", "soon", "not readable as TOML"),
    ],
)
def test_a_faulty_file_is_refused_with_a_list(right, wrong, fault):
    with pytest.raises(DataFileError, match=f"own.toml.*{fault}"):
        read(written(change=(right, wrong)))


@pytest.mark.parametrize(
    ("of", "more", "fault"),
    [
        (DASH, "[bands]\nmedium = 20", "bands must each have a from: 0 at first, then rising"),
        (DASH, "[thresholds]\nmarac = 30", "marac: from 30, and only 24 can be counted"),
        (DASH, "[bands]\nextreme = 20", "unknown ids: extreme"),
        (MATRIX, "[bands]\nhigh = 3", "those of a tool that counts"),
    ],
)
def test_thresholds_that_do_not_fit_are_refused(of, more, fault):
    with pytest.raises(DataFileError, match=fault):
        read(written(of, more=more))


@pytest.mark.parametrize("of", KNOWN, ids=lambda one: one.key)
def test_what_is_written_out_can_be_read_again(of):
    own = read(written(of))
    assert read(as_file(of, own, DAY)).questions == own.questions
    assert in_own_words(of, read(as_file(of, None, DAY))) == of
