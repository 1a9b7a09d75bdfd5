"""`sightline link`: files in, files out, as the contract has it."""

import subprocess
import sys
from random import Random

import pytest

from sightline.cli import main
from tests.linkage.linked import FAMILY, jayden, link, link_file, read
from tests.linkage.tables import row, write_csv

MOTHER, FIRST, TWIN = "m00005", "m00000", "m00001"
PERSONS = {
    FIRST: FIRST, "m00002": FIRST, TWIN: TWIN, "m00003": TWIN, "m00004": "m00004", MOTHER: MOTHER,
}  # fmt: skip
WITHOUT_DJANGO = """
import argparse, sys
sys.modules["django"] = None
from sightline.cli import link_command
parser = argparse.ArgumentParser()
link_command.add_to(parser)
sys.exit(link_command.run(parser.parse_args()))
"""


@pytest.mark.parametrize("name", ["in.csv", "in.parquet", "it's in.csv"])
def test_who_is_who_is_written_from_csv_and_from_parquet(tmp_path, name):
    persons, pairs = link(tmp_path, name=name)
    assert persons == PERSONS
    assert {tuple(pair) for pair in pairs} == {
        ("mention_id_l", "mention_id_r", "weight", "decision")
    }
    joined = {(p["mention_id_l"], p["mention_id_r"]) for p in pairs if p["decision"] == "join"}
    assert joined == {(FIRST, "m00002"), (TWIN, "m00003")}
    assert all(float(pair["weight"]) > 20 for pair in pairs if pair["decision"] == "join")


def test_only_join_and_review_are_written_and_a_review_is_of_two_persons(tmp_path):
    more = [jayden(n, n, given_name="J", house_no="") for n in range(10, 60)]
    persons, pairs = link(tmp_path, [*FAMILY, *more])
    assert {pair["decision"] for pair in pairs} == {"join", "review"}
    for pair in pairs:
        one = persons[pair["mention_id_l"]] == persons[pair["mention_id_r"]]
        assert one == (pair["decision"] == "join")


@pytest.mark.parametrize("beside", [True, False])
def test_an_unnamed_mention_is_one_of_two_known_twins_only_for_a_human(tmp_path, beside):
    """As one by one (tests/rules/linkage/test_twins.py)."""
    number = {"nhs_number": "9990000018"}
    twin = [jayden(1, 1, given_name="Kayden")] if beside else []
    rows = [jayden(0, 1, **number), *twin, jayden(2, 2), jayden(3, 3, given_name="", **number)]
    persons, _ = link(tmp_path, rows)
    assert persons["m00002"] == "m00000"
    assert (persons["m00003"] == "m00000") is not beside


def test_out_and_pairs_may_be_parquet_and_pairs_may_be_left_out(tmp_path):
    import pyarrow.parquet as pq

    source, out = write_csv(tmp_path / "in.csv", FAMILY), tmp_path / "out.parquet"
    assert main(["link", "--mentions", str(source), "--out", str(out)]) == 0
    assert dict(zip(*pq.read_table(out).to_pydict().values(), strict=True)) == PERSONS
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "out.parquet"}


def test_columns_that_are_not_there_are_empty_and_others_are_left_out(tmp_path):
    few = ("surname", "colour", "mention_id", "dob", "given_name", "house_no", "postcode")
    persons, _ = link(tmp_path, [{**each, "colour": "red"} for each in FAMILY], columns=few)
    assert persons["m00002"] == persons[FIRST] != persons[TWIN]


def test_only_the_names_need_to_be_there(tmp_path, capsys):
    source = write_csv(tmp_path / "in.csv", FAMILY, ("mention_id", "dob", "given_name"))
    assert main(["link", "--mentions", str(source), "--out", str(tmp_path / "out.csv")]) == 2
    assert "has no column surname. It needs: mention_id" in capsys.readouterr().err


def test_rows_of_no_use_are_kept_with_their_reason(tmp_path, capsys):
    bad = [{**jayden(0, 8), "sex": "F"}, {**jayden(9, 9), "mention_id": "  "}]
    persons, _ = link(tmp_path, [*FAMILY, *bad])
    assert set(persons) == set(PERSONS)
    assert "2 rows were left out" in capsys.readouterr().out
    refused = read(tmp_path / "out.refused.csv")
    assert {each["reason"] for each in refused} == {
        "no mention_id",
        "a mention_id that came before",
    }
    assert {each["notification_id"] for each in refused} == {"n00008", "n00009"}


