"""Microseconds to compare one pair of mentions, and to describe one.

Run `python benchmarks/linkage_pairs.py`. The budget is 40 microseconds a pair on one core, so that
sixty candidates a mention stay within 3 ms. Best of several runs: other work on the machine only
ever makes it slower.
"""

from datetime import date
from timeit import repeat

from sightline.rules.linkage.compare import compare
from sightline.rules.linkage.describe import describe
from sightline.rules.linkage.model import shipped

CHILD = {
    "given": "Jayden", "middle": "Kofi", "surname": "Pemberton-Okafor", "dob": date(2015, 5, 17),
    "sex": "M", "house": "12", "postcode": "DY1 1HF", "phone": "01632 960122", "role": "child",
    "nhs_number": "9990000018",
}  # fmt: skip
PAIRS = {
    "the same, written the same": CHILD,
    "his twin": CHILD | {"given": "Kayden", "middle": "", "nhs_number": ""},
    "names misspelt": CHILD | {"given": "Jaydn", "surname": "Pembertn"},
    "a stranger": {
        "given": "Fatima", "middle": "Noor", "surname": "Hossain", "dob": date(2011, 7, 9),
        "sex": "F", "house": "3", "postcode": "LE2 1AA", "phone": "07700 900123", "role": "child",
    },
    "a surname and a postcode": {"surname": "Okafor", "postcode": "DY1 1HF"},
}  # fmt: skip
ROUNDS = 5_000


def microseconds(work) -> float:
    return min(repeat(work, number=ROUNDS, repeat=7)) / ROUNDS * 1e6


def main() -> None:
    child, model = describe(**CHILD), shipped()
    for name, written in PAIRS.items():
        other = describe(**written)
        took = microseconds(lambda o=other: compare(child, o, model))
        print(f"compare with {name:28} {took:6.1f} us")
    print(f"describe, names seen before         {microseconds(lambda: describe(**CHILD)):6.1f} us")


if __name__ == "__main__":
    main()
