"""Splink as its documentation starts one off, on our columns: the run that ours is held against.

    python -m benchmarks.linkage.splink_default --mentions IN --out OUT --pairs PAIRS

Comparisons are the ready-made ones for such columns, rules and training those of the quick start
and of the documented example with names, birth dates and postcodes. The quick start's own rules,
one forename or one surname, would make a thousand million pairs of a million mentions. Values are
cleaned as the documentation asks: lower case, no blanks around, nothing for "unknown".
"""

import argparse
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI

JOIN = 0.95  # probability; the threshold of the quick start
PLACEHOLDERS = "('nk', 'n/k', 'unknown', 'not known', 'not given', '?', '')"
CLEAN = f"""
CREATE TABLE mentions AS
SELECT
    mention_id AS unique_id,
    CASE WHEN given IN {PLACEHOLDERS} THEN NULL ELSE given END AS first_name,
    CASE WHEN family IN {PLACEHOLDERS} THEN NULL ELSE family END AS surname,
    try_cast(dob AS DATE) AS dob,
    nullif(regexp_replace(upper(postcode), '^(.*?) *(...)$', '\\1 \\2'), '') AS postcode,
    nullif(sex, '') AS sex,
    nullif(regexp_replace(phone, '^\\+44 ?|[^0-9]', '', 'g'), '') AS phone,
    nullif(replace(nhs_number, ' ', ''), '') AS nhs_number
FROM (SELECT *, lower(trim(given_name)) AS given, lower(trim(surname)) AS family FROM source)
"""
NAME = block_on("first_name", "surname")
RULES = [
    NAME,
    block_on("surname", "dob"),
    block_on("first_name", "dob"),
    block_on("first_name", "postcode"),
    block_on("surname", "postcode"),
    block_on("nhs_number"),
]  # fmt: skip


# Which pairs m is estimated from. The quick start's two rules make 30 million pairs of a million
# mentions, most of them strangers, and may settle on households; the others are what somebody who
# knows Splink would try next. Ours is held against all three.
QUICK_START = [NAME, block_on("dob")]
TRAINING = {
    "documented": (QUICK_START, None),
    "sampled": (QUICK_START, 1e6),
    "narrow": ([block_on("surname", "dob"), block_on("first_name", "postcode")], None),
}


def settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=False),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("sex"),
            cl.ExactMatch("phone"),
            cl.ExactMatch("nhs_number"),
        ],
        blocking_rules_to_generate_predictions=RULES,
        retain_matching_columns=False,
    )


def link(mentions: Path, out: Path, pairs: Path, how: str) -> None:
    """Train, score and cluster, and write both files in the form of `sightline link`."""
    connection = duckdb.connect()
    api = DuckDBAPI(connection=connection)
    reader = "read_parquet" if mentions.suffix == ".parquet" else "read_csv"
    connection.execute(f"CREATE VIEW source AS SELECT * FROM {reader}('{mentions}')")
    connection.execute(CLEAN)
    linker = Linker(api.register("mentions"), settings(), log_level=30)
    train(linker, how)
    predicted = linker.inference.predict(threshold_match_weight=-2)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, JOIN)
    _write(connection, clusters.physical_name, predicted.physical_name, out, pairs)


def train(linker: Linker, how: str) -> None:
    """Estimate the prior, u by random pairs, and m twice."""
    training = linker.training
    surely = block_on("first_name", "surname", "dob")
    training.estimate_probability_two_random_records_match([surely], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    rules, at_most = TRAINING[how]
    for rule in rules:
        training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=at_most)


def _write(
    connection: duckdb.DuckDBPyConnection, clusters: str, predicted: str, out: Path, pairs: Path
) -> None:
    columns = "unique_id AS mention_id, cluster_id AS person_id"
    connection.execute(f"COPY (SELECT {columns} FROM {clusters}) TO '{out}'")
    scored = f"""SELECT unique_id_l AS mention_id_l, unique_id_r AS mention_id_r,
        match_weight AS weight,
        CASE WHEN match_probability >= {JOIN} THEN 'join' ELSE 'review' END AS decision
        FROM {predicted}"""
    connection.execute(f"COPY ({scored}) TO '{pairs}'")


def main() -> None:
    parser = argparse.ArgumentParser(description="Link mentions with Splink's defaults.")
    for name in ("mentions", "out", "pairs"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--training", choices=TRAINING, default="documented")
    asked = parser.parse_args()
    link(asked.mentions, asked.out, asked.pairs, asked.training)


if __name__ == "__main__":
    main()
