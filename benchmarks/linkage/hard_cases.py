"""The wrong joins that do most harm: twins, people of one family, and namesakes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

from benchmarks.linkage.counting import mixed
from benchmarks.linkage.reading import Numbers, Truth

Pair = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """Pairs of persons of one kind, and how many of them share a cluster."""

    pairs: int
    joined: int
    mention_pairs: int  # wrong pairs of mentions that come of it

    def per(self, many: int) -> float:
        return self.joined / self.pairs * many if self.pairs else 0.0


def hard_cases(known: Truth, cluster: Numbers) -> dict[str, Case]:
    """Return the cases by name.

    Namesakes are two people with the same name at birth; close ones also have the same birth
    date, a family or a postcode in common.
    """
    wrong = mixed(cluster, known.person)
    facts = _facts(known)
    pairs = {
        "twins": _twins(facts),
        "same family": _together(facts, lambda f: f.families),
        "close namesakes": _together(facts, lambda f: [(f.name, other) for other in _near(f)]),
    }
    return {name: _case(some, wrong) for name, some in pairs.items()} | {
        "namesakes": _namesakes(facts, wrong)
    }


def _namesakes(facts: dict[int, _Facts], wrong: dict[Pair, int]) -> Case:
    """Count them without listing them: there are millions."""
    bearers = Counter(fact.name for fact in facts.values())
    joined = [n for (a, b), n in wrong.items() if facts[a].name == facts[b].name]
    return Case(sum(comb(n, 2) for n in bearers.values()), len(joined), sum(joined))


@dataclass(frozen=True, slots=True)
class _Facts:
    person_id: int
    name: str
    born: str
    twin_of: int | None
    families: set[int]
    postcodes: set[str]


def _facts(known: Truth) -> dict[int, _Facts]:
    names = ("person_id", "true_name", "born", "twin_of", "family_id", "true_postcode")
    columns = [known.columns[name].to_pylist() for name in names]
    facts: dict[int, _Facts] = {}
    rows = zip(known.person.tolist(), *columns, strict=True)
    for person, person_id, name, born, twin_of, family, postcode in rows:
        fact = facts.get(person)
        if fact is None:
            fact = facts[person] = _Facts(person_id, name, born, twin_of, set(), set())
        fact.families.add(family)
        fact.postcodes.add(postcode)
    return facts


def _near(fact: _Facts) -> Iterable[Any]:
    yield fact.born
    yield from fact.families
    yield from fact.postcodes


def _together(facts: dict[int, _Facts], keys: Any) -> set[Pair]:
    """Return the pairs of persons who have one of their `keys` in common."""
    who: dict[Any, set[int]] = defaultdict(set)
    for person, fact in facts.items():
        for key in keys(fact):
            who[key].add(person)
    return {_ordered(pair) for people in who.values() for pair in combinations(people, 2)}


def _twins(facts: dict[int, _Facts]) -> set[Pair]:
    by_id = {fact.person_id: person for person, fact in facts.items()}
    return {
        _ordered((person, by_id[fact.twin_of]))
        for person, fact in facts.items()
        if fact.twin_of in by_id
    }


def _ordered(pair: Sequence[int]) -> Pair:
    a, b = pair
    return (a, b) if a < b else (b, a)


def _case(pairs: set[Pair], wrong: dict[Pair, int]) -> Case:
    joined = [size for pair, size in wrong.items() if pair in pairs]
    return Case(len(pairs), len(joined), sum(joined))
