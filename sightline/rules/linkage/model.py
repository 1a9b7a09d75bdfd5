"""The model: what each level is worth, how rare names are, and where the bands begin.

A model is a JSON file with a version. Every level states m, the share of pairs of the *same* person
that show it, and u, the share of pairs of *different* people that do, and where the two come from.
Its weight is log2(m / u) in bits, after Fellegi and Sunter (1969): +1 doubles the odds that the two
are one person, -1 halves them. A part that either mention lacks has no level and adds nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from math import log2
from pathlib import Path
from typing import Any

from sightline.rules.linkage.names import Name, Tier
from sightline.rules.linkage.words import PARTS

SHIPPED = "model.json"
# Levels that files of earlier versions lack, and which of theirs stands for each.
LATER = {
    "birth": {"january": "placeholder"},
    "forename": {"crossed": "different"},
    "police_id": {"one_off": "different"},
}


class ModelProblem(ValueError):
    """A model file that cannot be used; says what to do."""


@dataclass(frozen=True)
class Rarity:
    """How much rarer than usual a name is, in bits: what sharing it is worth more, or less.

    `heads`: by the head of a name. A name not among them takes what its tier of the national lists
    says; the tiers are in the order rare, common, most.
    """

    heads: Mapping[str, float]
    tiers: tuple[float, float, float]

    def of(self, name: Name) -> float:
        found = self.heads.get(name.head)
        return self.tiers[name.tier] if found is None else found


@dataclass(frozen=True)
class Bands:
    """Where the bands begin, in bits of weight.

    `join_at`: the machine joins; `break_at`: a link that a former model made stands while its
    weight is at least this; `review_at`: a person is asked. `together`: what it adds that another
    person of both notifications is the same.
    """

    join_at: float
    break_at: float
    review_at: float
    together: float


@dataclass(frozen=True)
class Model:
    """A trained model, ready for use; `data` is what stands in its file."""

    version: str
    digest: str
    weights: Mapping[str, tuple[float, ...]]
    given: Rarity
    surname: Rarity
    seen: frozenset[str]  # forenames that enough people bear to be names
    bands: Bands
    data: Mapping[str, Any]


def load(path: Path) -> Model:
    """Read a model file. Raises ModelProblem when it is none, or lacks a level."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, KeyError, TypeError, ValueError) as problem:
        raise ModelProblem(
            f"{path} is no model that can be used ({problem}). "
            "Make one with `sightline link train`, or leave --model out for the shipped one."
        ) from problem


@lru_cache(1)
def shipped() -> Model:
    """The model that comes with this version, trained on synthetic people."""
    return parse(files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8"))


def parse(text: str) -> Model:
    """Make a model of the text of its file."""
    data = json.loads(text)
    return Model(
        version=data["version"],
        digest=sha256(text.encode()).hexdigest(),
        weights={part: _weights(data["parts"][part], part) for part in PARTS},
        given=_rarity(data["names"]["given"]),
        surname=_rarity(data["names"]["surname"]),
        seen=frozenset(data["names"]["seen"]),
        bands=Bands(**{name: float(at) for name, at in dict(data["bands"]).items()}),
        data=data,
    )


def _weights(levels: Mapping[str, Mapping[str, float]], part: str) -> tuple[float, ...]:
    names = [level.name.lower() for level in PARTS[part]]
    levels = {**{name: levels[older] for name, older in LATER.get(part, {}).items()}, **levels}
    missing = sorted(set(names) - set(levels))
    if missing:
        raise ValueError(f"part {part} lacks {', '.join(missing)}")
    return tuple(log2(levels[name]["m"]) - log2(levels[name]["u"]) for name in names)


def _rarity(data: Mapping[str, Any]) -> Rarity:
    tiers = data["tiers"]
    return Rarity(dict(data["heads"]), (tiers["rare"], tiers["common"], tiers["most"]))


def rarity_names() -> tuple[str, ...]:
    """The names of the tiers as a model file has them, in the order of `Tier`."""
    return tuple(tier.name.lower() for tier in Tier)
