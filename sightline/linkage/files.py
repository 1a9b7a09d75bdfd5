"""`sightline link`: files in, files out. The columns are those of `reading`."""

import json
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection

from sightline.linkage import blocking, linking, reading, standard, training
from sightline.rules.linkage.model import Model, load, shipped


def link(
    mentions: Path,
    out: Path,
    *,
    pairs: Path | None = None,
    model: Path | None = None,
    train: bool = False,
    threads: int | None = None,
    on: date,
) -> str:
    """Write who is who, and return what happened in words.

    `out`: mention_id, person_id (the lowest mention_id of the person). `pairs`: mention_id_l,
    mention_id_r, weight, decision. Rows that cannot be used are written beside `out`, with their
    reason. Without a model the shipped one is used, with the names of the file; with `train` all
    of a model is learnt from the file. Raises reading.FileProblem and model.ModelProblem.
    """
    _refuse_missing_folders(out, pairs)
    with TemporaryDirectory() as folder:
        con = _open(mentions, folder, threads)
        found = _model_and_pairs(con, model, train=train, on=on, alone=threads == 1)
        linked = linking.link(con, found)
        _write(
            con,
            "select raw.mention_id, named.mention_id as person_id from raw"
            " join person using (id) join raw named on named.id = person.person",
            out,
        )
        if pairs is not None:
            _write(
                con,
                "select l.mention_id as mention_id_l, r.mention_id as mention_id_r, weight,"
                " decision from decided join raw l on l.id = a join raw r on r.id = b",
                pairs,
            )
        refused = _refused(con, out)
    return (
        f"{linked.mentions:,} mentions are {linked.persons:,} persons; "
        f"{linked.questions:,} pairs are for a human to review.{refused}"
    )


def train(
    mentions: Path,
    out: Path,
    *,
    version: str,
    on: date,
    threads: int | None = None,
    for_others: bool = False,
) -> str:
    """Train a model on a file of mentions, write it, and return what happened in words.

    `for_others`: no name of the file is in it.
    """
    _refuse_missing_folders(out)
    with TemporaryDirectory() as folder:
        con = _open(mentions, folder, threads)
        model = training.train(con, version=version, on=on, told=mentions.name)
        if for_others:
            model = training.without_names(model)
    out.write_text(json.dumps(model.data, indent=1) + "\n", encoding="utf-8")
    return f"Model {version} is trained on {model.data['trained']['mentions']:,} mentions: {out}"


def _refuse_missing_folders(*written: Path | None) -> None:
    """Say so before the work and not after it."""
    for path in written:
        if path is not None and not path.absolute().parent.is_dir():
            raise reading.FileProblem(f"{path}: there is no folder {path.parent}. Make it first.")


def _open(mentions: Path, folder: str, threads: int | None) -> DuckDBPyConnection:
    con = duckdb.connect(config={"temp_directory": folder, "preserve_insertion_order": False})
    if threads is not None:
        con.execute(f"set threads = {threads}")
    reading.read(con, mentions)
    standard.standardise(con)
    return con


def _model_and_pairs(
    con: DuckDBPyConnection, path: Path | None, *, train: bool, on: date, alone: bool
) -> Model:
    """Return the model, and make the pairs: meanwhile, as training leaves cores idle, or before."""
    with ThreadPoolExecutor(1) as beside:
        made = beside.submit(blocking.block, con.cursor())
        if alone:
            wait([made])
        model = _model(con, path, train=train, on=on)
        made.result()
    return model


def _model(con: DuckDBPyConnection, path: Path | None, *, train: bool, on: date) -> Model:
    if train:
        return training.train(con, version="of this file", on=on, told="this file")
    return training.adapt(con, shipped()) if path is None else load(path)


def _write(con: DuckDBPyConnection, sql: str, path: Path) -> None:
    form = "parquet" if path.suffix == ".parquet" else "csv, header"
    con.execute(f"copy ({sql}) to {reading.quoted(path)} (format {form})")


def _refused(con: DuckDBPyConnection, out: Path) -> str:
    many = con.execute("select count(*) from refused").fetchall()[0][0]
    if not many:
        return ""
    beside = out.with_suffix(".refused.csv")
    _write(con, "from refused", beside)
    return f" {many:,} rows were left out; they are in {beside}, each with its reason."
