"""A whole back-load linked at once: time, memory and accuracy, ours beside Splink's own start.

    python -m benchmarks.linkage.batch [--mentions 1000000] [--profiles usual city] [--seeds 7 8]
                                       [--trainings narrow] [--repeats 3] [--worlds DIR]

Generates the worlds it needs (or takes those in DIR), then runs Splink as its documentation starts
one off, in three ways of training, and `sightline link --train`, in turn, each as a process of its
own that reads the mentions and writes clusters and pairs. Training is part of every run. Time is
the median of the repeats, memory the highest peak; the judge's figures are of the last repeat.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.linkage import measure
from benchmarks.linkage.counting import Score, partners
from benchmarks.linkage.fairness import SURE, gap, joined
from benchmarks.linkage.generate import write
from benchmarks.linkage.judge import Verdict, judge
from benchmarks.linkage.profiles import PROFILES
from benchmarks.linkage.reading import pairs as read_pairs
from benchmarks.linkage.reading import truth as read_truth
from benchmarks.linkage.splink_default import TRAINING
from benchmarks.machine import header

OURS = "sightline link"
WEIGHTS = range(0, 31, 2)  # thresholds at which Splink's clusters are tried
COLUMNS = (
    "engine", "seconds", "peak MiB", "join: precision", "recall", "with review: F1",
    "questions in 100", "twins joined", "of", "same family joined", "of", "close namesakes joined",
    "of", "namesakes joined", "of",
    "gap, points",
)  # fmt: skip


def main() -> None:
    asked = _arguments()
    print(header())
    with TemporaryDirectory(prefix="sightline-worlds-") as folder:
        for profile in asked.profiles:
            for seed in asked.seeds:
                world = _world(asked.worlds or Path(folder), asked.mentions, seed, profile)
                title = f"{asked.mentions:,} mentions, {profile}, {seed}"
                _compare(world, asked.repeats, title, asked.trainings)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and judge a back-load beside Splink.")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--profiles", nargs="+", choices=PROFILES, default=["usual"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[7])
    parser.add_argument("--trainings", nargs="+", choices=TRAINING, default=list(TRAINING))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--worlds", type=Path, help="where worlds are kept and found again")
    return parser.parse_args()


def _world(folder: Path, mentions: int, seed: int, profile: str) -> Path:
    world = folder / f"{profile}-{mentions}-{seed}"
    if not (world / "truth.parquet").exists():
        write(mentions, seed, profile, world)
    return world


def commands(world: Path, out: Path, trainings: list[str]) -> dict[str, list[str]]:
    """Return what is run, by engine; each writes clusters and pairs into its folder of `out`."""
    beside = Path(sys.executable)
    found = {
        f"Splink, {how}": [str(beside), "-m", "benchmarks.linkage.splink_default",
                           "--training", how]
        for how in trainings
    }  # fmt: skip
    found[OURS] = [str(beside.with_name("sightline")), "link", "--train"]
    return {name: command + _files(name, world, out) for name, command in found.items()}


def _files(name: str, world: Path, out: Path) -> list[str]:
    folder = out / name
    folder.mkdir()
    clusters, pairs = folder / "clusters.parquet", folder / "pairs.parquet"
    mentions = world / "mentions.parquet"
    return ["--mentions", str(mentions), "--out", str(clusters), "--pairs", str(pairs)]


def _compare(world: Path, repeats: int, title: str, trainings: list[str]) -> None:
    print(f"\n## {title}\n\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with TemporaryDirectory(prefix="sightline-out-") as out:
        runs: dict[str, list[measure.Run]] = {}
        every = commands(world, Path(out), trainings)
        for _ in range(repeats):
            for name, command in every.items():
                runs.setdefault(name, []).append(_run(name, command))
        times = {name: measure.median(made) for name, made in runs.items()}
        for name, time in times.items():
            print(_row(name, time, _judged(world, Path(out) / name)))
        print(f"\n{_ratios(times)}\n")
        print("\n".join(_best(name, world, Path(out) / name) for name in every if name != OURS))


def _run(name: str, command: list[str]) -> measure.Run:
    try:
        return measure.run(command)
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{name} failed:\n{failed.output[-2000:]}")


def _judged(world: Path, folder: Path) -> Verdict:
    return judge(world / "truth.parquet", folder / "clusters.parquet", folder / "pairs.parquet")


def _row(name: str, time: measure.Run, found: Verdict) -> str:
    cases = [f"{n:,}" for case in found.cases.values() for n in (case.joined, case.pairs)]
    cells = [
        name, f"{time.seconds:.1f}", f"{time.peak_mib:,.0f}", f"{found.join.precision:.4f}",
        f"{found.join.recall:.4f}", *_review(found), *cases,
        f"{gap(found.groups['tradition']):.1f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _review(found: Verdict) -> list[str]:
    if found.reviewed is None or found.review is None:
        return ["", ""]
    return [f"{found.reviewed.f1:.4f}", f"{100 * found.review.asked / found.mentions:.2f}"]


def _ratios(times: dict[str, measure.Run]) -> str:
    ours = times[OURS].seconds
    parts = [f"{ours / t.seconds:.2f} of {n}" for n, t in times.items() if n != OURS]
    return f"Wall time of {OURS}: {', '.join(parts)}."


def _best(name: str, world: Path, folder: Path) -> str:
    """Say what the engine could do at the best threshold, which nobody knows without the truth."""
    known = read_truth(world / "truth.parquet")
    found = read_pairs(folder / "pairs.parquet", known)
    scores = [
        partners(joined(found, found.weight >= weight, len(known)), known.person).score()
        for weight in WEIGHTS
    ]
    best = max(scores, key=lambda score: score.f1)
    sure = next((score for score in scores if score.precision >= SURE), Score(1, 0))
    return (
        f"{name} at its best threshold: precision {best.precision:.4f}, recall {best.recall:.4f}, "
        f"F1 {best.f1:.4f}; recall {sure.recall:.4f} where precision is {SURE}."
    )


if __name__ == "__main__":
    main()
