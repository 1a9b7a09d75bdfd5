"""The five tables of the review over a country: our figures, plain SQL by hand, and pandas.

Writes a synthetic country of each size, as a snapshot and as plain rows, and has each contender
count the same five tables in a process of its own, in turn, some rounds. Their answers must be the
same. Prints the time, the time of processors and the peak memory of each, and the ratios of one
run. What a process does once is left out: imports, opening an empty DuckDB and its first grouping
(25 ms for either), and translating our questions (0.2 s for those of all figures, when the server
starts). Whoever takes
longer than --patience is ended and not asked again. "Again" is the same once more in the same
process, for whoever took less than two seconds.

"Ours" are the figures as at the newest moment, which only count rows and so read the tallies of the
snapshot; "ours, rows" are the same from its rows, as for an earlier moment or for a ward.

    python benchmarks/figures.py [--sizes 7000 700000 4435000] [--rounds 5] [--patience 600]
"""

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.machine import header

SIZES = (7_000, 700_000, 4_435_000)  # notifications in five years
YEARS = 5
CONTENDERS = ("ours", "ours, rows", "plain SQL", "pandas")
QUICK = 2.0  # seconds: who is quicker is asked again
MIB = 1024


def main(options: argparse.Namespace) -> None:
    print(header())
    print(
        "| notifications | child rows | contender | seconds | of processors | again, of processors"
        " | peak MiB | against ours: seconds, of processors |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(options.data or folder) / str(size)
            _size(kept, size, options.rounds, options.patience)


def _size(folder: Path, size: int, rounds: int, patience: float) -> None:
    if not (folder / "children.json").exists():
        folder.mkdir(parents=True)
        (folder / "children.json").write_text(json.dumps(_child("write", folder, str(size))))
    children = int(json.loads((folder / "children.json").read_text())["children"])
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTENDERS}
    gave_up: set[str] = set()
    for number in range(rounds):
        first = number % len(CONTENDERS)  # in turn: who comes first finds the files cold
        for name in CONTENDERS[first:] + CONTENDERS[:first]:
            if name not in gave_up:
                try:
                    runs[name].append(_child(name, folder, patience=patience))
                except subprocess.TimeoutExpired:
                    gave_up.add(name)
    digits = {run["digits"] for found in runs.values() for run in found}
    assert len(digits) == 1, "the contenders do not count the same"
    for name, found in runs.items():
        said = _said(found, runs["ours"], patience)
        print(f"| {size:,} | {children:,} | {name} | {said} |", flush=True)


def _said(found: list[dict[str, Any]], ours: list[dict[str, Any]], patience: float) -> str:
    if not found:
        return f"over {patience:,.0f} | | | | at least {patience / _median(ours, 'seconds'):.1f}"
    peak = max(run["peak"] for run in found) / MIB
    seconds, busy = (_median(found, what) for what in ("seconds", "processors"))
    again = f"{_median(found, 'again'):.3f}" if all("again" in run for run in found) else ""
    ratios = (took / _median(ours, what) for took, what in
              ((seconds, "seconds"), (busy, "processors")))  # fmt: skip
    return (
        f"{seconds:.3f} | {busy:.3f} | {again} | {peak:,.0f} |"
        f" {', '.join(f'{ratio:.1f}' for ratio in ratios)}"
    )


def _median(found: list[dict[str, Any]], what: str) -> float:
    return statistics.median(run[what] for run in found)


def _child(*words: object, patience: float | None = None) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, "--one", *map(str, words)],
        capture_output=True, text=True, check=True, timeout=patience,
    )  # fmt: skip
    return json.loads(done.stdout)


def one(name: str, folder: Path, *more: str) -> None:
    """Do one contender's work in this process and print what it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
    if name == "write":
        print(json.dumps({"children": _write(folder, int(more[0]))}))
        return
    count = _contender(name)
    gc.collect()
    gc.freeze()  # what was imported is nobody's work
    began, busy = time.perf_counter(), time.process_time()
    answers = count(folder)
    took = {"seconds": time.perf_counter() - began, "processors": time.process_time() - busy}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if took["seconds"] < QUICK:
        busy = time.process_time()
        count(folder)
        took["again"] = time.process_time() - busy
    gc.unfreeze()
    tables = answers if name.startswith("ours") else _tables(answers)
    print(json.dumps({**took, "peak": peak, "digits": repr(tables)}))


def _tables(answers: list[list[tuple[object, ...]]]) -> list[object]:
    """Make the tables of answers that were found by hand, to compare digit by digit."""
    from sightline.insight.periods import Period

    plain = [[tuple(map(_plain, row)) for row in answer] for answer in answers]
    return [
        figure.table(found, Period()).rows for figure, found in zip(_figures(), plain, strict=True)
    ]


def _plain(cell: Any) -> object:
    """The same day or number whichever library found it."""
    if hasattr(cell, "year"):
        return date(cell.year, cell.month, cell.day)
    return int(cell)


def _contender(name: str):
    """Return the function that counts, with everything it needs imported."""
    from benchmarks import figures_by_hand

    if name == "plain SQL":
        figures_by_hand.duck()
        return lambda folder: figures_by_hand.in_duckdb(folder / "plain")
    if name == "pandas":
        import pandas  # noqa: F401

        return lambda folder: figures_by_hand.in_pandas(folder / "plain")
    return _ours(from_rows=name != "ours")


def _figures() -> list[Any]:
    import django

    django.setup()
    from sightline.insight.catalogue import BY_ID

    return [BY_ID[f"s0.table{number}"] for number in range(1, 6)]


def _ours(*, from_rows: bool):
    figures = _figures()
    from sightline.insight import catalogue
    from sightline.insight.engine import duck
    from sightline.insight.engine.snapshot import Snapshot
    from sightline.insight.periods import Period

    catalogue.translate()  # as a process of the server does when it starts
    duck.opened()

    def without_tallies(manifest):
        return replace(
            manifest,
            facts={name: replace(held, counts=()) for name, held in manifest.facts.items()},
        )

    def count(folder: Path):
        engine = Snapshot(folder / "snapshot")
        if from_rows:
            engine.manifest = without_tallies(engine.manifest)
        return [figure.count(Period(), engine).rows for figure in figures]

    return count


def _write(folder: Path, size: int) -> int:
    import django

    django.setup()
    from sightline.demo.country.simulate import simulate

    (folder / "snapshot").mkdir()
    manifest = simulate(
        folder / "snapshot", seed=1, a_year=size // YEARS, years=YEARS, plain=folder / "plain"
    )
    return manifest.rows("followed")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
        parser.add_argument("--rounds", type=int, default=5)
        parser.add_argument("--patience", type=float, default=600, help="seconds for one count")
        parser.add_argument("--data", type=Path, help="a folder that keeps what is written")
        main(parser.parse_args())
