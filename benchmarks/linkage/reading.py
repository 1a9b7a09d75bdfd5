"""Truth, clusters and pairs read from files, mentions and persons as numbers from 0."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Truth:
    """Who each mention is; arrays are by mention, `mention_ids` gives their order."""

    mention_ids: pa.Array
    person: Numbers
    columns: pa.Table

    def __len__(self) -> int:
        return len(self.person)

    def codes(self, column: str) -> tuple[Numbers, list[Any]]:
        """Return a column as numbers by mention, and what each number stands for."""
        return codes(self.columns[column])


@dataclass(frozen=True)
class Pairs:
    """Scored pairs: the numbers of two mentions, the weight, and whether it is a join."""

    left: Numbers
    right: Numbers
    weight: npt.NDArray[np.float64]
    join: npt.NDArray[np.bool_]


def table(path: Path) -> pa.Table:
    """Read a Parquet or CSV file; in CSV every column but `weight` is text."""
    if path.suffix == ".parquet":
        return pq.read_table(path)
    names = ("mention_id", "person_id", "mention_id_l", "mention_id_r", "decision")
    as_text = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    return pyarrow.csv.read_csv(path, convert_options=as_text)


def codes(column: pa.ChunkedArray) -> tuple[Numbers, list[Any]]:
    """Number the distinct values of a column; an empty value is one of them."""
    encoded = pc.dictionary_encode(column, null_encoding="encode").combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    return encoded.indices.to_numpy().astype(np.int64), encoded.dictionary.to_pylist()


def truth(path: Path) -> Truth:
    columns = table(path)
    person, _ = codes(columns["person_id"])
    return Truth(columns["mention_id"].combine_chunks(), person, columns)


def clusters(path: Path, known: Truth) -> Numbers:
    """Return the cluster of every mention; a mention that is not in the file is its own.

    Raises ValueError when the file has a mention twice, or one that the truth does not know.
    """
    found = table(path)
    at = places(found["mention_id"], known)
    if len(np.unique(at)) != len(at):
        raise ValueError("a mention is in the clusters twice")
    cluster, names = codes(found["person_id"])
    every = np.arange(len(known), dtype=np.int64) + len(names)
    every[at] = cluster
    return every


def pairs(path: Path, known: Truth) -> Pairs:
    found = table(path)
    return Pairs(
        places(found["mention_id_l"], known),
        places(found["mention_id_r"], known),
        found["weight"].to_numpy().astype(np.float64),
        pc.equal(found["decision"], "join").to_numpy(),
    )


def places(mention_ids: pa.ChunkedArray, known: Truth) -> Numbers:
    """Return where in the truth these mentions are."""
    at = pc.index_in(mention_ids, value_set=known.mention_ids)
    if at.null_count:
        raise ValueError(f"{at.null_count} mentions that the truth does not know")
    return at.to_numpy().astype(np.int64)
