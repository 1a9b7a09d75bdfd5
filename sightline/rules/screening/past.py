"""Which earlier happenings belong to this one, and how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.rules.screening.record import Evidence, Happening
from sightline.rules.screening.windows import months_before


@dataclass(frozen=True)
class Past:
    """What came before `this`, latest first.

    family: earlier happenings in this family, whoever the perpetrator.
    pattern: those of them with the perpetrator of this one.
    others: happenings in which the perpetrator of this one abused somebody else.
    """

    this: Happening
    family: tuple[Happening, ...]
    pattern: tuple[Happening, ...]
    others: tuple[Happening, ...]

    def months_back(self, months: int) -> date:
        return months_before(self.this.on, months)


def past_of(this: Happening, earlier: Sequence[Happening]) -> Past:
    """`earlier` in any order; happenings that share nobody with this one are left aside.

    ValueError when `earlier` holds this happening itself, or a later one.
    """
    if this in earlier:
        raise ValueError("The earlier happenings hold this one itself; it would count twice.")
    if any(one.on > this.on for one in earlier):
        raise ValueError(f"A happening after {this.on:%Y-%m-%d} is not an earlier one.")
    ordered = sorted(earlier, key=lambda one: (one.on, one.source_label), reverse=True)
    family = tuple(one for one in ordered if _same_family(one, this))
    return Past(
        this=this,
        family=family,
        pattern=tuple(one for one in family if one.perpetrators & this.perpetrators),
        others=tuple(one for one in ordered if _other_family(one, this)),
    )


def evidence(happenings: Iterable[Happening]) -> tuple[Evidence, ...]:
    """Each happening as evidence, latest first: day, label and grade; never a person or a home."""
    return latest_first(Evidence(one.on, _words(one)) for one in happenings)


def latest_first(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(found, key=lambda one: (one.on, one.words), reverse=True))


def _same_family(one: Happening, this: Happening) -> bool:
    """A victim or child of this one was there, in whatever role; or somebody was, in this home.

    Home alone is not enough: other people may have lived at the address before.
    """
    if one.people & (this.victims | this.children):
        return True
    return one.household == this.household and bool(one.people & this.people)


def _other_family(one: Happening, this: Happening) -> bool:
    """The same perpetrator, and no victim of this one.

    Where the children are the same, it still is this family if the home is the same or a victim
    is not named.
    """
    if not one.perpetrators & this.perpetrators or one.victims & this.victims:
        return False
    unnamed = not one.victims or not this.victims
    same_children = bool(one.children & this.children)
    return not (same_children and (unnamed or one.household == this.household))


def _words(one: Happening) -> str:
    grade = f", graded {one.officer_grade}" if one.officer_grade else ""
    return f"{one.source_label}{grade}"
