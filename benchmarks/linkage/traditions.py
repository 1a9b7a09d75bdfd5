"""Naming traditions: how the people of one choose and pass on their names."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from random import Random
from typing import Any

from benchmarks.linkage.draw import Zipf, table

NAMES = (
    "white_british", "irish_traveller", "south_asian_muslim", "south_asian_hindu_sikh", "african",
    "caribbean", "eastern_european", "arabic_somali_kurdish", "chinese",
)  # fmt: skip
_LISTS = {("F", True): "women", ("M", True): "men", ("F", False): "girls", ("M", False): "boys"}
TAIL = 0.35  # of surnames outside the list of common ones, where a tradition composes more
DOUBLE_FORENAME = 0.05  # "Lily-Mae"


@dataclass(frozen=True, eq=False)
class Tradition:
    """One naming tradition, read from its table."""

    name: str
    rows: dict[str, Any]

    @cached_property
    def flags(self) -> frozenset[str]:
        """What is customary; each name is explained where it is used."""
        return frozenset(self.rows["flags"])

    @cached_property
    def _forenames(self) -> dict[tuple[str, bool], Zipf[str]]:
        if "syllables" in self.rows:
            every = Zipf(self._two_syllables(), steep=0.4)
            return dict.fromkeys(product("FM", (True, False)), every)
        return {key: Zipf(self.rows[kind].split(), steep=0.8) for key, kind in _LISTS.items()}

    def _two_syllables(self) -> list[str]:
        parts = self.rows["syllables"].split()
        pairs = [f"{a} {b}" for a, b in product(parts, parts) if a != b]
        Random(1).shuffle(pairs)
        return pairs

    @cached_property
    def _surnames(self) -> Zipf[str]:
        return Zipf(self.rows["surnames"].split(), steep=0.9, flat=4)

    @cached_property
    def _rare(self) -> Zipf[str] | None:
        if "tail_first" not in self.rows:
            return None
        parts = product(self.rows["tail_first"].split(), self.rows["tail_last"].split())
        composed = [first + last for first, last in parts]
        Random(2).shuffle(composed)
        return Zipf(composed, steep=0.5, flat=20)

    @cached_property
    def honours(self) -> Zipf[str]:
        """Titles of honour that stand before a man's name."""
        return Zipf(self.rows["honours"].split(), steep=1.2, flat=1)

    def called(self, given: str, middle: str) -> str:
        """Return the name somebody goes by, which stands after a title of honour."""
        return middle if middle and given in self.rows.get("honours", "").split() else given

    @cached_property
    def women_after(self) -> Zipf[str]:
        """What stands after a woman's name in place of a family name."""
        return Zipf(self.rows["women_after"].split(), flat=2)

    def forename(self, rng: Random, sex: str, *, adult: bool) -> str:
        """Draw a forename; girls and boys of today also get two joined by a hyphen."""
        names = self._forenames[sex, adult]
        name = names.pick(rng)
        joined = not adult and sex == "F" and "nicknames" in self.flags
        if joined and rng.random() < DOUBLE_FORENAME:
            return f"{name}-{names.pick(rng)}"
        return name

    def surname(self, rng: Random) -> str:
        """Draw a family name; in some traditions one in three is from a long tail."""
        if self._rare is not None and rng.random() < TAIL:
            return self._rare.pick(rng)
        return self._surnames.pick(rng)


TRADITIONS = {name: Tradition(name, table(name)) for name in NAMES}

WOMANS_FORM = (("ski", "ska"), ("cki", "cka"), ("dzki", "dzka"), ("ov", "ova"), ("áč", "áčová"),
               ("th", "thová"), ("as", "ienė"), ("us", "ienė"), ("is", "ienė"))  # fmt: skip


def for_sex(surname: str, sex: str, flags: frozenset[str]) -> str:
    """Give a family name the form that a woman bears: Kowalski, Kowalska."""
    if sex == "F" and "gendered" in flags:
        for mans, womans in WOMANS_FORM:
            if surname.endswith(mans):
                return surname[: -len(mans)] + womans
    return surname
