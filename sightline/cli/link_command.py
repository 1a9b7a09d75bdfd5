"""`sightline link`: who is who in a file of mentions, with no running system.

`sightline link train` makes a model of such a file.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from sightline.cli.boot import Problem

TODAY = datetime.now().astimezone().date()
HELP = "say who is who in a file of mentions, or train a model on one"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("link", "train"), default="link")
    parser.add_argument("--mentions", type=Path, required=True, help="CSV or Parquet, see the docs")
    parser.add_argument(
        "--out", type=Path, required=True, help="mention_id, person_id; or the model"
    )
    parser.add_argument("--pairs", type=Path, help="pairs joined, and pairs for a human to review")
    parser.add_argument("--model", type=Path, help="a trained model; the shipped one if left out")
    parser.add_argument("--train", action="store_true", help="train on the file itself first")
    parser.add_argument(
        "--for-others", action="store_true", help="a model without any name of the file (train)"
    )
    parser.add_argument("--threads", type=int, help="as many as the machine has, if left out")
    parser.add_argument("--version", default=f"trained-{TODAY}", help="what a new model is called")


def run(options: argparse.Namespace) -> int:
    from sightline.linkage import files
    from sightline.linkage.reading import FileProblem
    from sightline.rules.linkage.model import ModelProblem

    try:
        if options.what == "train":
            told = files.train(
                options.mentions, options.out, version=options.version, on=TODAY,
                threads=options.threads, for_others=options.for_others,
            )  # fmt: skip
        else:
            told = files.link(
                options.mentions, options.out, pairs=options.pairs, model=options.model,
                train=options.train, threads=options.threads, on=TODAY,
            )  # fmt: skip
    except (FileProblem, ModelProblem) as problem:
        raise Problem(str(problem)) from problem
    sys.stdout.write(told + "\n")
    return 0
