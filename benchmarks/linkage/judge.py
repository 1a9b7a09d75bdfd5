"""Judge a linkage by the truth: what the machine joined, and what a reviewer makes of the rest.

    python -m benchmarks.linkage.judge --truth truth.parquet --out OUT --pairs PAIRS [--json]

OUT has `mention_id, person_id`; PAIRS has `mention_id_l, mention_id_r, weight, decision` with
decision join or review (CSV or Parquet). A million mentions take some twenty seconds.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.linkage import reading
from benchmarks.linkage.counting import Score, partners
from benchmarks.linkage.fairness import Group, by_group, gap
from benchmarks.linkage.hard_cases import Case, hard_cases
from benchmarks.linkage.reviewer import PER_100, Reviewed, review


@dataclass(frozen=True)
class Verdict:
    """Everything that is said about one linkage."""

    mentions: int
    join: Score
    reviewed: Score | None
    review: Reviewed | None
    cases: dict[str, Case]
    groups: dict[str, list[Group]]

    def figures(self) -> dict[str, Any]:
        """Return the figures as plain numbers, for JSON and tables."""
        cases = {f"{name}: joined": case.joined for name, case in self.cases.items()}
        cases |= {f"{name}: pairs of persons": case.pairs for name, case in self.cases.items()}
        cases |= {f"{name}: wrong pairs": case.mention_pairs for name, case in self.cases.items()}
        return {
            "mentions": self.mentions, **_score("join", self.join), **self._review(), **cases,
            **{f"gap of recall by {by}, points": gap(found) for by, found in self.groups.items()},
            "groups": {by: [_group(g) for g in found] for by, found in self.groups.items()},
        }  # fmt: skip

    def _review(self) -> dict[str, Any]:
        if self.reviewed is None or self.review is None:
            return {}
        return {
            **_score("with review", self.reviewed),
            "questions per 100": 100 * self.review.asked / self.mentions,
            "answered yes": self.review.yes,
            "questions left open": self.review.open,
        }


def judge(
    truth: Path, out: Path, pairs: Path | None = None, *, per_100: float = PER_100
) -> Verdict:
    """Judge the clusters in `out`; without `pairs` nothing is said about review.

    `per_100` is how many questions a hundred mentions people have time for.
    """
    known = reading.truth(truth)
    cluster = reading.clusters(out, known)
    scored = reading.pairs(pairs, known) if pairs else None
    reviewed = review(cluster, scored, known.person, per_100) if scored else None
    return Verdict(
        mentions=len(known),
        join=partners(cluster, known.person).score(),
        reviewed=partners(reviewed.cluster, known.person).score() if reviewed else None,
        review=reviewed,
        cases=hard_cases(known, cluster),
        groups=by_group(known, cluster, scored),
    )


def _score(name: str, score: Score) -> dict[str, float]:
    return {
        f"{name}: precision": score.precision,
        f"{name}: recall": score.recall,
        f"{name}: F1": score.f1,
    }


def _group(group: Group) -> dict[str, Any]:
    equal = group.at_equal_precision
    return {
        "name": group.name, "mentions": group.mentions, **_score("join", group.score),
        "recall at equal precision": equal.recall if equal else None,
    }  # fmt: skip


def report(verdict: Verdict) -> str:
    """Return the verdict as Markdown tables."""
    figures = verdict.figures()
    groups = figures.pop("groups")
    lines = ["| what | figure |", "|---|---|"]
    lines += [f"| {name} | {_number(value)} |" for name, value in figures.items()]
    for by, rows in groups.items():
        lines += ["", f"| {by} | mentions | precision | recall | recall at equal precision |"]
        lines += ["|---|---|---|---|---|", *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(row: dict[str, Any]) -> str:
    names = ("mentions", "join: precision", "join: recall", "recall at equal precision")
    return "| " + " | ".join([row["name"], *(_number(row[name]) for name in names)]) + " |"


def _number(value: float | None) -> str:
    if value is None:
        return "not reached"
    return f"{value:.4f}" if isinstance(value, float) else f"{value:,}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Judge a linkage by the truth.")
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    verdict = judge(asked.truth, asked.out, asked.pairs)
    print(json.dumps(verdict.figures(), indent=1) if asked.json else report(verdict))


if __name__ == "__main__":
    main()