@pytest.mark.parametrize(
    ("written", "joins"),
    [
        ("17/05/2015", True),
        ("2015-05-17", True),
        ("2015-05-17 00:00:00", True),
        ("31/02/2015", True),  # no date at all: not known
        ("yes", True),
        ("2013-02-03", True),  # in one house: misheard
        ("1985-02-03", False),
    ],
)
def test_a_date_that_is_none_is_taken_as_not_known(tmp_path, written, joins):
    persons, _ = link(tmp_path, [jayden(0, 1), jayden(1, 2, dob=written)])
    assert (persons[FIRST] == persons[TWIN]) is joins


def test_values_keep_their_noughts_and_may_hold_anything(tmp_path):
    odd = 'a "quoted", comma\nand line'
    rows = [jayden(0, 1, street=odd), jayden(1, 2, street=odd, phone="01632960122")]
    rows = [{**each, "mention_id": f"00{n}"} for n, each in enumerate(rows)]
    assert link(tmp_path, rows)[0] == {"000": "000", "001": "000"}


def test_a_table_with_no_rows_makes_files_with_no_rows(tmp_path):
    assert link(tmp_path, []) == ({}, [])


@pytest.mark.parametrize(
    ("name", "content"),
    [("none.csv", None), ("in.csv", b""), ("in.parquet", b"mention_id\n1\n"), (".", None)],
)
def test_a_file_that_cannot_be_read_says_so(tmp_path, capsys, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = main(["link", "--mentions", str(tmp_path / name), "--out", str(tmp_path / "out.csv")])
    said = capsys.readouterr().err
    assert done == 2
    assert said.startswith("sightline: ")
    assert "Traceback" not in said
    assert str(tmp_path) in said


def test_a_folder_that_is_not_there_says_so_before_any_work(tmp_path, capsys):
    source = write_csv(tmp_path / "in.csv", FAMILY)
    done = main(["link", "--mentions", str(source), "--out", str(tmp_path / "no" / "out.csv")])
    assert done == 2
    assert "no folder" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{}", "mention_id"])
def test_a_model_that_is_none_says_so(tmp_path, capsys, content):
    source, model = write_csv(tmp_path / "in.csv", FAMILY), tmp_path / "model.json"
    model.write_text(content)
    done = main(
        ["link", "--mentions", str(source), "--out", str(tmp_path / "o.csv"), "--model", str(model)]
    )
    assert done == 2
    assert "is no model that can be used" in capsys.readouterr().err
    assert not (tmp_path / "o.csv").exists()


def test_the_order_of_rows_and_the_number_of_threads_do_not_matter(tmp_path):
    from benchmarks.linkage.generate import generate

    rows = generate(600, 2, "usual")[0].to_pylist()
    found = link(tmp_path, rows)
    for seed, threads in ((1, "1"), (2, "4")):
        again = link(tmp_path, Random(seed).sample(rows, len(rows)), "--threads", threads)
        assert again[0] == found[0]
        assert _sorted(again[1]) == _sorted(found[1])


def _sorted(pairs):
    return sorted(tuple(pair.values()) for pair in pairs)


def test_nobody_is_two_people_in_one_notification(tmp_path):
    rows = [jayden(n, n // 2) for n in range(6)]
    persons, _ = link(tmp_path, rows)
    named = [(each["notification_id"], persons[each["mention_id"]]) for each in rows]
    assert len(set(named)) == len(named)


def test_it_needs_no_django_and_no_database(tmp_path):
    source = write_csv(
        tmp_path / "in.csv", [row(0, 1, given_name="Ann", surname="Lee"), *FAMILY[1:]]
    )
    files = ["--mentions", str(source), "--out", str(tmp_path / "out.csv")]
    nowhere = {"DATABASE_URL": "postgresql://nobody@database.example/none", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *files],
        capture_output=True, text=True, check=False, env=nowhere,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("6 mentions are 5 persons")
    assert len(read(tmp_path / "out.csv")) == 6
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "out.csv"}


def test_a_trained_model_is_used_as_it_is(tmp_path):
    model = tmp_path / "model.json"
    source = write_csv(tmp_path / "in.csv", FAMILY)
    made = ["--mentions", str(source), "--out", str(model), "--version", "small"]
    assert main(["link", "train", *made]) == 0
    assert link_file(source, "--model", str(model))[0] == PERSONS
    assert link_file(source, "--train")[0] == PERSONS
