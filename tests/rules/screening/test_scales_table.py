"""Cases a practitioner can check in scales.csv: in words, the answers, the child, the scale, why.

`child` is an age, or unborn; `disabled` after it. `because of` names what points to the scale.
"""

import csv
import re
from pathlib import Path

import pytest

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.child import ChildFacts
from sightline.rules.screening.suggest import suggest
from tests.rules.screening.cast import MATRIX

with (Path(__file__).parent / "scales.csv").open(encoding="utf-8") as table:
    CASES = list(csv.DictReader(table))


def child(words: str) -> ChildFacts:
    age = re.match(r"(\d+) (year|month)", words)
    months = int(age[1]) * (12 if age[2] == "year" else 1) if age else None
    disability = True if "disabled" in words else None
    return ChildFacts(
        age_in_months=months, unborn=words == "unborn", siblings=0, disability=disability
    )


def said(case: dict[str, str], which: str, answer: Answer) -> dict[str, Answer]:
    return dict.fromkeys(case[which].split(), answer)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_scale_and_why(case):
    given = said(case, "yes", Answer.YES) | said(case, "suspected", Answer.SUSPECTED)
    helps = {id_: given.pop(id_) for id_ in list(given) if id_ in MATRIX.factors_by_id}
    found = suggest(MATRIX, given, child(case["child"]), helps)
    because = {reason.item for reason in found.reasons if reason.scale == found.scale} - {None}
    assert found.scale == int(case["scale"])
    assert sorted(because) == sorted(case["because of"].split())
    assert {str(offer.to) for offer in found.offered} == set(case["may be lifted to"].split())
