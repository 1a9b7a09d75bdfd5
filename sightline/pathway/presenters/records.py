"""What is written of a person, mention by mention, as far as the reader may see it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from sightline.common.words import short_day
from sightline.people.carrying import HUMAN
from sightline.people.kin import FAMILY
from sightline.people.models import Link, Mention, Role
from sightline.sharing.models import Item

SEXES = {"F": "Female", "M": "Male"}


@dataclass(frozen=True)
class Written:
    """One mention in words: what is written, and who or what linked it here, when and why."""

    mention_id: int
    heading: str
    facts: str
    linked: str
    since: str
    reasons: tuple[str, ...]
    until: str = ""


@dataclass(frozen=True)
class Reader:
    """What of a person may be seen, which incidents in whole (another family's are not), and at
    which homes somebody lives whom the reader may not find."""

    items: frozenset[str]
    whole: Collection[int]
    sheltering: Collection[int] = ()

    def sees_home(self, mention: Mention) -> bool:
        """Whether the address may be shown: of who abused another family it would say theirs."""
        own = mention.role in FAMILY or mention.source.incident_id in self.whole
        return Item.HOUSEHOLD in self.items and own and mention.household_id not in self.sheltering

    def label(self, mention: Mention) -> str:
        """Return from which document it is, where that may be known."""
        told = Item.INCIDENT in self.items and mention.source.incident_id in self.whole
        return mention.source.label if told else "Police notification"


def written(link: Link, reader: Reader) -> Written:
    """link: with mention, source and who decided loaded."""
    mention = link.mention
    corrected = ", corrected since" if mention.source.superseded_at else ""
    return Written(
        mention_id=mention.pk,
        heading=f"{short_day(mention.source.on)}: {reader.label(mention)}{corrected}",
        facts="; ".join(_facts(mention, reader)),
        linked=who_linked(link),
        since=short_day(link.decided_at),
        reasons=tuple(reasons(link)),
        until=f"{short_day(link.ended_at)}: {link.ended_because}" if link.ended_at else "",
    )


def _facts(mention: Mention, reader: Reader) -> Iterator[str]:
    yield f"{mention.name}, {Role(mention.role).label.lower()}"
    if mention.birth_date:
        yield f"born {short_day(mention.birth_date)}"
    for what, value in _numbers(mention):
        yield f"{what} {value}"
    if mention.address or mention.postcode:
        home = f"{mention.address} {mention.postcode}".strip()
        yield home if reader.sees_home(mention) else "address held back"


def _numbers(mention: Mention) -> Iterator[tuple[str, str]]:
    for what, value in (
        ("NHS number", mention.nhs_number), ("UPN", mention.upn), ("police", mention.police_id),
    ):  # fmt: skip
        if value:
            yield what, value


def who_linked(link: Link) -> str:
    """Return who or what says that the mention is this person, with the weight."""
    if link.model == HUMAN:
        return f"{link.decided_by.name}, by hand" if link.decided_by else "By hand"
    put_back = f", put back by {link.decided_by.name}" if link.decided_by else ""
    if link.weight is None:
        return f"the machine, as the first of a new record (model {link.model}){put_back}"
    return f"the machine, weight {link.weight:.1f} (model {link.model}){put_back}"


def reasons(link: Link) -> Iterator[str]:
    """Yield the waterfall in words, strongest first: "Same birth date: +13.6"."""
    for words, weight in sorted(link.reasons, key=lambda reason: -abs(reason[1])):
        text = words[:1].upper() + words[1:]
        yield f"{text}: {weight:+.1f}".replace("-", "−") if weight else text


@dataclass(frozen=True)
class Beside:
    """One line of two records side by side; how they compare is said in words."""

    what: str
    one: str
    other: str
    how: str
    kind: str  # of tag: late, done or plain


Value = Callable[[Mention], str]
LINES: tuple[tuple[str, Value, bool], ...] = (
    ("Name", lambda m: " ".join(f"{m.given_name} {m.middle_name} {m.surname}".split()), True),
    ("Also called", lambda m: "; ".join(m.aliases), False),
    ("Date of birth", lambda m: short_day(m.birth_date) if m.birth_date else "", True),
    ("Sex", lambda m: SEXES.get(m.sex, ""), True),
    ("Role", lambda m: Role(m.role).label, False),
    ("NHS number", lambda m: m.nhs_number, True),
    ("UPN", lambda m: m.upn, True),
    ("Police reference", lambda m: m.police_id, True),
    ("School", lambda m: m.school_name, False),
)  # fmt: skip
HOME: tuple[tuple[str, Value, bool], ...] = (
    ("Address", lambda m: f"{m.address} {m.postcode}".strip(), False),
    ("Telephone", lambda m: m.phone, False),
)


def side_by_side(
    one: Sequence[Mention], other: Sequence[Mention], readers: tuple[Reader, Reader]
) -> list[Beside]:
    """Return what all mentions of two persons say, line by line, with what differs said."""
    lines = [_beside(*line, one, other) for line in LINES]
    homes = [
        [m for m in some if reader.sees_home(m)]
        for some, reader in zip((one, other), readers, strict=True)
    ]
    lines += [_beside(*line, *homes) for line in HOME]
    return [line for line in lines if line.one or line.other]


def _beside(
    what: str, value: Value, telling: bool, one: Sequence[Mention], other: Sequence[Mention]
) -> Beside:
    here = list(dict.fromkeys(v for m in one if (v := value(m))))
    there = list(dict.fromkeys(v for m in other if (v := value(m))))
    how, kind = _compared(here, there, telling)
    return Beside(what, "; ".join(here), "; ".join(there), how, kind)


def _compared(here: Sequence[str], there: Sequence[str], telling: bool) -> tuple[str, str]:
    if not here or not there:
        return "", "plain"
    folded = ({v.casefold() for v in here}, {v.casefold() for v in there})
    if folded[0] & folded[1]:
        return "Same", "done"
    return ("Differs", "late") if telling else ("", "plain")
